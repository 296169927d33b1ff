"""The piece table: where in the file the characters of the text are. Source: [MS-DOC] 2.8.35, 2.9.38, 2.9.177."""

import struct
from bisect import bisect_right
from dataclasses import dataclass

from impact.errors import LimitError, UnreadableError
from impact.extract.oldword.binary import positions, u8, u16, u32
from impact.extract.oldword.container import DAMAGED

_COMPRESSED = 0x40000000


@dataclass(frozen=True, slots=True)
class FilePiece:
    """Characters that follow each other in the file.

    Attributes:
        start: First of them in the text.
        end: Behind the last of them.
        place: Where they begin in the file.
        width: Bytes of a character, 1 or 2.
        changes: Property modifiers (a grpprl) on all of them.
    """

    start: int
    end: int
    place: int
    width: int
    changes: bytes = b""

    def place_of(self, position: int) -> int:
        """Return where a character is in the file."""
        return self.place + (position - self.start) * self.width


@dataclass(frozen=True, slots=True)
class PiecedText:
    """The text of all parts of a file, one item a character position, and its pieces."""

    text: str
    pieces: tuple[FilePiece, ...]
    starts: tuple[int, ...]

    def piece_at(self, position: int) -> FilePiece | None:
        """Return the piece with this character."""
        index = bisect_right(self.starts, position) - 1
        piece = self.pieces[index] if index >= 0 else None
        return piece if piece is not None and position < piece.end else None


def pieced_text(stream: bytes, clx: bytes, name: str, most: int) -> PiecedText:
    """Return the text that the pieces give.

    Raises:
        UnreadableError: If there is no piece table.
        LimitError: If the pieces give more than `most` characters.
    """
    modifiers, plc = _parts(clx)
    places, entries = positions(plc, 8)
    if not entries:
        raise UnreadableError(f"{name} is a damaged old Word file (it has no piece table)", DAMAGED)
    if places[-1] > most:
        message = f"{name} contains {places[-1]:,} characters; at most {most:,} are read"
        raise LimitError(message, "Split the document")
    pieces: list[FilePiece] = []
    texts: list[str] = []
    place = 0
    for index, entry in enumerate(entries):
        start, end = places[index], places[index + 1]
        if start != place or end <= start:
            continue  # a text without gaps is all that a honest file has
        piece, text = _piece(stream, start, end, entry, modifiers)
        pieces.append(piece)
        texts.append(text)
        place = end
    return PiecedText("".join(texts), tuple(pieces), tuple(piece.start for piece in pieces))


def _piece(stream: bytes, start: int, end: int, entry: bytes, modifiers: list[bytes]) -> tuple[FilePiece, str]:
    raw = u32(entry, 2)
    width = 1 if raw & _COMPRESSED else 2
    place = (raw & ~_COMPRESSED & 0x7FFFFFFF) // (2 if width == 1 else 1)
    count = end - start
    data = stream[place : place + count * width]
    text = data.decode("cp1252", "replace") if width == 1 else units(data)
    changes = u16(entry, 6)
    if changes & 1:
        index = changes >> 1
        grpprl = modifiers[index] if index < len(modifiers) else b""
    else:
        grpprl = _short_change(changes)
    return FilePiece(start, end, place, width, grpprl), text.ljust(count, "\0")


def units(data: bytes) -> str:
    """Return characters of two bytes, each as one item, so that positions in the text are positions in the file."""
    count = len(data) // 2
    text = data[: 2 * count].decode("utf-16-le", "surrogatepass")
    return text if len(text) == count else "".join(map(chr, struct.unpack(f"<{count}H", data[: 2 * count])))


def _parts(clx: bytes) -> tuple[list[bytes], bytes]:
    """Return the modifiers that pieces refer to, and the table of the pieces."""
    modifiers: list[bytes] = []
    place = 0
    while place < len(clx):
        kind = u8(clx, place)
        if kind == 2:
            length = u32(clx, place + 1)
            return modifiers, clx[place + 5 : place + 5 + length]
        if kind != 1:
            break
        length = u16(clx, place + 1)
        modifiers.append(clx[place + 3 : place + 3 + length])
        place += 3 + length
    return modifiers, b""


# Modifiers of one byte on a piece: the property that each stands for. Source: [MS-DOC] 2.9.215 (Prm0), those read here.
_SHORT = {
    0x0C: 0x260A, 0x18: 0x2416, 0x19: 0x2417, 0x41: 0x0800, 0x42: 0x0801, 0x55: 0x0835, 0x5C: 0x083C, 0x75: 0x0855,
}  # fmt: skip


def _short_change(change: int) -> bytes:
    sprm = _SHORT.get((change >> 1) & 0x7F)
    return struct.pack("<HB", sprm, change >> 8) if sprm else b""
