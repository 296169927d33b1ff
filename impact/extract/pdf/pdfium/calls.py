"""Functions of PDFium that are asked for each word or line, called with as little around them as ctypes allows.

Without declared argument types, ctypes takes a number and what `byref` returns as they are: a call costs 0.17
microseconds, one by addresses 0.43. The interpreter's lock is kept meanwhile, since a call is shorter than giving it
up. PDFium is not made for threads: all calls, and the buffers that they write into, belong to one.
"""

import ctypes
from collections import deque
from collections.abc import Sequence
from itertools import repeat
from typing import Any

import pypdfium2.raw as pdfium


def handle_of(pointer: Any) -> Any:
    """Return a handle of PDFium, such as that of a text page, as the functions of this module take it."""
    return ctypes.byref(pointer.contents)


def _bare(function: Any, result: Any = ctypes.c_int) -> Any:
    return ctypes.PYFUNCTYPE(result)(ctypes.cast(function, ctypes.c_void_p).value or 0)


TEXT = _bare(pdfium.FPDFText_GetText)
"""Text of a text page as UTF-16: handle, first character, count, reference to a buffer. Returns the code units."""

CHARACTER_AT = _bare(pdfium.FPDFText_GetCharIndexFromTextIndex)
"""Index of the character of a code unit, -1 for none: handle of the text page, place in its text."""

LOOSE_BOX = _bare(pdfium.FPDFText_GetLooseCharBox)
"""Loose box of a character: handle of the text page, index, reference to four floats (left, top, right, bottom)."""

TEXT_OBJECT = _bare(pdfium.FPDFText_GetTextObject, ctypes.c_void_p)
"""Address of the text object of a character, None for one that PDFium made up: handle of the text page, index."""

FONT_SIZE = _bare(pdfium.FPDFText_GetFontSize, ctypes.c_double)
"""Font size of a character before its matrix: handle of the text page, index."""

FONT_WEIGHT = _bare(pdfium.FPDFText_GetFontWeight)
"""Weight of the font of a character, 400 for regular: handle of the text page, index."""

FONT_INFO = _bare(pdfium.FPDFText_GetFontInfo, ctypes.c_ulong)
"""Name of the font of a character: handle of the text page, index, references to a buffer, its length, and flags.

Returns the bytes of the name with the zero at its end; a name for which the buffer is too short is not written.
"""

MATRIX = _bare(pdfium.FPDFText_GetMatrix)
"""Matrix of a character: handle of the text page, index, reference to six floats (a, b, c, d, e, f)."""

ANGLE = _bare(pdfium.FPDFText_GetCharAngle, ctypes.c_float)
"""Angle of a character in radians, counterclockwise; -1 where there is none: handle of the text page, index."""

UNMAPPED = _bare(pdfium.FPDFText_HasUnicodeMapError)
"""1 where the font gives a character no Unicode value: handle of the text page, index."""

ORIGIN = _bare(pdfium.FPDFText_GetCharOrigin)
"""Origin of a character: handle of the text page, index, references to two doubles (x, y)."""

FONT = _bare(pdfium.FPDFTextObj_GetFont, ctypes.c_void_p)
FONT.argtypes = (ctypes.c_void_p,)
"""Address of the font of a text object: address of the object."""

RENDER_MODE = _bare(pdfium.FPDFTextObj_GetTextRenderMode)
RENDER_MODE.argtypes = (ctypes.c_void_p,)
"""How a text object is painted: address of the object."""

_ROOM = 1024
"""Characters for which a buffer has room at first; a page of prose has some 400 words."""


class CharacterNumbers:
    """A buffer for numbers that a function of PDFium tells of characters; it grows as pages need.

    The places in it are known before.
    """

    def __init__(self, function: Any, count: int) -> None:
        """Take a function that writes `count` floats for a text page and the index of a character."""
        self._function, self._count = function, count
        self._places: list[Any] = []
        self._floats = memoryview(b"").cast("f")

    def fetch(self, handle: Any, indices: Sequence[int]) -> "memoryview[float]":
        """Return the numbers of each character, one after the other, until the next call.

        Those of a character that does not exist are zeros.
        """
        count = len(indices)
        if count >= len(self._places):
            self._grow(max(_ROOM, 2 * count))
        ctypes.memset(self._places[0], 0, 4 * self._count * count)
        deque(map(self._function, repeat(handle), indices, self._places), 0)
        return self._floats[: self._count * count]

    def _grow(self, count: int) -> None:
        numbers = (ctypes.c_float * (self._count * count))()
        self._places = [ctypes.byref(numbers, place) for place in range(0, ctypes.sizeof(numbers), 4 * self._count)]
        self._floats = memoryview(numbers).cast("B").cast("f")


LEFT, TOP, RIGHT, BOTTOM = range(4)


def column(boxes: "memoryview[float]", side: int) -> list[float]:
    """Return one side of each of some boxes."""
    numbers: list[Any] = boxes[side::4].tolist()
    return numbers


FIRST, LAST = CharacterNumbers(LOOSE_BOX, 4), CharacterNumbers(LOOSE_BOX, 4)
"""Loose boxes of the first and the last characters of words."""

MATRICES = CharacterNumbers(MATRIX, 6)
"""Matrices of characters."""


def sizings(matrices: "memoryview[float]") -> list[int]:
    """Return the bytes of the numbers c and d of each of some matrices, as one number: these tell the size of type."""
    numbers: list[Any] = matrices.cast("B").cast("q")[1::3].tolist()
    return numbers
