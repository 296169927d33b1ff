"""A PDF as a document: read by the engine that was chosen, held against the other one."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from impact.extract.options import Options
from impact.extract.pdf.crosscheck import agreement, settle
from impact.extract.pdf.document import PageReading, compose, refuse_unread
from impact.extract.pdf.pdfium import pages
from impact.extract.pdf.recognized import settle as settle_recognized
from impact.records import Document, PageVerdict


def read_by_pdfium(data: bytes, name: str, options: Options) -> Document:
    """Read a PDF.

    Raises:
        UnreadableError: If it is encrypted, damaged, has no pages, or no page has text that can be read.
    """
    with _uncollected():
        envelope, readings = pages.read(data, name, options)
    readings = _second_look(data, readings, options)
    _complete(name, readings, options)
    with _uncollected():
        return compose(data, name, "pdfium", envelope, readings)


def _complete(name: str, readings: list[PageReading], options: Options) -> None:
    """Put in what a text recognition read, and refuse what cannot be read even so, unless its pages are asked for."""
    settle_recognized(readings, options.recognized, options.max_page_characters)
    if not options.scans:
        refuse_unread(name, readings)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Keep the search for cycles away: thousands of words of a page are in none, and it costs a twentieth.

    What was made counts as old afterwards (which freezing all and undoing that does without looking at any of it), or
    the next search would go through it after all.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.freeze()
            gc.unfreeze()
            gc.enable()


def read_by_pdfminer(data: bytes, name: str, options: Options) -> Document:
    """Read a PDF. Each page is compared with what PDFium reads on it, which gives its quality.

    Raises:
        UnreadableError: As `read_by_pdfium`.
    """
    from impact.extract.pdf import pdfminer

    envelope, readings = pdfminer.read(data, name, options)
    others, outline = pages.survey(data, len(readings), options)
    for reading, other in zip(readings, others, strict=False):
        reading.quality = round(agreement(reading.words.texts, other.words.texts), 2)
        if other.verdict is PageVerdict.OCR and reading.verdict is PageVerdict.OK:
            reading.verdict = PageVerdict.OCR
    readings = [
        settle(reading, other) for reading, other in zip(readings, [*others, *readings[len(others) :]], strict=True)
    ]
    _complete(name, readings, options)
    return compose(data, name, "pdfminer", replace(envelope, outline=outline), readings)


def _second_look(data: bytes, readings: list[PageReading], options: Options) -> list[PageReading]:
    """Read the pages that PDFium could not with pdfminer, and keep what is better."""
    doubtful = [
        index
        for index, reading in enumerate(readings)
        if reading.words.failed or reading.verdict is PageVerdict.BROKEN_MAP
    ]
    if not doubtful:
        return readings
    from impact.extract.pdf import pdfminer

    try:
        others = pdfminer.read_pages(data, doubtful, options)
    except Exception:  # noqa: BLE001  # the file may be too damaged for pdfminer, which raises anything then
        return readings
    for index, other in zip(doubtful, others, strict=False):
        readings[index] = settle(readings[index], other)
    return readings
