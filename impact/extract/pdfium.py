"""PDF by PDFium, the default engine.

One call for the text of a page and two character boxes a word; asking for every character is two to three times
slower (../shared/design/research.md). The raw interface of pypdfium2 is used for the same reason.
"""

import ctypes
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from math import hypot
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from impact.extract.crosscheck import settle
from impact.extract.lines import lines_of
from impact.extract.options import Options
from impact.extract.pdf_document import Envelope, PageReading, compose, damaged, encrypted, no_pages
from impact.extract.verdict import SCAN_CHARACTERS, Signs, judge
from impact.extract.words import LINE_END_HYPHEN, PageWords, Rectangle, Style, clean, is_bold
from impact.records import Bookmark, Document, Verdict

_WORD = re.compile(r"[^\s\ufffe]+\ufffe?")
_BOLD_WEIGHT = 600
_SAMPLE = 40
_INVISIBLE = 3
_LOOSE_BOX = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)(
    ctypes.cast(pdfium.FPDFText_GetLooseCharBox, ctypes.c_void_p).value
)
_TEXT_OBJECT = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)(
    ctypes.cast(pdfium.FPDFText_GetTextObject, ctypes.c_void_p).value
)
Placer = Callable[[float, float, float, float], Rectangle]


def read(data: bytes, name: str, options: Options) -> Document:
    """Read a PDF.

    Raises:
        UnreadableError: If it is encrypted, damaged, has no pages, or no page has text that can be read.
    """
    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        code = getattr(error, "err_code", None)
        raise encrypted(name) if code == pdfium.FPDF_ERR_PASSWORD else damaged(name, _reason(error)) from error
    try:
        count = len(pdf)
        if not count:
            raise no_pages(name)
        readings = [read_page(pdf, index, options) for index in range(min(count, options.max_pages))]
        envelope = Envelope(count, _outline(pdf), _properties(pdf))
    except pypdfium2.PdfiumError as error:
        raise damaged(name, _reason(error)) from error
    finally:
        pdf.close()
    return compose(data, name, "pdfium", envelope, _second_look(data, readings, options))


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


def _second_look(data: bytes, readings: list[PageReading], options: Options) -> list[PageReading]:
    """Read the pages that PDFium could not with pdfminer, and keep what is better."""
    doubtful = [at for at, reading in enumerate(readings) if reading.words.failed or _is_broken(reading)]
    if not doubtful:
        return readings
    from impact.extract import pdfminer

    try:
        others = pdfminer.read_pages(data, doubtful, options)
    except Exception:  # noqa: BLE001  # the file may be too damaged for pdfminer, which raises anything then
        return readings
    for at, other in zip(doubtful, others, strict=False):
        readings[at] = settle(readings[at], other)
    return readings


def _is_broken(reading: PageReading) -> bool:
    return reading.verdict is Verdict.BROKEN_MAP


def read_page(pdf: pypdfium2.PdfDocument, index: int, options: Options) -> PageReading:
    """Read the page with a 0-based index; a page that cannot be opened is empty."""
    page = pdfium.FPDF_LoadPage(pdf.raw, index)
    if not page:
        words = PageWords(index + 1, 0.0, 0.0, failed=True)
        return PageReading(words, [], *judge(words, Signs()))
    text = pdfium.FPDFText_LoadPage(page)
    try:
        words = PageWords(index + 1, pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page))
        fonts = _Fonts(text)
        _fill(words, page, fonts, options.max_page_characters)
        words.style = lambda word: fonts.style(words.origins[word])
        lines = lines_of(words)
        verdict, quality = judge(words, _signs(page, text, words))
        return PageReading(words, lines, verdict, quality)
    finally:
        pdfium.FPDFText_ClosePage(text)
        pdfium.FPDF_ClosePage(page)


def _reason(error: Exception) -> str:
    return str(error).split("\n", 1)[0].rstrip(".")[:120]


def _text(text: Any, limit: int) -> tuple[str, int]:
    """Return the text stream of a page up to `limit` characters, and how many characters the page has."""
    count = pdfium.FPDFText_CountChars(text)
    wanted = min(count, limit)
    if wanted <= 0:
        return "", max(count, 0)
    buffer = (ctypes.c_ushort * (wanted + 1))()
    got = pdfium.FPDFText_GetText(text, 0, wanted, buffer)
    return bytes(buffer)[: 2 * max(got - 1, 0)].decode("utf-16-le", "replace"), count


def _fill(words: PageWords, page: Any, fonts: "_Fonts", limit: int) -> None:
    """Put the words of a page into `words`."""
    text = fonts.text
    stream, count = _text(text, limit)
    words.characters, words.cut = count, count > limit
    found = [(match.group(), match.start(), match.end() - 1) for match in _WORD.finditer(stream)]
    index_of = _indexer(text, stream, min(count, limit))
    if index_of is not None:
        found = [(word, index_of(start), index_of(end)) for word, start, end in found]
    place = _placer(page)
    corners = _corners(text, found)
    texts, origins, boxes = words.texts, words.origins, words.boxes
    sound: dict[float, bool] = {}
    for (raw, start, end), (x0, y1, x1, y0), (u0, v1, u1, v0) in zip(found, corners, corners, strict=False):
        cleaned = clean(raw)
        if not cleaned or cleaned == LINE_END_HYPHEN:
            continue
        if not (y0 < (v0 + v1) * 0.5 < y1 or x0 < (u0 + u1) * 0.5 < x1):
            _put_pieces(text, words, cleaned, (start, end + 1), place)
            continue
        height = round(y1 - y0, 2)
        if height not in sound:
            sound[height] = fonts.is_sound(start, height)
        if not sound[height]:
            y0, y1 = v0, v1 = fonts.extent(start, y0, y1)
        texts.append(cleaned)
        origins.append(start)
        boxes.append(place(x0 if x0 < u0 else u0, y0 if y0 < v0 else v0, x1 if x1 > u1 else u1, y1 if y1 > v1 else v1))


def _corners(text: Any, found: Sequence[tuple[str, int, int]]) -> Iterator[tuple[float, ...]]:
    """Yield the loose boxes of the first and the last character of each word: left, top, right, bottom in user space.

    All are written into one buffer and read in one go, by plain addresses: three times faster than one structure a
    call.
    """
    buffer = (ctypes.c_float * (8 * len(found)))()
    handle, at = _address(text), ctypes.addressof(buffer)
    for _, start, end in found:
        _LOOSE_BOX(handle, start, at)
        _LOOSE_BOX(handle, end, at + 16)
        at += 32
    numbers = iter(memoryview(buffer).cast("B").cast("f").tolist())
    return zip(numbers, numbers, numbers, numbers, strict=True)


def _address(handle: Any) -> int | None:
    return ctypes.cast(handle, ctypes.c_void_p).value


def _apart(low: float, high: float, other_low: float, other_high: float) -> bool:
    """Return whether two stretches share less than a third of the shorter one."""
    shared = min(high, other_high) - max(low, other_low)
    return shared < 0.33 * min(high - low, other_high - other_low)


def _put_pieces(text: Any, words: PageWords, cleaned: str, reach: tuple[int, int], place: Placer) -> None:
    """Add a word that runs over two lines without a hyphen, or is not level, as the pieces that are level."""
    rectangle = pdfium.FS_RECTF()
    pieces: list[list[Any]] = []
    for index in range(*reach):
        pdfium.FPDFText_GetLooseCharBox(text, index, ctypes.byref(rectangle))
        box = [rectangle.left, rectangle.bottom, rectangle.right, rectangle.top]
        letter = clean(chr(pdfium.FPDFText_GetUnicode(text, index)))
        last = pieces[-1] if pieces else None
        if last is None or (_apart(last[3], last[5], box[1], box[3]) and _apart(last[2], last[4], box[0], box[2])):
            pieces.append([letter, index, *box])
        else:
            last[0] += letter
            last[2:] = [min(last[2], box[0]), min(last[3], box[1]), max(last[4], box[2]), max(last[5], box[3])]
    if not pieces or "".join(piece[0] for piece in pieces) != cleaned:
        pieces = [[cleaned, reach[0], *_hull(pieces)]]
    for piece, index, *box in pieces:
        if piece:
            words.texts.append(piece)
            words.origins.append(index)
            words.boxes.append(place(*box))


def _hull(pieces: list[list[Any]]) -> list[float]:
    return [
        min((piece[2] for piece in pieces), default=0.0),
        min((piece[3] for piece in pieces), default=0.0),
        max((piece[4] for piece in pieces), default=0.0),
        max((piece[5] for piece in pieces), default=0.0),
    ]


def _indexer(text: Any, stream: str, count: int) -> Callable[[int], int] | None:
    """Return what turns a position in `stream` into a character index; None where the two are the same.

    They differ where PDFium leaves control characters out of the text, and where a character takes two code units.
    """
    if len(stream) == count:
        return None
    units, at = [], 0
    for character in stream:
        units.append(at)
        at += 2 if character > "\uffff" else 1
    return lambda position: max(pdfium.FPDFText_GetCharIndexFromTextIndex(text, units[position]), 0)


def _placer(page: Any) -> Placer:
    """Return what turns a rectangle of user space into one of the page as displayed, cropped and rotated."""
    frame = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, ctypes.byref(frame))
    left, bottom, right, top = frame.left, frame.bottom, frame.right, frame.top
    turns = pdfium.FPDFPage_GetRotation(page)
    if turns == 1:
        return lambda x0, y0, x1, y1: (y0 - bottom, x0 - left, y1 - bottom, x1 - left)
    if turns == 2:
        return lambda x0, y0, x1, y1: (right - x1, y0 - bottom, right - x0, y1 - bottom)
    if turns == 3:
        return lambda x0, y0, x1, y1: (top - y1, right - x1, top - y0, right - x0)
    return lambda x0, y0, x1, y1: (x0 - left, top - y1, x1 - left, top - y0)


class _Fonts:
    """Looks up the fonts of characters while their page is open; once for each text object of the page."""

    def __init__(self, text: Any) -> None:
        self.text = text
        self._handle = _address(text)
        self._matrix = pdfium.FS_MATRIX()
        self._bold: dict[int | None, bool] = {}
        self._known: dict[int | None, Style] = {None: (0.0, False)}

    def style(self, index: int) -> Style:
        """Return the size in points of a character, and whether it is bold."""
        item = _TEXT_OBJECT(self._handle, index)
        style = self._known.get(item)
        if style is None:
            style = self._known[item] = self._look_up(index)
        return style

    def is_sound(self, index: int, height: float) -> bool:
        """Return whether the loose box of a character is about as high as its font; some fonts lie about that."""
        size = self.style(index)[0]
        return not size or 0.6 * size <= height <= 1.9 * size

    def extent(self, index: int, low: float, high: float) -> tuple[float, float]:
        """Return the lower and upper end of a character from its baseline and font size, in user space."""
        size = self.style(index)[0]
        x, y = ctypes.c_double(), ctypes.c_double()
        if not pdfium.FPDFText_GetCharOrigin(self.text, index, ctypes.byref(x), ctypes.byref(y)):
            return low, high
        return y.value - 0.25 * size, y.value + 0.85 * size

    def _look_up(self, index: int) -> Style:
        item = pdfium.FPDFText_GetTextObject(self.text, index)
        font = _address(pdfium.FPDFTextObj_GetFont(item))
        if font not in self._bold:
            self._bold[font] = self._is_bold(index)
        pdfium.FPDFText_GetMatrix(self.text, index, ctypes.byref(self._matrix))
        scale = hypot(self._matrix.c, self._matrix.d)
        return round(pdfium.FPDFText_GetFontSize(self.text, index) * scale, 1), self._bold[font]

    def _is_bold(self, index: int) -> bool:
        flags = ctypes.c_int()
        length = pdfium.FPDFText_GetFontInfo(self.text, index, None, 0, ctypes.byref(flags))
        buffer = ctypes.create_string_buffer(max(length, 1))
        pdfium.FPDFText_GetFontInfo(self.text, index, buffer, length, ctypes.byref(flags))
        name = buffer.value.decode("utf-8", "replace")
        return is_bold(name) or pdfium.FPDFText_GetFontWeight(self.text, index) >= _BOLD_WEIGHT


def _signs(page: Any, text: Any, words: PageWords) -> Signs:
    """Gather what tells a page that cannot be read; images are only measured where there is little text."""
    count = len(words.origins)
    if words.characters < SCAN_CHARACTERS:
        return Signs(image=_image_share(page, words))
    sample = words.origins[:: max(count // _SAMPLE, 1)]
    unmapped = sum(pdfium.FPDFText_HasUnicodeMapError(text, index) == 1 for index in sample)
    modes = (
        {_render_mode(text, index) for index in (sample[0], sample[len(sample) // 2], sample[-1])} if sample else set()
    )
    return Signs(unmapped=unmapped / max(len(sample), 1), invisible=modes == {_INVISIBLE})


def _render_mode(text: Any, index: int) -> int:
    item = pdfium.FPDFText_GetTextObject(text, index)
    return int(pdfium.FPDFTextObj_GetTextRenderMode(item)) if item else -1


def _image_share(page: Any, words: PageWords) -> float:
    """Return how much of a page its images and forms cover, at most 1."""
    box = (ctypes.c_float(), ctypes.c_float(), ctypes.c_float(), ctypes.c_float())
    area = 0.0
    for index in range(min(pdfium.FPDFPage_CountObjects(page), 1000)):
        item = pdfium.FPDFPage_GetObject(page, index)
        if pdfium.FPDFPageObj_GetType(item) not in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM):
            continue
        if pdfium.FPDFPageObj_GetBounds(item, *(ctypes.byref(side) for side in box)):
            left, bottom, right, top = (side.value for side in box)
            area += max(right - left, 0) * max(top - bottom, 0)
    return min(area / max(words.width * words.height, 1), 1.0)


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
