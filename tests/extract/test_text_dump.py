"""Texts dumped from PDF or Word."""

import pytest

from impact.extract import text
from impact.extract.options import Options
from impact.extract.text_dump import follows
from impact.records import BlockKind

FILL = "".join(
    f"The clerk counts parcel number {number} of the night and writes it down in the list of parcels. \n"
    for number in range(30)
)


def read(source: str):
    return text.read(source.encode(), "a.txt", Options())


def test_words_that_the_dump_broke_are_whole_again():
    assert "the handover of lists" in read(f"{FILL}This is the hand\nover of lists. \n").text


def test_a_run_that_begins_with_a_space_is_parted_by_it():
    assert "the list of lists" in read(f"{FILL}This is the list\n of lists. \n").text


def test_page_heads_tell_the_page_and_are_in_no_block():
    document = read(f"{FILL} ETSI ETSI TS 199 999 V1.2.1 (2031\n-05) 2 The second page has this. \n" + FILL)

    assert document.paged
    assert "V1.2.1" not in document.text
    assert document.layout.page(document.text.index("The second page")) == 2


def test_a_page_number_that_touches_the_text_is_told_from_it():
    document = read(f"{FILL} ETSI ETSI TS 199 999 V1.2.1 (2031\n-05)24 Lists of the night \n{FILL}")

    assert document.layout.page(document.text.index("4 Lists")) == 2


def test_section_numbers_have_to_follow_each_other():
    document = read(
        f"{FILL}1 Scope \n{FILL}1.1 General \nNothing is said. \n7 Parcels that are heavy \n2 Lists \n{FILL}"
    )

    headings = [document.quote(block.span) for block in document.blocks if block.kind is BlockKind.HEADING]

    assert headings == ["1 Scope", "1.1 General", "2 Lists"]


@pytest.mark.parametrize(
    ("last", "number", "can"),
    [
        ("", "1", True), ("", "5", False), ("1", "1.1", True), ("1", "1.2", False), ("1.1", "1.2", True),
        ("1.1.4", "2", True), ("1.1", "1.1", False), ("11.1", "11.1A", True), ("2", "9", False), ("A.1", "B", True),
    ],
)  # fmt: skip
def test_a_number_follows_its_parent_or_its_elder_sibling(last, number, can):
    assert follows(last.split(".") if last else [], number.split(".")) is can


def test_text_with_few_trailing_spaces_is_no_dump():
    document = read("1.  Scope\n\n" + "   The clerk counts the parcels of the night and\n   goes home.\n\n" * 20)

    assert len(document.blocks) == 21
