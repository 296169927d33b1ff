"""The larger network of this checkout."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from impact.classify.networks.larger import UNSEEN, load, load_from
from impact.errors import MissingError
from impact.paths import shelf
from impact.taxonomy import load as load_taxonomy

FOLDER = shelf("models") / "network"
CUT = "On a written notice of the ministry, the operator ends all service to the named subscriber within one hour."
COLOR = "The logo is printed in blue and green."

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the larger network is in the checkout only")


def test_every_label_of_the_taxonomy_gets_two_scores() -> None:
    assert set(load().labels) == set(load_taxonomy().labels)
    assert load().scores(CUT).shape == (len(load().labels), 2)


def test_a_clause_that_ends_service_scores_highest_for_shut_off() -> None:
    proposes = load().scores(CUT, "Order of service suspension")[:, 0]
    assert load().labels[int(proposes.argmax())] == "shut-off"
    assert load().scores(COLOR)[:, 0].max() < proposes.max()


def test_scores_do_not_depend_on_what_was_asked_before() -> None:
    first = load().scores(CUT)
    load().scores(COLOR * 20)
    assert np.array_equal(load().scores(CUT), first)


def test_words_beyond_the_limit_do_not_count() -> None:
    assert np.array_equal(load().scores("log " * 126), load().scores("log " * 127 + COLOR))


def test_a_second_text_has_two_ends_before_it() -> None:
    end = load().vocabulary["</s>"]
    numbers = load().inputs(CUT, COLOR, load().limit)
    assert numbers.count(end) == 3
    assert numbers[-1] == end
    assert len(load().inputs("log " * 200, "log " * 200, load().limit)) == load().limit


def test_readers_want_to_see_a_passage_that_ends_service_before_a_color() -> None:
    cut, color = (load().passage([words]) for words in (CUT, COLOR))

    assert cut.shown > color.shown
    assert cut.first > color.first


def test_the_sentence_that_ends_service_says_most() -> None:
    odds = load().passage([COLOR, CUT, COLOR])

    assert len(odds.sentences) == 3
    assert max(odds.sentences) == odds.sentences[1]


def test_a_sentence_that_is_cut_off_says_nothing() -> None:
    odds = load().passage(["log " * load().passage_limit, CUT])

    assert odds.sentences[1] == UNSEEN


def test_a_card_that_names_other_labels_is_refused(tmp_path: Path) -> None:
    shutil.copytree(FOLDER, tmp_path / "network", ignore=shutil.ignore_patterns("*.py"))
    card = json.loads((tmp_path / "network" / "network.json").read_text(encoding="utf-8"))
    card["labels"].reverse()
    (tmp_path / "network" / "network.json").write_text(json.dumps(card), encoding="utf-8")
    with pytest.raises(MissingError, match="damaged or was changed"):
        load_from(tmp_path / "network")


def test_a_folder_without_the_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(MissingError, match=r"network\.json is missing"):
        load_from(tmp_path)
