"""Pages of a PDF that are images: drawn, and read by Tesseract, several at a time."""

import json
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from time import monotonic

from impact.errors import LimitError, UnreadableError
from impact.extract.images import tesseract
from impact.extract.images.drawing import draw
from impact.extract.options import RecognizedPage
from impact.extract.pdf.recognized import LEAST, confidence
from impact.sandbox.limits import Limits
from impact.sandbox.parent import perform

DOTS = 300 / 72
"""Pixels a point. Source: Tesseract's documentation, which advises 300 dpi."""

AT_ONCE = 4
"""Pages at a time at the most. Source: project judgment; each takes a core and some 200 MB; one of 20
million pixels with transparency took 5.3 bytes a pixel."""


@dataclass(frozen=True, slots=True)
class RecognizedPages:
    """What Tesseract read.

    Attributes:
        pages: What was read of each page that could be.
        late: Numbers of pages that were not reached in time.
        refusal: Why the first of the pages that need too much time or memory could not be drawn.
    """

    pages: tuple[RecognizedPage, ...] = ()
    late: tuple[int, ...] = ()
    refusal: LimitError | None = None


def recognize(data: bytes, name: str, pages: Sequence[int], limits: Limits) -> RecognizedPages:
    """Return what Tesseract reads on pages of a PDF or an image file; pages that cannot be drawn or read are left out.

    Nothing is read where it is not installed. After `limits.recognition_seconds` no page is begun.
    """
    path = tesseract.program()
    if path is None or not pages:
        return RecognizedPages()
    end = monotonic() + limits.recognition_seconds
    speech = _speech(path, data, name, pages[0], limits)
    threads = min(AT_ONCE, os.cpu_count() or 1)
    with ThreadPoolExecutor(threads) as pool:
        read = list(pool.map(partial(_page, path, data, name, speech, limits, end), pages))
    return RecognizedPages(
        tuple(page for page in read if isinstance(page, RecognizedPage) and page.table),
        tuple(number for number, page in zip(pages, read, strict=True) if page is None),
        next((page for page in read if isinstance(page, LimitError)), None),
    )


def _speech(path: str, data: bytes, name: str, first: int, limits: Limits) -> str:
    """Return the languages in which to read a document, by the script of a page."""
    try:
        script, _ = tesseract.orientation(path, _image(data, name, first, limits), name, limits)
    except UnreadableError:
        script = ""
    return tesseract.chosen(script, tesseract.languages(path))


def _page(  # noqa: PLR0913, PLR0917 (what all pages share, and one of them)
    path: str, data: bytes, name: str, speech: str, limits: Limits, end: float, number: int
) -> RecognizedPage | LimitError | None:
    """Return what is read of a page, upright; without a table if it cannot be read, None if it is too late.

    If drawing it needs too much time or memory, that refusal is returned, since other pages are read nevertheless.
    """
    if monotonic() > end:
        return None
    try:
        image = _image(data, name, number, limits)
        page = RecognizedPage(number, 0, tesseract.read_page(path, image, speech, name, limits))
        if confidence(page.table) >= LEAST:
            return page
        _, degrees = tesseract.orientation(path, image, name, limits)
        if not degrees:
            return page
        image = _image(data, name, number, limits, degrees)
        return RecognizedPage(number, 4 - degrees // 90, tesseract.read_page(path, image, speech, name, limits))
    except LimitError as refusal:
        return refusal
    except UnreadableError:
        return RecognizedPage(number, 0, "")


def _image(data: bytes, name: str, number: int, limits: Limits, degrees: int = 0) -> bytes:
    letter = json.dumps({"page": number, "scale": DOTS, "form": "gray", "turn": degrees})
    return perform(draw, data, name, letter, replace(limits, answer_bytes=tesseract.PAGE.file_bytes))
