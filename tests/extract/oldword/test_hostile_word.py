"""Old Word files that lie: one plain refusal, or what can be read, in bounded time."""

import random
import struct
import time

import pytest
from oldword import SECTOR, Level, Made, Run, cells, compound, in_list, paragraph, sprm, word_97

from impact.errors import LimitError, UnreadableError
from impact.extract import Options
from impact.extract.oldword import doc
from impact.records import Document


def whole() -> bytes:
    """Return a file with all that the reader looks at."""
    marks = sprm(0x0801, 1) + sprm(0x4804, 0, size=2)
    made = Made((Run("The operator "), Run("shall", marks), Run(" log\x02.", sprm(0x0855, 1))))
    return word_97(
        [paragraph("Scope", style=1, changes=in_list(1, 0)), made, *cells("Power", "Holder"), paragraph("End.")],
        styles=((0, "Normal", 0x0FFF, b""), (1, "heading 1", 0, b"")),
        lists=[[Level("\x00."), Level("\x00.\x01")]],
        footnotes=[paragraph("Unless erased.")],
        authors=["Ana"],
    )


def read(data: bytes) -> Document | None:
    try:
        return doc.read(data, "hostile.doc", Options())
    except UnreadableError:
        return None


@pytest.mark.parametrize("share", [1, 2, 5, 9])
def test_a_file_that_ends_too_early_is_refused_or_read_in_part(share: int) -> None:
    data = whole()

    read(data[: len(data) * share // 10])


def test_any_damage_gives_a_document_or_one_refusal() -> None:
    data, chance = whole(), random.Random(20)  # noqa: S311 - which bytes are damaged is no secret
    readable = 0
    for _ in range(80):
        damaged = bytearray(data)
        for _ in range(chance.choice((1, 4, 30))):
            place = chance.randrange(512, len(damaged) - 4)
            damaged[place : place + 4] = chance.choice((b"\xff\xff\xff\xff", b"\0\0\0\0", chance.randbytes(4)))
        readable += read(bytes(damaged)) is not None

    assert 0 < readable < 80


def test_a_circle_in_the_table_of_sectors_ends() -> None:
    data = bytearray(whole())
    table = (struct.unpack_from("<I", data, 76)[0] + 1) * SECTOR
    struct.pack_into("<I", data, table + 4, 0)  # the second sector of the text is followed by the first
    start = time.process_time()
    read(bytes(data))

    assert time.process_time() - start < 5


@pytest.mark.parametrize("place", [44, 64, 72])
def test_a_container_that_declares_more_tables_than_it_has_is_refused(place: int) -> None:
    data = bytearray(whole())
    struct.pack_into("<I", data, place, 0x7FFFFFFF)

    with pytest.raises(UnreadableError, match="declares more"):
        doc.read(bytes(data), "hostile.doc", Options())


def test_pieces_that_repeat_a_text_for_ever_are_a_limit() -> None:
    data = bytearray(whole())
    place = data.index(b"\x02" + struct.pack("<II", 16, 0)) + 9
    struct.pack_into("<I", data, place, 0x7FFFFFFF)

    with pytest.raises(LimitError, match="characters"):
        doc.read(bytes(data), "hostile.doc", Options())


def test_styles_that_are_based_on_each_other_in_a_circle_are_read() -> None:
    styles = ((0, "Normal", 2, b""), (0xFFE, "One", 0, b""), (0xFFE, "Two", 1, b""))
    document = read(word_97([paragraph("Scope", style=2)], styles=styles))

    assert document is not None
    assert document.text == "Scope"


def test_a_chain_of_thousands_of_styles_is_read_at_once() -> None:
    styles = [(0xFFE, f"S{index}", max(index - 1, 0), b"") for index in range(3000)]
    made = [paragraph("x", style=index) for index in range(0, 3000, 10)]
    start = time.process_time()
    read(word_97(made, styles=styles))

    assert time.process_time() - start < 5


def test_tables_inside_of_tables_without_end_are_read() -> None:
    deep = sprm(0x2416, 1) + sprm(0x6649, 0x7FFFFFFF, size=4)
    document = read(word_97([paragraph("Deep.", changes=deep), paragraph("End.")]))

    assert document is not None
    assert document.text == "Deep.\n\nEnd."


def test_a_file_with_a_password_is_refused_wherever_its_stream_is() -> None:
    with pytest.raises(UnreadableError, match="protected by a password"):
        doc.read(word_97([paragraph("Secret.")], flags=0x0300), "locked.doc", Options())


def test_a_container_without_the_text_is_refused() -> None:
    with pytest.raises(UnreadableError, match="damaged old Word file"):
        doc.read(compound({"1Table": b"x"}), "empty.doc", Options())
