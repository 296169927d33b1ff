"""What PDFium sees on a page beside its words: images, invisible text, characters without a meaning."""

import ctypes
from itertools import repeat
from typing import Any

import pypdfium2.raw as pdfium

from impact.extract.pdf.pdfium.calls import RENDER_MODE, TEXT_OBJECT, UNMAPPED
from impact.extract.pdf.pdfium.fonts import Fonts
from impact.extract.pdf.quality import SCAN_CHARACTERS, Signs
from impact.extract.pdf.words import PageWords

_SAMPLE = 40
"""Words that are looked up for a missing map; a fifth of them (`BROKEN_SHARE`) is eight then. Source: project
judgment."""

_MOST_OBJECTS = 1000
"""Objects of a page among which images are looked for. Source: project judgment; a scan has a handful."""

_INVISIBLE = 3
"""Text render mode 3. Source: ISO 32000-1, 9.3.6: neither fill nor stroke text."""


def signs_of(page: Any, fonts: Fonts, words: PageWords) -> Signs:
    """Gather what tells a page that cannot be read; images are only measured where there is little text."""
    count = len(words.origins)
    if words.characters < SCAN_CHARACTERS:
        return Signs(image=_image_share(page, words))
    sample = words.origins[:: max(count // _SAMPLE, 1)]
    unmapped = list(map(UNMAPPED, repeat(fonts.handle), sample)).count(1)
    modes = (
        {_render_mode(fonts, index) for index in (sample[0], sample[len(sample) // 2], sample[-1])} if sample else set()
    )
    return Signs(unmapped=unmapped / max(len(sample), 1), invisible=modes == {_INVISIBLE})


def _render_mode(fonts: Fonts, index: int) -> int:
    item = TEXT_OBJECT(fonts.handle, index)
    return int(RENDER_MODE(item)) if item else -1


def _image_share(page: Any, words: PageWords) -> float:
    """Return how much of a page its images and forms cover, at most 1."""
    box = (ctypes.c_float(), ctypes.c_float(), ctypes.c_float(), ctypes.c_float())
    area = 0.0
    for index in range(min(pdfium.FPDFPage_CountObjects(page), _MOST_OBJECTS)):
        item = pdfium.FPDFPage_GetObject(page, index)
        if pdfium.FPDFPageObj_GetType(item) not in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM):
            continue
        if pdfium.FPDFPageObj_GetBounds(item, *(ctypes.byref(side) for side in box)):
            left, bottom, right, top = (side.value for side in box)
            area += max(right - left, 0) * max(top - bottom, 0)
    return min(area / max(words.width * words.height, 1), 1.0)
