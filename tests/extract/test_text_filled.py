"""Paragraphs of filled text without blank lines between them."""

import textwrap

import pytest

from impact.extract.options import Options
from impact.extract.text import text
from impact.extract.text.filled import filled_runs, width_of_fill
from impact.extract.text.lines import lines_of

RULES = (
    "The harbor clerk shall keep a list of all ships that lie at the pier, with the hour at which they came in.",
    "A ship that has no number shall be given one by the clerk before the lines are made fast at the pier.",
    "The list is open to all.",
    "Owners of ships may ask the clerk to strike out an entry that is wrong, and the clerk answers within nine days.",
    "No ship shall be held at the pier because its owner has asked for that, or has complained of the clerk.",
    "At night the gate is closed and the lamp at the end of the pier is lit, unless there is a full moon.",
    "The keeper of the lamp writes down each hour at which it was lit, and hands these notes to the clerk every month.",
)
LABELS = {"none": "", "R1:": "R{}: ", "(1)": "({}) ", "Art. 1.": "Art. {}. "}


def wrapped(label: str, width: int = 70) -> list[str]:
    return [textwrap.fill(LABELS[label].format(at) + rule, width) for at, rule in enumerate(RULES * 3, 1)]


def clauses(source: str) -> list[str]:
    document = text.read(source.encode(), "a.txt", Options())
    return [document.quote(block.span) for block in document.blocks]


@pytest.mark.parametrize("label", LABELS)
@pytest.mark.parametrize("width", [64, 70, 77])
def test_each_paragraph_of_filled_text_is_one_without_blank_lines(label, width):
    paragraphs = wrapped(label, width)

    assert clauses("\n".join(paragraphs) + "\n") == [" ".join(paragraph.split()) for paragraph in paragraphs]


def test_a_title_between_paragraphs_is_none_of_their_words():
    paragraphs = wrapped("none")
    source = "\n".join([*paragraphs[:3], "Closing of the gate", *paragraphs[3:]])

    assert "Closing of the gate" in clauses(source)


def test_a_paragraph_with_a_blank_line_below_it_is_whole_though_a_sentence_ends_early():
    tide = "The tide is low.\nShips that lie deep wait for the next one."

    assert " ".join(tide.split()) in clauses("\n\n".join([*wrapped("none"), tide]))


def test_lines_that_end_anywhere_are_not_filled():
    lines, _ = lines_of(
        "\n".join(["The clerk keeps the list", "of all the ships that lie at the pier and lights the lamp."] * 20)
    )

    assert width_of_fill(lines) == 0


def test_items_of_a_list_are_left_to_those_who_read_lists():
    paragraphs = [textwrap.fill(f"- {rule}", 70, subsequent_indent="  ") for rule in RULES * 2]
    lines, _ = lines_of("\n".join(paragraphs))

    assert len(list(filled_runs(lines, 70))) == 1
