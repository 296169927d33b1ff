"""Read numbers, strings and tables of positions out of bytes whose lengths cannot be trusted."""

import codecs
import struct
from collections.abc import Iterator

codecs.lookup("utf-16-le")  # found now, since a reader in the jail may open no file any more


def u8(data: bytes, place: int) -> int:
    """Return the byte at a place; 0 beyond the end."""
    return data[place] if 0 <= place < len(data) else 0


def u16(data: bytes, place: int) -> int:
    """Return two bytes as a number; 0 beyond the end."""
    return int.from_bytes(data[place : place + 2], "little") if place >= 0 else 0


def u32(data: bytes, place: int) -> int:
    """Return four bytes as a number; 0 beyond the end."""
    return int.from_bytes(data[place : place + 4], "little") if place >= 0 else 0


def i16(data: bytes, place: int) -> int:
    """Return two bytes as a number with sign; 0 beyond the end."""
    return int.from_bytes(data[place : place + 2], "little", signed=True) if place >= 0 else 0


def i32(data: bytes, place: int) -> int:
    """Return four bytes as a number with sign; 0 beyond the end."""
    return int.from_bytes(data[place : place + 4], "little", signed=True) if place >= 0 else 0


def wide(data: bytes, place: int, count: int) -> str:
    """Return `count` characters of two bytes each, as far as they are there."""
    return data[place : place + 2 * count].decode("utf-16-le", "replace")


def positions(plc: bytes, size: int) -> tuple[tuple[int, ...], tuple[bytes, ...]]:
    """Return the character positions of a table (a PLC) and its entries of `size` bytes each.

    There is one position more than entries; of a table without entries (size 0), all are returned. Source: [MS-DOC]
    2.2.2.
    """
    count = (len(plc) - 4) // (4 + size) if len(plc) >= 4 else -1
    if count < 0:
        return (), ()
    places = struct.unpack_from(f"<{count + 1}I", plc)
    start = 4 * (count + 1)
    return places, tuple(
        plc[start + size * index : start + size * (index + 1)] for index in range(count if size else 0)
    )


def strings(table: bytes, *, extended: bool = True) -> Iterator[bytes]:
    """Yield the entries of a string table (STTB): wide characters where it is extended, else bytes.

    Source: [MS-DOC] 2.2.4.
    """
    place = 0
    is_extended = u16(table, 0) == 0xFFFF
    if is_extended:
        place = 2
    count, extra = u16(table, place), u16(table, place + 2)
    place += 4
    for _ in range(count):
        if place >= len(table):
            return
        if is_extended and extended:
            length, place = 2 * u16(table, place), place + 2
        else:
            length, place = u8(table, place), place + 1
        yield table[place : place + length]
        place += length + extra
