"""A pattern is looked for only where it can reach, and nothing is lost by that."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impact.classify.library import load
from impact.classify.matching import _matcher, _tokenizer, find, windows
from impact.classify.notation import Forms, compile_pattern

EXAMPLES = [(cue, example) for cue in load().cues for example in cue.matches]
FAR = "the boats of the harbor lie at anchor while the tide is low and the lamp is lit "


def pattern(line: str):
    return compile_pattern(line, Forms({}, {}))


def test_a_pattern_reaches_as_far_as_its_longest_match() -> None:
    assert pattern("lamp").reach == 0
    assert pattern("lamp of? harbor").reach == 2
    assert pattern("lamp ... harbor").reach == 4
    assert pattern("lamp ...6 harbor-master").reach == 9


def test_a_window_lies_around_the_rarest_word_within_the_text() -> None:
    words = ["a", "lamp", "b", "c", "d", "e"]

    assert list(windows(words, pattern("the? lamp"))) == [(0, 3)]


def test_windows_that_overlap_are_one_and_others_stay_apart() -> None:
    words = ["lamp", "a", "a", "lamp", "a", "a", "a", "a", "a", "lamp"]

    assert list(windows(words, pattern("the? lamp"))) == [(0, 2), (2, 5), (8, 10)]
    assert list(windows(words, pattern("the? old? lamp"))) == [(0, 6), (7, 10)]


def test_a_text_without_the_rarest_word_has_no_window() -> None:
    assert list(windows(["a", "boat"], pattern("lamp ... boat"))) == []


@given(st.sampled_from(EXAMPLES), st.integers(0, 3), st.integers(0, 3))
def test_what_matches_in_the_whole_text_matches_in_the_windows(chosen, before: int, behind: int) -> None:
    cue, example = chosen
    text = f"{FAR * before}{example} {FAR * behind}{example}"
    document = _tokenizer()(text)

    found = {(one.line, one.place.start) for one in find(text, [(cue, pattern) for pattern in cue.patterns])}

    whole = {
        (pattern.line, document[start].idx) for pattern in cue.patterns for _, start, _ in _matcher(pattern)(document)
    }
    assert found <= whole
    assert {line for line, _ in found} == {line for line, _ in whole}
    assert found


@pytest.mark.parametrize("line", ["lamp", "lamp ... harbor"])
def test_the_rarest_words_are_needed_ones(line: str) -> None:
    made = pattern(line)

    assert made.rarest in made.needed
