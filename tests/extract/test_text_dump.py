"""Texts dumped from PDF or Word."""

import pytest

from impact.extract.options import Options
from impact.extract.text import text
from impact.extract.text.dump import follows
from impact.extract.text.titles import read_contents
from impact.records import BlockKind

FILL = "".join(
    f"The clerk counts parcel number {number} of the night and writes it down in the list of parcels. \n"
    for number in range(30)
)


def read(source: str):
    return text.read(source.encode(), "a.txt", Options())


def test_words_that_the_dump_broke_are_whole_again():
    assert "the handover of lists" in read(f"{FILL}This is the hand\nover of lists. \n").text


def test_a_text_with_ruled_titles_is_typed_though_its_lines_end_in_spaces() -> None:
    document = read(f"Parcels\n=======\n\n{FILL}\nClerks\n======\n\n{FILL}")

    assert [document.quote(block.span) for block in document.blocks if block.kind is BlockKind.HEADING] == [
        "Parcels",
        "Clerks",
    ]


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


CONTENTS = (
    "Contents \nForeword ............ 4\n1 Scope ............ 52 Parcels and the lists that the clerk keeps "
    "............ 62.1 Terms ............ 62.2 Abbreviations ............ 7\n2.2A Weights ............ 7"
    "Annex A (informative): Forms ............ 8A.1 Paper ............ 8 \n"
)


def headings(source: str) -> list[str]:
    document = read(source)
    return [document.quote(block.span) for block in document.blocks if block.kind is BlockKind.HEADING]


def test_page_numbers_of_the_contents_are_told_from_the_section_numbers_that_touch_them():
    titles = read_contents(
        "1 Scope ..... 92 Parcels ..... 112.1 Weights ..... 113 Lists ..... 12Annex A: Forms ..... 13"
    )

    assert [title.number for title in titles] == ["1", "2", "2.1", "3", "Annex A"]


def test_a_heading_ends_where_the_contents_say():
    found = headings(f"{FILL}{CONTENTS}{FILL}1 Scope Parcels are counted by night. \n{FILL}")

    assert found == ["Contents", "1 Scope"]


def test_a_heading_without_number_that_a_paragraph_follows_on_its_line_is_one():
    document = read(f"{FILL}{CONTENTS}Foreword This list was made by the clerks. \n{FILL}")

    blocks = [(block.kind, document.quote(block.span)) for block in document.blocks]

    assert (BlockKind.HEADING, "Foreword") in blocks
    assert (BlockKind.PARAGRAPH, "This list was made by the clerks.") in blocks


def test_a_heading_in_the_middle_of_a_line_is_one_where_its_turn_has_come():
    found = headings(f"{FILL}{CONTENTS}Nothing applies.\n 1 Scope \nWeights are counted. 2.2A Weights \n{FILL}")

    assert found == ["Contents", "1 Scope", "2.2A Weights"]


def test_a_title_that_is_cited_is_no_heading():
    found = headings(f"{FILL}{CONTENTS}The clerk reads clause 2.1 Terms \n{FILL}")

    assert found == ["Contents"]


def test_a_title_that_wraps_is_one_heading():
    found = headings(
        f"{FILL}{CONTENTS}1 Scope \n{FILL}2 Parcels and the lists \nthat the clerk keeps \n"
        "Annex A (informative): \nForms A.1 Paper \n"
    )

    assert found == [
        "Contents",
        "1 Scope",
        "2 Parcels and the lists that the clerk keeps",
        "Annex A (informative): Forms",
        "A.1 Paper",
    ]


def test_each_term_begins_a_block_and_its_note_stands_apart():
    document = read(
        f"{FILL}1 Scope \n{FILL}2 Terms \nFor this list the following apply: \nparcel: \nthing that is sent \n"
        "list of the night:\n all parcels that were \ncounted by night\n heavy parcel (HP): \n"
        "Parcel of more than ten stones \n"
        "NOTE: Ten stones are heavy. \nclerk: who counts \n3 Counting \nThe clerk counts. \n"
    )

    blocks = [(block.kind.value, document.quote(block.span)) for block in document.blocks]

    assert blocks[blocks.index(("heading", "2 Terms")) + 1 : -2] == [
        ("paragraph", "For this list the following apply:"),
        ("paragraph", "parcel: thing that is sent"),
        ("paragraph", "list of the night: all parcels that were counted by night"),
        ("paragraph", "heavy parcel (HP): Parcel of more than ten stones"),
        ("note", "NOTE: Ten stones are heavy."),
        ("paragraph", "clerk: who counts"),
    ]


def test_each_abbreviation_begins_a_block():
    document = read(
        f"{FILL}1 Scope \n{FILL}2 Abbreviations For this list the following apply: \nPC Parcel \nClerk \nLN\n\n"
        "List of the Night \nreqPC requesting Parcel Clerk \n3 Counting \nThe clerk counts. \n"
    )

    blocks = [document.quote(block.span) for block in document.blocks]

    assert blocks[blocks.index("2 Abbreviations") + 2 : -2] == [
        "PC Parcel Clerk",
        "LN List of the Night",
        "reqPC requesting Parcel Clerk",
    ]


def test_a_short_line_goes_on_where_an_article_ends_it_or_an_acronym_begins_the_next():
    document = read(
        f"{FILL}Whenever a list is wet, the clerk writes a new\nly dried \nLN PDU that holds all its parcels. \n"
    )

    assert "writes a newly dried LN PDU that" in document.text


def test_a_sentence_that_begins_with_a_figure_is_no_caption():
    document = read(f"{FILL}Figure A.1 shows how the clerk counts. \nFigure A.1: Counting \n{FILL}")

    captions = [document.quote(block.span) for block in document.blocks if block.kind is BlockKind.CAPTION]

    assert captions == ["Figure A.1: Counting"]


def test_a_requirement_behind_a_note_whose_last_line_is_full_stands_apart():
    document = read(
        f"{FILL}NOTE: The lists of a night may be long and the clerk may need more than one of the books for it. \n"
        "The clerk shall sign each list before the night is over and the porter goes home with his cart. \n"
    )

    last = document.blocks[-1]

    assert last.kind is BlockKind.PARAGRAPH
    assert document.quote(last.span).startswith("The clerk shall sign")
