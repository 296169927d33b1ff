"""Powers of numbers, which must not read as other numbers."""

import pytest

from impact.extract.asciidoc import asciidoc
from impact.extract.blocks.powers import is_power
from impact.extract.markdown import markdown
from impact.extract.markup import html
from impact.extract.options import Options


@pytest.mark.parametrize(
    ("before", "raised", "power"),
    [("up to 2", "32", True), ("10", "-6", True), ("2", "n", True), ("1", "st", False), ("see", "3", False)],
)
def test_raised_digits_behind_a_number_are_its_exponent(before, raised, power):
    assert is_power(before, raised) is power


@pytest.mark.parametrize(
    ("read", "source"),
    [
        (markdown.read, "Up to 2<sup>32</sup> bytes on the 1<sup>st</sup> of May."),
        (html.read, "<html><body><p>Up to 2<sup>32</sup> bytes on the 1<sup>st</sup> of May.</p></body></html>"),
        (asciidoc.read, "Up to 2^32^ bytes on the 1^st^ of May."),
    ],
)
def test_an_exponent_is_set_off_from_its_base_in_markup(read, source):
    assert read(source.encode(), "file", Options()).text == "Up to 2^32 bytes on the 1st of May."
