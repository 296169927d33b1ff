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

_AT_ONCE = 1024
"""Characters whose boxes are fetched between two readings of the buffer; a page of prose has 800 of them."""

_BOXES = (ctypes.c_float * (4 * _AT_ONCE))()
_PLACES = [ctypes.byref(_BOXES, place) for place in range(0, ctypes.sizeof(_BOXES), 16)]
_FLOATS = memoryview(_BOXES).cast("B").cast("f")


def loose_boxes(handle: Any, indices: Sequence[int]) -> list[float]:
    """Return left, top, right, bottom of each character in user space, one after the other.

    All are written into one buffer, of which the places are known before, and read in one go. A character that does
    not exist has a box of zeros.
    """
    sides: list[float] = []
    for start in range(0, len(indices), _AT_ONCE):
        part = indices[start : start + _AT_ONCE]
        ctypes.memset(_BOXES, 0, 16 * len(part))
        deque(map(LOOSE_BOX, repeat(handle), part, _PLACES), 0)
        sides += _FLOATS[: 4 * len(part)].tolist()
    return sides
