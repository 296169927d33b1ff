"""Bytes that parent and child send each other: a row of sections, each a length (8 bytes) and an array.

No pickle: what a taken-over child sends cannot run code in the parent.
"""

import struct
from array import array
from collections.abc import Sequence
from itertools import accumulate, pairwise
from math import isfinite
from typing import Any

_Bytes = bytes  # inside of `Parcel`, `bytes` is its method
_LENGTH = struct.Struct("=Q")


class Parcel:
    """Bytes in the making."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def put(self, section: "bytes | array[Any]") -> None:
        """Append one section."""
        content = bytes(section)
        self._parts += (_LENGTH.pack(len(content)), content)

    def strings(self, values: Sequence[str]) -> None:
        """Append strings as two sections: their lengths in bytes, and all of them in one piece."""
        coded = [value.encode("utf-8", "surrogatepass") for value in values]
        self.put(array("q", map(len, coded)))
        self.put(b"".join(coded))

    def bytes(self) -> bytes:
        """Return all that was put."""
        return b"".join(self._parts)

    def pieces(self) -> tuple[_Bytes, ...]:
        """Return all that was put, without a copy of it, in pieces to be sent one after the other."""
        return tuple(self._parts)


class Intake:
    """Bytes received, taken section by section.

    Each method raises `ValueError` where the bytes are not what is expected.
    """

    def __init__(self, data: bytes) -> None:
        self._data = memoryview(data)
        self._at = 0

    def take(self) -> memoryview:
        """Return the next section."""
        start = self._at + _LENGTH.size
        if start > len(self._data):
            raise ValueError("the answer ends too early")
        (length,) = _LENGTH.unpack(self._data[self._at : start])
        if length > len(self._data) - start:
            raise ValueError("a section is longer than the answer")
        self._at = start + length
        return self._data[start : self._at]

    def numbers(self, code: str) -> "array[Any]":
        """Return the next section as numbers of the type `code` (as in `array`); floats are finite."""
        numbers = array(code)
        numbers.frombytes(self.take())
        if code in "fd" and not all(map(isfinite, numbers)):
            raise ValueError("a number is not finite")
        return numbers

    def strings(self) -> list[str]:
        """Return the next two sections as strings."""
        lengths, content = self.numbers("q"), self.take()
        if lengths and min(lengths) < 0:
            raise ValueError("a string has a negative length")
        ends = list(accumulate(lengths, initial=0))
        if ends[-1] != len(content):
            raise ValueError("strings and their lengths differ")
        return [str(content[start:end], "utf-8", "surrogatepass") for start, end in pairwise(ends)]

    def rest(self) -> bytes:
        """Return what was not taken yet, as it came."""
        rest, self._at = bytes(self._data[self._at :]), len(self._data)
        return rest

    def finish(self) -> None:
        """Refuse bytes that nobody asked for."""
        if self._at != len(self._data):
            raise ValueError("the answer is longer than expected")
