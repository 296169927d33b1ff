"""White space inside of what a cue matches."""

import pytest

from impact.classify.library import load
from impact.classify.matching import find, words_of

SENTENCE = "The network shall not be able to shut off the service of a subscriber."


def _quotes(text: str) -> set[str]:
    return {" ".join(match.place.of(text).split()) for match in find(text, load().index.candidates(words_of(text)))}


@pytest.mark.parametrize("blank", ["\n", "\t", "  ", " \n "])
def test_a_cue_of_several_words_matches_over_any_white_space(blank: str) -> None:
    assert _quotes(SENTENCE)
    assert _quotes(SENTENCE.replace(" ", blank)) == _quotes(SENTENCE)


def test_a_text_that_begins_with_blanks_is_quoted_in_its_place() -> None:
    text = "\n\n  " + SENTENCE

    assert _quotes(text) == _quotes(SENTENCE)
