"""Titles with a rule below them are headings, by the order of their rules."""

import pytest

from impact.extract.options import Options
from impact.extract.text.text import read
from impact.records import BlockKind


def headings(source: str) -> list[tuple[int, str]]:
    document = read(source.encode(), "notes.txt", Options())
    blocks = [block for block in document.blocks if block.kind is BlockKind.HEADING]
    return [(block.level, document.quote(block.span)) for block in blocks]


def test_a_title_may_have_a_rule_above_it_too() -> None:
    assert headings("*****\nLamps\n*****\n\nLamps of the harbor are lit at dusk.\n") == [(1, "Lamps")]


def test_rules_give_levels_in_the_order_in_which_they_come() -> None:
    source = (
        "Lamps\n#####\n\nThey are lit at dusk.\n\nOil\n===\n\nIt is filled at noon.\n\nWicks\n#####\n\nThey are cut.\n"
    )

    assert headings(source) == [(1, "Lamps"), (2, "Oil"), (1, "Wicks")]


def test_a_title_that_looks_like_code_is_a_heading() -> None:
    source = "Lamps\n#####\n\nThey are lit at dusk.\n\nLAMP_WICK_LENGTH\n================\nIt has four digits.\n"

    assert (2, "LAMP_WICK_LENGTH") in headings(source)


def test_a_mark_to_link_to_is_not_read() -> None:
    document = read(b".. _lamps:\n\nLamps\n=====\n\nThey are lit at dusk.\n", "notes.txt", Options())

    assert "_lamps" not in document.text


@pytest.mark.parametrize("source", ["=====\n=====\n\nLamps are lit.\n", "Lamps are lit.\n\n-----\n\nThey shine.\n"])
def test_a_rule_alone_makes_no_heading(source: str) -> None:
    assert headings(source) == []
