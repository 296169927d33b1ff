"""Calls into PDFium by plain addresses, for what is asked for each word."""

import ctypes
from typing import Any

import pypdfium2.raw as pdfium


def address(handle: Any) -> int | None:
    """Return the address that a handle of PDFium stands for."""
    return ctypes.cast(handle, ctypes.c_void_p).value


def _plain(function: Any, result: Any, *arguments: Any) -> Any:
    """Return a function of PDFium that takes plain numbers and addresses, without checks and conversions."""
    return ctypes.CFUNCTYPE(result, *arguments)(address(function) or 0)


LOOSE_BOX = _plain(pdfium.FPDFText_GetLooseCharBox, ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)
"""Loose box of a character: handle of the text page, index, address of four floats (left, top, right, bottom)."""

TEXT_OBJECT = _plain(pdfium.FPDFText_GetTextObject, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)
"""Address of the text object of a character, None for one that PDFium made up: handle of the text page, index."""

FONT = _plain(pdfium.FPDFTextObj_GetFont, ctypes.c_void_p, ctypes.c_void_p)
"""Address of the font of a text object: address of the object."""

FONT_SIZE = _plain(pdfium.FPDFText_GetFontSize, ctypes.c_double, ctypes.c_void_p, ctypes.c_int)
"""Font size of a character before its matrix: handle of the text page, index."""

MATRIX = _plain(pdfium.FPDFText_GetMatrix, ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)
"""Matrix of a character: handle of the text page, index, address of six floats (a, b, c, d, e, f)."""
