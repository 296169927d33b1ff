"""Files of Word 97, read without an office program."""

import struct

import pytest
from oldword import Level, Made, Run, cells, in_list, paragraph, sprm, word_97

from impact.errors import LimitError
from impact.extract import Options
from impact.extract.oldword import doc
from impact.records import BlockKind, ChangeKind, Document

STYLES = ((0, "Normal", 0x0FFF, b""), (1, "Überschrift 1", 0, b""), (0xFFE, "Annex_NoTitle", 0, b""))
MOMENT = 30 | 10 << 6 | 5 << 11 | 7 << 16 | 104 << 20
INSERTED = sprm(0x0801, 1) + sprm(0x4804, 0, size=2) + sprm(0x6805, MOMENT, size=4)
DELETED = sprm(0x0800, 1) + sprm(0x4863, 1, size=2)


def read(*paragraphs: Made, view: str = "accepted", **parts) -> Document:
    return doc.read(word_97(paragraphs, **parts), "made.doc", Options(view=view))


def lines(document: Document) -> list[str]:
    return [document.quote(block.span) for block in document.blocks]


def test_paragraphs_are_read_with_their_letters() -> None:
    document = read(paragraph("The operator shall log “access”."), paragraph("Журнал 😀 хранится."))

    assert lines(document) == ["The operator shall log “access”.", "Журнал 😀 хранится."]
    assert (document.format, document.engine) == ("doc", "olefile")


def test_a_compressed_text_has_the_letters_of_windows() -> None:
    assert lines(read(paragraph("It costs “5 €”."), compressed=True)) == ["It costs “5 €”."]


def test_a_heading_is_known_by_the_number_of_its_style_in_any_language() -> None:
    document = read(paragraph("Geltungsbereich", style=1), paragraph("Records", style=2), styles=STYLES)

    assert [(block.kind, block.level, block.style) for block in document.blocks] == [
        (BlockKind.HEADING, 1, "heading 1"),
        (BlockKind.HEADING, 1, "Annex_NoTitle"),
    ]


def test_numbers_are_those_that_word_shows() -> None:
    outline = [Level("\x00"), Level("\x00.\x01"), Level("\x02)", form=4)]
    document = read(
        paragraph("Scope", changes=in_list(1, 0)),
        paragraph("Records", changes=in_list(1, 0)),
        paragraph("Access shall be logged.", changes=in_list(1, 1)),
        paragraph("by the operator", changes=in_list(1, 2)),
        paragraph("by the authority", changes=in_list(1, 2)),
        paragraph("Logs shall be kept.", changes=in_list(1, 1)),
        lists=[outline],
    )

    assert [block.number for block in document.blocks] == ["1", "2", "2.1", "a)", "b)", "2.2"]


def test_a_style_brings_its_list() -> None:
    styles = (*STYLES, (2, "heading 2", 0, in_list(1, 1)))
    document = read(
        paragraph("Scope", changes=in_list(1, 0)),
        paragraph("Records", style=3),
        styles=styles,
        lists=[[Level("\x00"), Level("\x00.\x01", style=3)]],
    )

    assert [(block.number, block.kind) for block in document.blocks][1] == ("1.1", BlockKind.HEADING)


def test_a_table_is_read_by_rows_with_merged_cells_once() -> None:
    document = read(
        *cells("Power", "Holder", "Note", merged=[0x60, 0, 0]),
        *cells("", "Operator", "", merged=[0x20, 0, 0]),
        paragraph("End."),
    )

    assert lines(document) == ["Power | Holder | Note", "Operator", "End."]
    assert [block.kind for block in document.blocks] == [BlockKind.ROW, BlockKind.ROW, BlockKind.PARAGRAPH]


def test_tracked_changes_are_read_in_both_views() -> None:
    made = Made((Run("The operator "), Run("shall", INSERTED), Run("may", DELETED), Run(" log.")))
    accepted = read(made, authors=["Ana", "Bo"])
    original = read(made, authors=["Ana", "Bo"], view="original")

    assert (lines(accepted), lines(original)) == (["The operator shall log."], ["The operator may log."])
    assert [(change.kind, change.text, change.author, change.date) for change in accepted.changes] == [
        (ChangeKind.INSERTED, "shall", "Ana", "2004-07-05T10:30:00Z"),
        (ChangeKind.DELETED, "may", "Bo", ""),
    ]


def test_a_deleted_paragraph_mark_joins_two_paragraphs() -> None:
    made = (Made((Run("The operator shall "),), mark=DELETED), paragraph("log access."))

    assert lines(read(*made)) == ["The operator shall log access."]
    assert lines(read(*made, view="original")) == ["The operator shall", "log access."]


def test_a_footnote_follows_its_paragraph() -> None:
    made = Made((Run("Logs are kept"), Run("\x02", sprm(0x0855, 1)), Run(" for a year.")))
    document = read(made, paragraph("End."), footnotes=[Made((Run("\x02", sprm(0x0855, 1)), Run(" Unless erased.")))])

    assert lines(document) == ["Logs are kept for a year.", "Unless erased.", "End."]
    assert [(block.kind, block.number) for block in document.blocks][1] == (BlockKind.NOTE, "1")


def record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HHI", 0, kind, len(content)) + content


def shape(number: int) -> bytes:
    return record(0xF004, record(0xF00A, struct.pack("<II", number, 0)))


def test_a_text_box_follows_the_paragraph_of_its_drawing_also_in_a_group() -> None:
    group = record(0xF003, shape(2) + shape(3) + record(0xF003, shape(4) + shape(5)))
    art = record(0xF000, b"") + b"\0" + record(0xF002, record(0xF003, shape(9) + shape(1) + group))
    sign = Run("\x08", sprm(0x0855, 1))
    boxes = [paragraph(text) for text in ("Alone.", "On the group.", "In a group.", "On a group in it.", "Deep.")]
    document = read(Made((Run("One"), sign)), Made((Run("Two"), sign)), paragraph("End."), boxes=boxes, art=art)

    assert lines(document) == [
        "One",
        "Alone.",
        "Two",
        "On the group.",
        "In a group.",
        "On a group in it.",
        "Deep.",
        "End.",
    ]


def test_of_a_field_the_result_is_read_and_not_the_instruction() -> None:
    made = paragraph('See \x13 HYPERLINK "http://example.org" \x14the log\x15 and \x13 PAGE \x15.')

    assert lines(read(made)) == ["See the log and ."]


def test_hidden_words_are_left_out_and_counted() -> None:
    document = read(Made((Run("Shown."), Run(" Hidden.", sprm(0x083C, 1)))))

    assert lines(document) == ["Shown."]
    assert document.warnings == ("8 characters of hidden text were not read.",)


def test_breaks_and_hyphens_of_word_are_read_as_what_they_show() -> None:
    document = read(paragraph("a\x0bb\tc\x1ed\x1fe\x0cf"))

    assert lines(document) == ["a\nb\tc-de\nf"]


def test_more_characters_than_allowed_are_a_limit() -> None:
    with pytest.raises(LimitError, match="characters"):
        doc.read(word_97([paragraph("x" * 50)]), "made.doc", Options(max_characters=20))
