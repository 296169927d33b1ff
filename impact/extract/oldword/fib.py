"""The file information block: where the parts of a Word 97 file are. Source: [MS-DOC] 2.5."""

from dataclasses import dataclass

from impact.errors import UnreadableError
from impact.extract.oldword.binary import i32, u16, u32
from impact.extract.oldword.container import DAMAGED

WORD_97 = 0xA5EC
"""Begins the block of Word 6 and later."""

_PAIRS = 0x9A
_LENGTHS = 0x4C
# Places of (offset, length) in FibRgFcLcb97, counted in pairs.
PAIRS = {
    "styles": 1,
    "footnote_refs": 2,
    "footnote_texts": 3,
    "comment_refs": 4,
    "comment_texts": 5,
    "sections": 6,
    "character_bins": 12,
    "paragraph_bins": 13,
    "fonts": 15,
    "clx": 33,
    "comment_authors": 36,
    "shapes": 40,
    "endnote_refs": 46,
    "endnote_texts": 47,
    "drawings": 50,
    "revision_authors": 51,
    "box_texts": 56,
    "lists": 73,
    "list_overrides": 74,
}
# The parts of the text, in their order, with the place of their length in FibRgLw97 (in numbers behind ccpText).
STORIES = ("main", "footnotes", "headers", "macros", "comments", "endnotes", "boxes", "header_boxes")


@dataclass(frozen=True, slots=True)
class FileInformation:
    """What the block says.

    Attributes:
        encrypted: Whether the file is protected by a password.
        table: Name of the stream that holds the tables.
        starts: Where each of `STORIES` begins in the text, and where it ends, in characters.
    """

    version: int
    encrypted: bool
    table: str
    starts: dict[str, tuple[int, int]]
    pairs: dict[str, tuple[int, int]]

    def part(self, name: str, table: bytes) -> bytes:
        """Return a part of the table stream, as far as it is there."""
        start, length = self.pairs[name]
        return table[start : start + length]


def information(stream: bytes, name: str) -> FileInformation:
    """Return what the block at the beginning of the stream WordDocument says.

    Raises:
        UnreadableError: If it is protected by a password or too short.
    """
    flags = u16(stream, 0x0A)
    if flags & 0x0100:
        message = f"{name} is an old Word file protected by a password"
        raise UnreadableError(message, "Open it with the password, then save it as DOCX without one")
    if len(stream) < _PAIRS + 8 * (PAIRS["clx"] + 1):
        raise UnreadableError(f"{name} is a damaged old Word file (its beginning is incomplete)", DAMAGED)
    starts: dict[str, tuple[int, int]] = {}
    place = 0
    for index, story in enumerate(STORIES):
        length = max(i32(stream, _LENGTHS + 4 * index), 0)
        starts[story] = (place, place + length)
        place += length
    count = u16(stream, 0x98)
    pairs = {
        part: (u32(stream, _PAIRS + 8 * index), u32(stream, _PAIRS + 8 * index + 4)) if index < count else (0, 0)
        for part, index in PAIRS.items()
    }
    return FileInformation(
        version=u16(stream, 2),
        encrypted=False,
        table="1Table" if flags & 0x0200 else "0Table",
        starts=starts,
        pairs=pairs,
    )
