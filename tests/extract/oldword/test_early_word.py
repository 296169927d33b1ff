"""Files of Word 2, 6 and 95: their words."""

import struct

import pytest
from oldword import compound

from impact.errors import LimitError, UnreadableError
from impact.extract import Options
from impact.extract.detect import content_kind
from impact.extract.oldword import doc
from impact.records import BlockKind, Document

WORD_2, WORD_6, WORD_95 = (0xA5DB, 45), (0xA5DC, 101), (0xA5DC, 104)
ROW = "Power\x07Holder\x07\x07Log\x07Operator\x07\x07"


def stream(text: bytes, kind: tuple[int, int], *, notes: int = 0, flags: int = 0, language: int = 0x409) -> bytes:
    made = bytearray(0x300)
    struct.pack_into("<HHHH", made, 0, *kind, 0, language)
    struct.pack_into("<H", made, 0x0A, flags)
    struct.pack_into("<II", made, 0x18, len(made), len(made) + len(text))
    struct.pack_into("<II", made, 0x34, len(text) - notes, notes)
    return bytes(made) + text


def made_in_pieces(kind: tuple[int, int], place: int, size: int) -> bytes:
    """Return a stream that was saved fast: the second sentence comes first in the file."""
    made = bytearray(stream(b"Second.\rFirst.\r", kind, flags=4))
    start = 0x300
    places = struct.pack("<III", 0, 7, 15) + struct.pack("<HIH", 0, start + 8, 0) + struct.pack("<HIH", 0, start, 0)
    clx = b"\x02" + len(places).to_bytes(size, "little") + places
    made[place : place + 4 + size] = struct.pack("<I", len(made)) + len(clx).to_bytes(size, "little")
    return bytes(made) + clx


def read(data: bytes, options: Options | None = None) -> Document:
    return doc.read(data, "early.doc", options or Options())


def lines(document: Document) -> list[str]:
    return [document.quote(block.span) for block in document.blocks]


@pytest.mark.parametrize("kind", [WORD_6, WORD_95])
def test_a_file_of_word_6_or_95_is_read_by_its_paragraphs(kind: tuple[int, int]) -> None:
    document = read(compound({"WordDocument": stream("Scope\rIt costs 5 €.\r".encode("cp1252"), kind)}))

    assert lines(document) == ["Scope", "It costs 5 €."]
    assert document.warnings == (
        "This is a file of Word 6 or 95: automatic numbers, headings and tracked changes were not read.",
    )


def test_a_file_of_word_2_is_in_no_container_and_known_by_its_beginning() -> None:
    data = stream(b"Scope\rThe operator shall log.\r", WORD_2)

    assert content_kind.kind(data, "early.doc") == "doc"
    assert lines(read(data)) == ["Scope", "The operator shall log."]


def test_the_language_of_a_file_names_its_code_page() -> None:
    assert lines(read(stream("Журнал\r".encode("cp1251"), WORD_2, language=0x419))) == ["Журнал"]


@pytest.mark.parametrize(("kind", "place", "size"), [(WORD_2, 0x11E, 2), (WORD_6, 0x160, 4)])
def test_a_file_that_was_saved_fast_is_read_in_the_order_of_its_text(kind, place: int, size: int) -> None:
    data = made_in_pieces(kind, place, size)

    assert lines(read(data if kind == WORD_2 else compound({"WordDocument": data}))) == ["First.", "Second."]


def test_rows_notes_and_fields_are_read_as_what_they_show() -> None:
    text = f"See \x13 REF x \x14clause 3\x15.\r{ROW}A note.\r".encode("cp1252")
    document = read(stream(text, WORD_2, notes=8))

    assert lines(document) == ["See clause 3.", "Power | Holder", "Log | Operator", "A note."]
    assert [block.kind for block in document.blocks][1:] == [BlockKind.ROW, BlockKind.ROW, BlockKind.NOTE]


def test_a_password_is_named() -> None:
    with pytest.raises(UnreadableError, match="protected by a password"):
        read(stream(b"x", WORD_2, flags=0x100))


def test_a_text_that_is_not_there_is_damage() -> None:
    with pytest.raises(UnreadableError, match="damaged"):
        read(stream(b"The operator shall log.\r", WORD_2)[:0x300])


def test_a_count_beyond_all_texts_is_a_limit() -> None:
    data = bytearray(stream(b"x\r", WORD_2))
    struct.pack_into("<I", data, 0x34, 0x7FFFFFFF)

    with pytest.raises(LimitError, match="2,147,483,647 characters"):
        read(bytes(data))
