"""Sizes and weights of the characters that PDFium reads; calls by plain addresses, for what is asked often."""

import ctypes
from collections import Counter
from collections.abc import Sequence
from math import hypot, pi, sin
from typing import Any

import pypdfium2.raw as pdfium

from impact.extract.pdf.words import Style, is_bold

_BOLD_WEIGHT = 600
"""Font weight from which type is bold. Source: OpenType usWeightClass, 600 is semi-bold."""

_SAMPLE = 12
"""Words whose angle tells how the text of a page is turned. Source: project judgment; each costs a call."""


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

ORIGIN = _plain(
    pdfium.FPDFText_GetCharOrigin, ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p
)
"""Origin of a character: handle of the text page, index, addresses of two doubles (x, y)."""


class Fonts:
    """Looks up the fonts of characters while their page is open; once for each text object of the page."""

    def __init__(self, text: Any) -> None:
        self.text = text
        self._handle = address(text)
        self._matrix = (ctypes.c_float * 6)()
        self._at = ctypes.addressof(self._matrix)
        self._origin = (ctypes.c_double * 2)()
        self._origin_at = ctypes.addressof(self._origin)
        self._sound: dict[float, bool] = {}
        self._bold: dict[int | None, bool] = {}
        self._known: dict[int | None, Style] = {None: (0.0, False)}

    def style(self, index: int) -> Style:
        """Return the size in points of a character, and whether it is bold."""
        item = TEXT_OBJECT(self._handle, index)
        style = self._known.get(item)
        if style is None:
            style = self._known[item] = self._look_up(index, item)
        return style

    def is_sound(self, index: int, height: float) -> bool:
        """Return whether the loose box of a character is about as high as its font; some fonts lie about that.

        All boxes of one height on a page are as sound as the first of them.
        """
        sound = self._sound.get(height)
        if sound is None:
            size = self.style(index)[0]
            sound = not size or 0.6 * size <= height <= 1.9 * size or self.is_turned(index)
            self._sound[height] = sound
        return sound

    def is_turned(self, index: int) -> bool:
        """Return whether a character stands on its side, more than half a right angle."""
        return abs(sin(pdfium.FPDFText_GetCharAngle(self.text, index))) > 0.7

    def quarters(self, indices: Sequence[int]) -> int:
        """Return how many quarter turns clockwise most of a few characters are turned in user space."""
        sample = indices[:: max(len(indices) // _SAMPLE, 1)]
        angles = (pdfium.FPDFText_GetCharAngle(self.text, index) for index in sample)
        turns = Counter(round(angle / (pi / 2)) % 4 for angle in angles if angle >= 0)
        return turns.most_common(1)[0][0] if turns else 0

    def extent(self, index: int, low: float, high: float) -> tuple[float, float]:
        """Return the lower and upper end of a character from its baseline and font size, in user space."""
        size = self.style(index)[0]
        if not ORIGIN(self._handle, index, self._origin_at, self._origin_at + 8):
            return low, high
        level = self._origin[1]
        return level - 0.25 * size, level + 0.85 * size

    def _look_up(self, index: int, item: int) -> Style:
        font = FONT(item)
        if font not in self._bold:
            self._bold[font] = self._is_bold(index)
        MATRIX(self._handle, index, self._at)
        _, _, c, d, _, _ = self._matrix
        return round(FONT_SIZE(self._handle, index) * hypot(c, d), 1), self._bold[font]

    def _is_bold(self, index: int) -> bool:
        flags = ctypes.c_int()
        length = pdfium.FPDFText_GetFontInfo(self.text, index, None, 0, ctypes.byref(flags))
        buffer = ctypes.create_string_buffer(max(length, 1))
        pdfium.FPDFText_GetFontInfo(self.text, index, buffer, length, ctypes.byref(flags))
        name = buffer.value.decode("utf-8", "replace")
        return is_bold(name) or pdfium.FPDFText_GetFontWeight(self.text, index) >= _BOLD_WEIGHT
