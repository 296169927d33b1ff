"""Words for how strong a match is, and what counts as a revision."""

from dataclasses import replace

import pytest

from impact.match.rule import alike, chance, distance, same_contribution, strength, surplus
from impact.match.signals import Signals
from tests.made.sketches import bare_sketch

SKETCH = bare_sketch()


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("C-83", "C-83R1", True),
        ("C-83", "C-84", False),
        ("SG13-C99", "SG13-C98", False),
        ("draft-quay-watch-03", "draft-quay-watch-07", True),
        ("draft-quay-watch-03", "draft-quay-guard-03", False),
        ("TS 99.001 v1.2.0", "TS 99.001 V2.0.0", True),
        ("RFC 9901", "RFC 9902", False),
        ("", "", False),
    ],
)
def test_documents_are_revisions_when_their_numbers_say_so(one: str, other: str, *, same: bool) -> None:
    assert same_contribution(replace(SKETCH, number=one), replace(SKETCH, number=other)) is same


@pytest.mark.parametrize(
    ("signals", "word"),
    [
        (Signals(1, 0.4, 1), "same text"),
        (Signals(0.3, 0.1, 0.2), "very likely a re-issue"),
        (Signals(0, 0.08, 0.5), "very likely a re-issue"),
        (Signals(0, 0.057, 0.4), "likely a re-issue, or closely related"),
        (Signals(0, 0.05, 0.4, 2), "likely a re-issue, or closely related"),
        (Signals(0, 0.05, 0.4), None),
        (Signals(0, 0.08, 0.0), None),
        (Signals(0, 0.02, 0.2), None),
        (Signals(0, 0, 0), None),
    ],
    ids=[
        "the same",
        "copied in part",
        "in other words",
        "in other words in part",
        "in other words in the same order",
        "a neighbor with as many likenesses in any order",
        "a handful of provisions",
        "a neighbor on the same subject",
        "strangers",
    ],
)
def test_strength_is_said_in_words_or_not_at_all(signals: Signals, word: str | None) -> None:
    said = strength(signals, chance(signals))

    assert (said and said[0]) == word


def test_every_document_below_the_line_has_a_word_that_says_it_is_no_match() -> None:
    said = [distance(likely) for likely in (0.0, 0.1, 0.59)]

    assert len({word for word, _ in said}) == 3
    assert all("not a match" in meaning and "re-issue" not in word for word, meaning in said)


def test_clauses_of_the_same_letters_are_called_so_whatever_their_vectors_say() -> None:
    assert alike(-1, 100) == "same wording"
    assert alike(0.5, 20) == "same content, different wording"
    assert alike(-5, 0) == "related content"


def test_few_documents_or_far_ones_take_nothing_from_a_signal() -> None:
    assert surplus([0.06, 0.05, 0.05]) == 0
    assert surplus([0.02] * 40) == 0
    assert surplus([]) == 0


def test_many_near_documents_take_from_each_what_they_have_in_common() -> None:
    assert surplus([0.04] * 40) == pytest.approx(0.01)


def test_editions_that_are_clearly_matches_do_not_hide_each_other() -> None:
    assert surplus([0.3] * 40 + [0.02] * 10) == 0
    assert surplus([0.066] * 40) == pytest.approx(0.015)
