"""What a sentence is likely to do for people, by the weights of models/stance."""

import json

import pytest

from impact.classify.networks.encoder import load as load_encoder
from impact.classify.networks.encoder import load_from
from impact.compare.comparison import compare
from impact.compare.edits import leaning
from impact.compare.edits.labels import RuleStance
from impact.compare.edits.leaning import STANCES, LeaningWeights, leaning_of, weights_from
from impact.errors import MissingError
from impact.paths import shelf

CARD = shelf("models") / "stance" / "stance.json"


@pytest.mark.parametrize(
    ("stance", "sentence"),
    [
        ("protects", "The camera erases each face that it has not been asked to find."),
        ("burdens", "The camera reports each face that it sees to the police."),
        ("neutral", "The camera has a lens with a diameter of nine millimeters."),
    ],
)
def test_a_sentence_leans_to_what_it_does(stance, sentence):
    leaning = leaning_of(sentence)

    assert STANCES[leaning.index(max(leaning))] == stance


def test_the_stances_are_in_the_order_of_the_weights():
    assert tuple(stance.name.lower() for stance in sorted(RuleStance)) == STANCES


def test_weights_of_another_encoder_are_refused():
    with pytest.raises(MissingError, match="another encoder"):
        weights_from(CARD, "0" * 64)


def test_damaged_weights_are_refused_with_what_to_do(tmp_path):
    card = json.loads(CARD.read_text(encoding="utf-8"))
    (tmp_path / "stance.json").write_text(json.dumps(card | {"weights": card["weights"][:2]}), encoding="utf-8")

    with pytest.raises(MissingError, match="cannot be read") as refused:
        weights_from(tmp_path / "stance.json", load_encoder().digest)

    assert "models/stance/fit.py" in refused.value.hint


def test_rows_of_different_length_are_no_weights():
    with pytest.raises(ValueError, match="length"):
        LeaningWeights("", (0.0, 0.0, 0.0), ((1.0,), (1.0,), (1.0, 2.0)))


def test_without_an_encoder_a_deleted_protection_is_told_by_its_grammar(edition, tmp_path, monkeypatch):
    monkeypatch.setattr(leaning, "load_encoder", lambda: load_from(tmp_path))
    kept, gone = "The ferry sails each hour from the long pier.", "The stoker may complain to a court about the roster."

    change = compare(edition(kept, gone), edition(kept)).shown[0]

    assert [edit.kind.value for edit in change.edits] == ["protection_removed"]
