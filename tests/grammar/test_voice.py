"""What stands around a sentence helps to tell who speaks in it, by weights that belong to the signs."""

import json
import re
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impact.errors import MissingError
from impact.grammar import Certainty, Surroundings, Voice, read
from impact.grammar.voice import load_weights, signs
from impact.grammar.wording import lean, terms
from impact.paths import shelf

SENTENCE = "Records are kept for a year."
FOLDER, LABELS = shelf("models") / "voice", shelf("corpora") / "voices" / "labels.jsonl"
SHARED = Path(__file__).resolve().parents[3] / "shared"


def around(title: str, heading: str, rest: str) -> Surroundings:
    return Surroundings(title, (heading,), f"{SENTENCE} {rest}")


def test_one_sentence_is_rule_or_talk_by_what_stands_around_it() -> None:
    rule = around("Requirements for gateways", "7 Requirements", "The gateway shall delete them by itself.")
    talk = around("Survey of gateways", "2 Background", "Many gateways were built by other hands.")

    readings = read([SENTENCE, SENTENCE], [rule, talk])

    assert [reading.voice.value for reading in readings] == [Voice.OWN_RULE, Voice.TALK]


def test_what_stands_around_changes_nothing_but_the_voice() -> None:
    alone = read([SENTENCE])[0]
    within = read([SENTENCE], [around("Survey of gateways", "2 Background", "Many gateways leak.")])[0]

    assert (within.action, within.object, within.strength) == (alone.action, alone.object, alone.strength)


def test_there_must_be_as_many_surroundings_as_sentences() -> None:
    with pytest.raises(ValueError, match="zip"):
        read([SENTENCE, SENTENCE], [Surroundings()])


def test_a_reading_names_the_signs_of_who_speaks() -> None:
    reading = read(["An attacker could learn the address."], [Surroundings(headings=("3", "3.1 Threats"))])[0]

    assert {"an attacker acts", "a heading of talk"} <= reading.signs
    assert reading.voice.certainty is Certainty.SURE


def test_terms_are_words_and_pairs_of_words_in_small_letters() -> None:
    assert terms("The Hub waits, 7 times.") == {"the", "hub", "waits", "times", "the hub", "hub waits", "waits times"}


def test_words_without_a_weight_dilute_those_that_have_one() -> None:
    assert lean("must", {"must": 2.0}) == 2.0
    assert lean("must wait", {"must": 2.0}) == pytest.approx(2.0 / 3**0.5)
    assert lean("", {"must": 2.0}) == 0.0


@given(st.text(max_size=80))
def test_any_text_leans_by_no_more_than_its_words_weigh(text: str) -> None:
    assert abs(lean(text, dict.fromkeys(terms(text), 1.0))) <= len(terms(text)) ** 0.5 + 1e-9


def test_every_sign_was_fitted_and_sure_asks_for_more_than_said() -> None:
    weights = load_weights(FOLDER / "voice.json")

    assert set(weights.signs) == set(signs())
    assert 0 < weights.unsure < weights.sure


def test_missing_and_damaged_weights_are_said_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "voice.json").write_text('{"bias": 1}', encoding="utf-8")

    with pytest.raises(MissingError, match="not there") as caught:
        load_weights(tmp_path / "none.json")
    with pytest.raises(MissingError, match="damaged"):
        load_weights(tmp_path / "voice.json")
    assert "fit.py" in caught.value.hint


def test_labels_of_voices_hold_no_sentence() -> None:
    rows = [json.loads(line) for line in LABELS.read_text(encoding="utf-8").splitlines()]

    assert {frozenset(row) for row in rows} == {frozenset({"document", "sha256", "voice", "reader"})}
    assert {row["voice"] for row in rows} == {str(voice) for voice in Voice}
    assert all(re.fullmatch(r"[0-9a-f]{64}", row["sha256"]) for row in rows)


@pytest.mark.shared
def test_every_label_of_a_voice_finds_its_sentence() -> None:
    if not SHARED.is_dir():
        pytest.skip("../shared is absent: no public documents to find the labels in")
    spec = spec_from_file_location("fit", FOLDER / "fit.py")
    assert spec is not None
    assert spec.loader is not None
    fit = module_from_spec(spec)
    spec.loader.exec_module(fit)

    labels = LABELS.read_text(encoding="utf-8").splitlines()

    assert len(fit.voiced(SHARED, LABELS)) == len(labels)
