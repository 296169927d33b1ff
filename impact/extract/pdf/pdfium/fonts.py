"""Sizes and weights of the characters that PDFium reads."""

import ctypes
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import repeat
from math import hypot, pi, sin
from struct import pack, unpack
from typing import Any

from impact.extract.pdf.pdfium.calls import (
    ANGLE,
    FONT,
    FONT_INFO,
    FONT_SIZE,
    FONT_WEIGHT,
    MATRICES,
    ORIGIN,
    TEXT_OBJECT,
    handle_of,
    sizings,
)
from impact.extract.pdf.words import Style, is_bold

_BOLD_WEIGHT = 600
"""Font weight from which type is bold. Source: OpenType usWeightClass, 600 is semi-bold."""

_SAMPLE = 12
"""Words whose angle tells how the text of a page is turned. Source: project judgment; each costs a call."""

_LONGEST = 256
"""Bytes of the name of a font that are read. Source: ISO 32000-1, annex C: a name has 127 at most."""

_origin = (ctypes.c_double * 2)()
_name = ctypes.create_string_buffer(_LONGEST)
_flags = ctypes.c_int()
_ROOM = ctypes.c_ulong(_LONGEST)
_NAME, _FLAGS = ctypes.byref(_name), ctypes.byref(_flags)
_X, _Y = ctypes.byref(_origin), ctypes.byref(_origin, 8)


class Fonts:
    """Looks up the fonts of characters while their page is open; once for each text object of the page."""

    def __init__(self, text: Any) -> None:
        self.text = text
        self.handle = handle_of(text)
        self._bold: dict[int | None, bool] = {}
        self._styles: dict[tuple[int | None, float, int], Style] = {}

    def styles(self, indices: Sequence[int]) -> list[Style]:
        """Return the size in points of each character, and whether it is bold."""
        items = list(map(TEXT_OBJECT, repeat(self.handle), indices))
        characters = dict(zip(items, indices, strict=True))
        characters.pop(None, None)
        styles = dict(zip(characters, self._look_up(characters), strict=True))
        styles[None] = (0.0, False)
        return list(map(styles.__getitem__, items))

    def unsound(self, heights: Mapping[float, int]) -> set[float]:
        """Return the heights of loose boxes that are not about as high as their font; some fonts lie about that.

        Args:
            heights: Each with a character that has it; all boxes of one height on a page are as sound as its box.
        """
        styles = self.styles(list(heights.values()))
        return {
            height
            for (height, index), (size, _) in zip(heights.items(), styles, strict=True)
            if size and not 0.6 * size <= height <= 1.9 * size and not self.is_turned(index)
        }

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

    def extents(self, boxes: Sequence[tuple[int, float, float]]) -> list[tuple[float, float]]:
        """Return the lower and upper ends of characters from their baseline and font size, in user space.

        Args:
            boxes: Index and lower and upper end of the box of each character, which stay where it has no baseline.
        """
        styles = self.styles([index for index, _, _ in boxes])
        return [
            (_origin[1] - 0.25 * size, _origin[1] + 0.85 * size) if ORIGIN(self.handle, index, _X, _Y) else (low, high)
            for (index, low, high), (size, _) in zip(boxes, styles, strict=True)
        ]

    def _look_up(self, characters: Mapping[int, int]) -> list[Style]:
        """Return the styles of text objects, each given with one of its characters.

        They are computed once for each font, size and matrix.
        """
        indices = list(characters.values())
        fonts, sizes = map(FONT, characters), map(FONT_SIZE, repeat(self.handle), indices)
        keys = list(zip(fonts, sizes, sizings(MATRICES.fetch(self.handle, indices)), strict=True))
        styles: list[Any] = list(map(self._styles.get, keys))
        for at, style in enumerate(styles) if None in styles else ():
            if style is None:
                styles[at] = self._styles[keys[at]] = self._style(*keys[at], indices[at])
        return styles

    def _style(self, font: int | None, size: float, sizing: int, index: int) -> Style:
        if font not in self._bold:
            self._bold[font] = self._is_bold(index)
        return _points(size, sizing), self._bold[font]

    def _is_bold(self, index: int) -> bool:
        length = FONT_INFO(self.handle, index, _NAME, _ROOM, _FLAGS)
        name = _name.value if 0 < length <= _LONGEST else b""
        return _is_bold_name(name) or FONT_WEIGHT(self.handle, index) >= _BOLD_WEIGHT


@lru_cache(1024)
def _points(size: float, sizing: int) -> float:
    """Return the size of type in points, of its size in its font and what `sizings` tells of its matrix."""
    return round(size * hypot(*unpack("2f", pack("q", sizing))), 1)


@lru_cache(1024)
def _is_bold_name(name: bytes) -> bool:
    return is_bold(name.decode("utf-8", "replace"))
