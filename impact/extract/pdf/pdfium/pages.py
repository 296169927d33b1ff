"""Pages of a PDF by PDFium, the default engine.

One call for the text of a page and two character boxes a word; asking for every character is two to three times
slower than asking for words. The raw interface of pypdfium2 is used for the same reason.
"""

from itertools import islice

import pypdfium2
import pypdfium2.raw as pdfium

from impact.errors import UnreadableError
from impact.extract.options import Options
from impact.extract.pdf.document import Envelope, PageReading, damaged, encrypted, no_pages
from impact.extract.pdf.lines import lie_inside, lines_of
from impact.extract.pdf.margin import drop_line_numbers
from impact.extract.pdf.pdfium.fonts import Fonts
from impact.extract.pdf.pdfium.signs import signs_of
from impact.extract.pdf.pdfium.words import fill
from impact.extract.pdf.quality import Signs, judge
from impact.extract.pdf.words import PageWords, clean, drop_unseen, shrink
from impact.records import Bookmark


def read(data: bytes, name: str, options: Options) -> tuple[Envelope, list[PageReading]]:
    """Return what a PDF says about itself, and its first `max_pages` pages.

    Raises:
        UnreadableError: If it is encrypted, damaged or has no pages.
    """
    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise _unopened(name, error) from error
    try:
        count = len(pdf)
        if not count:
            raise no_pages(name)
        readings = [read_page(pdf, index, options) for index in range(min(count, options.max_pages))]
        return Envelope(count, _outline(pdf), _properties(pdf)), readings
    except pypdfium2.PdfiumError as error:
        raise damaged(name, _reason(error)) from error
    finally:
        pdf.close()


def survey(data: bytes, pages: int, options: Options) -> tuple[list[PageReading], tuple[Bookmark, ...]]:
    """Return what PDFium reads on the first pages, and the bookmarks; nothing where it cannot open the file."""
    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        return [], ()
    try:
        return [read_page(pdf, index, options) for index in range(min(pages, len(pdf)))], _outline(pdf)
    finally:
        pdf.close()


def read_page(pdf: pypdfium2.PdfDocument, index: int, options: Options) -> PageReading:
    """Read the page with a 0-based index; a page that cannot be opened is empty."""
    page = pdfium.FPDF_LoadPage(pdf.raw, index)
    if not page:
        words = PageWords(index + 1, 0.0, 0.0, failed=True)
        return PageReading(words, [], *judge(words, Signs()))
    text = pdfium.FPDFText_LoadPage(page)
    try:
        words = PageWords(index + 1, pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page))
        fonts = Fonts(text)
        fill(words, page, fonts, options.max_page_characters)
        words.styles = lambda chosen: fonts.styles([words.origins[word] for word in chosen])
        drop_line_numbers(words)
        lines = lines_of(words)
        words.inside = lie_inside(words, lines)
        if drop_unseen(words):
            lines = lines_of(words)
        verdict, quality = judge(words, signs_of(page, fonts, words))
        shrink(words)
        return PageReading(words, lines, verdict, quality)
    finally:
        pdfium.FPDFText_ClosePage(text)
        pdfium.FPDF_ClosePage(page)


def _unopened(name: str, error: pypdfium2.PdfiumError) -> UnreadableError:
    code = getattr(error, "err_code", None)
    if code == pdfium.FPDF_ERR_SUCCESS:  # nothing is wrong with it, but there is no page either
        return no_pages(name)
    if code == pdfium.FPDF_ERR_SECURITY:
        message = f"{name} uses an unknown kind of encryption"
        return UnreadableError(message, "Open it in the program that it was made for, and print it to a new PDF")
    return encrypted(name) if code == pdfium.FPDF_ERR_PASSWORD else damaged(name, _reason(error))


def _reason(error: Exception) -> str:
    return str(error).split("\n", 1)[0].rstrip(".")[:120]


def _outline(pdf: pypdfium2.PdfDocument) -> tuple[Bookmark, ...]:
    """Return the bookmarks; a broken outline is as good as none."""
    entries = []
    for item in islice(pdf.get_toc(max_depth=12), 5000):
        target = item.get_dest()
        index = target.get_index() if target else None
        title = " ".join(clean(item.get_title()).split())
        if title and index is not None and index >= 0:
            entries.append(Bookmark(item.level + 1, title, index + 1))
    return tuple(entries)


def _properties(pdf: pypdfium2.PdfDocument) -> tuple[tuple[str, str], ...]:
    pairs = pdf.get_metadata_dict(skip_empty=True)
    return tuple((key.lower(), clean(value).strip()) for key, value in pairs.items())
