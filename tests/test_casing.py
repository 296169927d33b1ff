"""Searching in lower case finds what a search in any case finds."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impact.casing import lower, lower_pattern

SOURCES = [r"\b(?:Trade\w*|end[- ]users?)\b", r"[A-F]\d+", r"\Busers\W", r"n[t'\u2019]t\b"]


@pytest.mark.parametrize("source", SOURCES)
@given(text=st.text(alphabet="tradesusTRADENUF19'\u2019 -\u00c9\u0391\u03a3\u00df."))
def test_search_in_lower_case_finds_the_same_places(source, text):
    pattern = lower_pattern(source)

    found = [match.span() for match in pattern.finditer(lower(text))]

    assert found == [match.span() for match in re.finditer(source, text, re.IGNORECASE)]


@pytest.mark.parametrize("letter", ["\u0130", "\u0131", "\u017f", "\u212a"])
def test_text_with_a_letter_that_counts_as_another_has_no_lower_case(letter):
    assert lower(f"dis{letter}losed") is None


@pytest.mark.parametrize("source", ["(?i)user", "(?-i:ACT)", "caf\u00e9"])
def test_pattern_with_flags_or_letters_beyond_ascii_is_not_searched_in_lower_case(source):
    assert lower_pattern(source) is None
