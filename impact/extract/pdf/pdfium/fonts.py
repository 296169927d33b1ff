"""Sizes and weights of the characters that PDFium reads."""

import ctypes
from collections import Counter
from collections.abc import Sequence
from itertools import repeat
from math import hypot, pi, sin
from struct import unpack
from typing import Any

from impact.extract.pdf.pdfium.calls import (
    ANGLE,
    FONT,
    FONT_INFO,
    FONT_SIZE,
    FONT_WEIGHT,
    MATRIX,
    ORIGIN,
    TEXT_OBJECT,
    handle_of,
)
from impact.extract.pdf.words import Style, is_bold

_BOLD_WEIGHT = 600
"""Font weight from which type is bold. Source: OpenType usWeightClass, 600 is semi-bold."""

_SAMPLE = 12
"""Words whose angle tells how the text of a page is turned. Source: project judgment; each costs a call."""

_BASIS = 16
"""Bytes of a matrix before the place of the character: its numbers a, b, c and d."""

_LONGEST = 256
"""Bytes of the name of a font that are read. Source: ISO 32000-1, annex C: a name has 127 at most."""

_matrix = ctypes.create_string_buffer(24)
_origin = (ctypes.c_double * 2)()
_name = ctypes.create_string_buffer(_LONGEST)
_flags = ctypes.c_int()
_ROOM = ctypes.c_ulong(_LONGEST)
_MATRIX, _NAME, _FLAGS = ctypes.byref(_matrix), ctypes.byref(_name), ctypes.byref(_flags)
_X, _Y = ctypes.byref(_origin), ctypes.byref(_origin, 8)


class Fonts:
    """Looks up the fonts of characters while their page is open; once for each text object of the page."""

    def __init__(self, text: Any) -> None:
        self.text = text
        self.handle = handle_of(text)
        self._sound: dict[float, bool] = {}
        self._bold: dict[int | None, bool] = {}
        self._styles: dict[tuple[int | None, float, bytes], Style] = {}
        self._known: dict[int | None, Style] = {None: (0.0, False)}

    def styles(self, indices: Sequence[int]) -> list[Style]:
        """Return the size in points of each character, and whether it is bold."""
        items = list(map(TEXT_OBJECT, repeat(self.handle), indices))
        known = self._known
        return [known.get(item) or self._look_up(index, item) for item, index in zip(items, indices, strict=True)]

    def is_sound(self, index: int, height: float) -> bool:
        """Return whether the loose box of a character is about as high as its font; some fonts lie about that.

        All boxes of one height on a page are as sound as the first of them.
        """
        sound = self._sound.get(height)
        if sound is None:
            size = self.styles([index])[0][0]
            sound = not size or 0.6 * size <= height <= 1.9 * size or self.is_turned(index)
            self._sound[height] = sound
        return sound

    def is_turned(self, index: int) -> bool:
        """Return whether a character stands on its side, more than half a right angle."""
        return abs(sin(ANGLE(self.handle, index))) > 0.7

    def quarters(self, indices: Sequence[int]) -> int:
        """Return how many quarter turns clockwise most of a few characters are turned in user space."""
        sample = indices[:: max(len(indices) // _SAMPLE, 1)]
        angles = list(map(ANGLE, repeat(self.handle), sample))
        if not any(angles):
            return 0
        turns = Counter(round(angle / (pi / 2)) % 4 for angle in angles if angle >= 0)
        return turns.most_common(1)[0][0] if turns else 0

    def extent(self, index: int, low: float, high: float) -> tuple[float, float]:
        """Return the lower and upper end of a character from its baseline and font size, in user space."""
        size = self.styles([index])[0][0]
        if not ORIGIN(self.handle, index, _X, _Y):
            return low, high
        level = _origin[1]
        return level - 0.25 * size, level + 0.85 * size

    def _look_up(self, index: int, item: int) -> Style:
        """Return the style of a character; once for all text objects of one font, size and matrix."""
        font = FONT(item)
        MATRIX(self.handle, index, _MATRIX)
        key = (font, FONT_SIZE(self.handle, index), _matrix.raw[:_BASIS])
        style = self._styles.get(key)
        if style is None:
            if font not in self._bold:
                self._bold[font] = self._is_bold(index)
            style = self._styles[key] = (round(key[1] * hypot(*unpack("8x2f", key[2])), 1), self._bold[font])
        self._known[item] = style
        return style

    def _is_bold(self, index: int) -> bool:
        length = FONT_INFO(self.handle, index, _NAME, _ROOM, _FLAGS)
        name = _name.value.decode("utf-8", "replace") if 0 < length <= _LONGEST else ""
        return is_bold(name) or FONT_WEIGHT(self.handle, index) >= _BOLD_WEIGHT
