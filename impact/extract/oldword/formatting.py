"""The property modifiers of stretches of the file. Source: [MS-DOC] 2.9.33, 2.9.42, 2.9.174 (pages of formatting)."""

from bisect import bisect_right
from collections.abc import Callable, Iterator

from impact.extract.oldword.binary import positions, u8, u16, u32
from impact.extract.oldword.modifiers import IN_DATA, modifiers, number
from impact.extract.oldword.pieces import PiecedText

_PAGE = 512
_BOX = 13
"""Bytes of the entry of a paragraph in a page: where its modifiers are, and its height. Source: [MS-DOC] 2.9.23."""


class Formatting:
    """Stretches of the file with their modifiers, in the order of the file."""

    def __init__(self, bins: bytes, stream: bytes, entry: Callable[[bytes, int, int], bytes]) -> None:
        """Read the pages that a table names; `entry` returns the modifiers of entry `index` of `count` in a page."""
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._values: list[bytes] = []
        _, numbers = positions(bins, 4)
        seen: set[int] = set()
        for raw in numbers[: len(stream) // _PAGE + 1]:
            page = u32(raw, 0) & 0x3FFFFF
            if page not in seen:
                seen.add(page)
                self._read(stream[page * _PAGE : (page + 1) * _PAGE], entry)

    def _read(self, page: bytes, entry: Callable[[bytes, int, int], bytes]) -> None:
        if len(page) < _PAGE:
            return
        count = page[-1]
        for index in range(count):
            start, end = u32(page, 4 * index), u32(page, 4 * index + 4)
            if start < end and start >= (self._ends[-1] if self._ends else 0):
                self._starts.append(start)
                self._ends.append(end)
                self._values.append(entry(page, index, count))

    def at(self, place: int) -> bytes:
        """Return the modifiers at a place in the file."""
        index = bisect_right(self._starts, place) - 1
        return self._values[index] if index >= 0 and place < self._ends[index] else b""

    def over(self, text: PiecedText, start: int, end: int) -> Iterator[tuple[int, int, bytes, bytes]]:
        """Yield the stretches of a text from `start` to `end`, with their modifiers and those of their piece."""
        while start < end:
            piece = text.piece_at(start)
            if piece is None:
                return
            stop = min(end, piece.end)
            place = piece.place_of(start)
            index = bisect_right(self._starts, place) - 1
            value, limit = b"", 0
            if index >= 0 and place < self._ends[index]:
                value, limit = self._values[index], self._ends[index]
            elif index + 1 < len(self._starts):
                limit = self._starts[index + 1]
            if limit:
                stop = min(stop, start + max((limit - place) // piece.width, 1))
            yield start, stop, value, piece.changes
            start = stop


def character_entry(page: bytes, index: int, count: int) -> bytes:
    """Return the modifiers of a stretch of characters."""
    offset = 2 * u8(page, 4 * (count + 1) + index)
    return page[offset + 1 : offset + 1 + u8(page, offset)] if offset else b""


def paragraph_entry(page: bytes, index: int, count: int) -> bytes:
    """Return the style of a paragraph (two bytes) with its modifiers."""
    offset = 2 * u8(page, 4 * (count + 1) + _BOX * index)
    if not offset:
        return b""
    size = u8(page, offset)
    if size:
        return page[offset + 1 : offset + 2 * size]
    return page[offset + 2 : offset + 2 + 2 * u8(page, offset + 1)]


def with_data(grpprl: bytes, data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the modifiers of a paragraph, and in their place those that are kept in the stream Data."""
    for code, operand in modifiers(grpprl):
        if code in IN_DATA:
            place = number(operand)
            size = u16(data, place)
            yield from modifiers(data[place + 2 : place + 2 + size])
        else:
            yield code, operand
