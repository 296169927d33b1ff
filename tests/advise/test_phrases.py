"""Lines of data as patterns."""

import pytest

from impact.advise.phrases import places
from impact.records import Span


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("smart ?phones?", "smartphone"),
        ("smart ?phones?", "smart\nphones"),
        ("end[- ]users?", "end\nuser"),
        ("end[- ]users?", "end-user"),
        ("kept for", "kept\n  for"),
    ],
)
def test_blank_in_a_line_matches_any_white_space_and_one_that_may_be_missing_none(line, text):
    assert places((line,), text, Span(0, len(text))) == (Span(0, len(text)),)


def test_line_matches_whole_words_only():
    assert places(("log",), "catalog logs", Span(0, 12)) == ()
