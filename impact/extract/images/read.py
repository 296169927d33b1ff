"""An image file as a document: its pages, and what a text recognition read on them."""

from dataclasses import replace

from impact.errors import ScanError
from impact.extract.images.picture import sizes
from impact.extract.options import Options
from impact.extract.pdf.document import OCR_HINT, Envelope, PageReading, compose
from impact.extract.pdf.recognized import settle
from impact.extract.pdf.words import PageWords
from impact.records import Document, PageVerdict


def read(data: bytes, name: str, options: Options) -> Document:
    """Read an image file; it has the words that `options.recognized` brings.

    Raises:
        ScanError: If it has no words, unless its pages alone are asked for (`options.scans`).
        LimitError: If a page has too many pixels.
        UnreadableError: If it is damaged.
    """
    found, count = sizes(data, name, options.max_pages)
    readings = [
        PageReading(PageWords(number, width, height), [], PageVerdict.SCAN)
        for number, (width, height) in enumerate(found, start=1)
    ]
    settle(readings, options.recognized, options.max_page_characters)
    if not options.scans and all(reading.verdict is PageVerdict.SCAN for reading in readings):
        pages = f"{count} pages" if count > 1 else "one page"
        raise ScanError(f"{name} is an image of {pages}, whose text is not in the file", OCR_HINT)
    return replace(compose(data, name, "tesseract", Envelope(count), readings), format="image")
