"""Property modifiers (sprms): what a file says of paragraphs, characters and rows. Source: [MS-DOC] 2.2.5, 2.6."""

from collections.abc import Iterator

from impact.extract.oldword.binary import u8, u16

# Of paragraphs.
STYLE = 0x4600
IN_TABLE = 0x2416
ROW_END = 0x2417
LIST_LEVEL = 0x260A
LIST = 0x460B
OUTLINE = 0x2640
DEPTH = 0x6649
DEPTH_CHANGE = 0x664A
INNER_CELL = 0x244B
INNER_ROW_END = 0x244C
IN_DATA = frozenset({0x6645, 0x6646, 0x646B})
"""sprmPHugePapx and sprmPTableProps: more modifiers are in the stream Data, at the place that the operand names."""

# Of characters.
DELETED = 0x0800
INSERTED = 0x0801
INSERTED_BY = 0x4804
INSERTED_AT = 0x6805
DELETED_BY = 0x4863
DELETED_AT = 0x6864
FIELD_DATA = 0x0806
SYMBOL = 0x6A09
CHARACTER_STYLE = 0x4A30
PLAIN = 0x2A33
BOLD = 0x0835
HIDDEN = 0x083C
HALF_POINTS = 0x4A43
FONT = 0x4A4F
SPECIAL = 0x0855

# Of rows.
DEFINITION = 0xD608
MERGE_DOWN = 0xD62B
MERGE_ACROSS = 0x5624

_TABS = 0xC615
_SIZES = (1, 1, 2, 4, 2, 2, -1, 3)
"""Bytes of an operand by the three highest bits; -1 where it says its own."""


def modifiers(grpprl: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield code and operand of each modifier in a list; a broken one ends it."""
    place = 0
    while place + 2 < len(grpprl):
        code = u16(grpprl, place)
        place += 2
        size = _SIZES[code >> 13]
        if size < 0:
            size, place = _own_size(grpprl, place, code)
        if place + size > len(grpprl):
            return
        yield code, grpprl[place : place + size]
        place += size


def _own_size(grpprl: bytes, place: int, code: int) -> tuple[int, int]:
    """Return the size of an operand that says it, and where it begins."""
    if code == DEFINITION:
        return max(u16(grpprl, place) - 1, 0), place + 2
    size = u8(grpprl, place)
    if code == _TABS and size == 255:
        deleted = u8(grpprl, place + 1)
        added = u8(grpprl, place + 2 + 4 * deleted)
        return 2 + 4 * deleted + 3 * added, place + 1
    return size, place + 1


def number(operand: bytes) -> int:
    """Return the operand as a number without sign."""
    return int.from_bytes(operand, "little")
