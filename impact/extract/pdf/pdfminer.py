"""Pages of a PDF by pdfminer.six, the second engine: by choice, and for pages that PDFium reads badly.

Only its interpreter is used. Its layout analysis breaks ties by the address of objects, so that one file gives several
texts, and costs more than linear time; words, lines and paragraphs are found by the code that PDFium's words go
through too.
"""

import io
import logging
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LTChar, LTContainer, LTImage
from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.utils import decode_text

from impact.extract.options import Options
from impact.extract.pdf.document import Envelope, PageReading, damaged, encrypted, no_pages
from impact.extract.pdf.lines import lines_of
from impact.extract.pdf.margin import drop_line_numbers
from impact.extract.pdf.quality import Signs, judge
from impact.extract.pdf.words import PageWords, Rectangle, Style, clean, is_bold, is_seen

WORD_GAP = 0.15
"""Share of the font size from which white space between characters parts words. Source: project judgment."""

_MOST_PAGES = 100_000
"""Pages that are counted at the most. Source: project judgment; `Options.max_pages` ends the reading long before."""


def read(data: bytes, name: str, options: Options) -> tuple[Envelope, list[PageReading]]:
    """Return what a PDF says about itself, without bookmarks, and its first `max_pages` pages.

    Raises:
        UnreadableError: If it is encrypted, damaged or has no pages.
    """
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    try:
        document = PDFDocument(PDFParser(io.BytesIO(data)))
        count = sum(1 for _ in islice(PDFPage.create_pages(document), _MOST_PAGES))
    except (PDFPasswordIncorrect, PDFEncryptionError) as error:
        raise encrypted(name) from error
    except Exception as error:  # pdfminer raises whatever a damaged file makes it stumble on
        raise damaged(name, f"{type(error).__name__}: {error}"[:120].strip(": ")) from error
    if not count:
        raise no_pages(name)
    readings = read_pages(data, range(min(count, options.max_pages)), options)
    return Envelope(count, properties=_properties(document)), readings


def read_pages(data: bytes, wanted: Sequence[int], options: Options) -> list[PageReading]:
    """Read the pages with these ascending 0-based indices; a page that cannot be read comes back as failed."""
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    document = PDFDocument(PDFParser(io.BytesIO(data)))
    manager = PDFResourceManager()
    device = PDFPageAggregator(manager, laparams=None)
    interpreter = PDFPageInterpreter(manager, device)
    readings: list[PageReading] = []
    chosen = set(wanted)
    for index, page in enumerate(islice(PDFPage.create_pages(document), max(chosen, default=-1) + 1)):
        if index in chosen:
            readings.append(_read_page(interpreter, device, page, index + 1, options))
    return readings


def _read_page(interpreter: Any, device: Any, page: Any, number: int, options: Options) -> PageReading:
    left, top, width, height = _crop(page)
    words = PageWords(number, width, height)
    try:
        interpreter.process_page(page)
        layout = device.get_result()
    except Exception:  # noqa: BLE001  # pdfminer raises whatever a damaged page makes it stumble on; the page is named
        words.failed = True
        return PageReading(words, [], *judge(words, Signs()))
    maker = _WordMaker(words, left, top)
    for item in islice(_characters(layout), options.max_page_characters + 1):
        words.characters += 1
        if words.characters > options.max_page_characters:
            words.cut = True
            break
        maker.add(item)
    maker.end()
    words.turn = maker.turns.most_common(1)[0][0] if maker.turns else 0
    kept = drop_line_numbers(words)
    words.styles = lambda chosen: [maker.styles[kept[word]] for word in chosen]
    share = _image_share(layout) if words.characters < 20 else 0.0
    signs = Signs(image=share, unmapped=maker.unmapped / max(words.characters, 1))
    return PageReading(words, lines_of(words), *judge(words, signs))


def _crop(page: Any) -> tuple[float, float, float, float]:
    """Return left and top of the crop box in pdfminer's frame (points, origin bottom left, rotated), and its size."""
    mx0, my0, mx1, my1 = page.mediabox
    cx0, cy0, cx1, cy1 = page.cropbox
    x0, y0, x1, y1 = max(mx0, cx0), max(my0, cy0), min(mx1, cx1), min(my1, cy1)
    if x1 <= x0 or y1 <= y0:
        x0, y0, x1, y1 = mx0, my0, mx1, my1
    if page.rotate == 90:
        return y0 - my0, mx1 - x0, y1 - y0, x1 - x0
    if page.rotate == 180:
        return mx1 - x1, my1 - y0, x1 - x0, y1 - y0
    if page.rotate == 270:
        return my1 - y1, x1 - mx0, y1 - y0, x1 - x0
    return x0 - mx0, y1 - my0, x1 - x0, y1 - y0


def _characters(container: Any) -> Iterator[Any]:
    """Yield the characters of a page in content order, those inside of figures too."""
    for item in container:
        if isinstance(item, LTChar):
            yield item
        elif isinstance(item, LTContainer):
            yield from _characters(item)


def _image_share(layout: Any) -> float:
    """Return how much of the page its images cover, at most 1."""
    area = 0.0
    pending = list(layout)
    while pending:
        item = pending.pop()
        if isinstance(item, LTImage):
            area += item.width * item.height
        elif isinstance(item, LTContainer):
            pending.extend(item)
    return float(min(area / max(layout.width * layout.height, 1), 1.0))


class _WordMaker:
    """Puts characters together to words as long as they follow each other on one level."""

    def __init__(self, words: PageWords, left: float, top: float) -> None:
        self.styles: list[Style] = []
        self.unmapped = 0
        self.turns: Counter[int] = Counter()
        self._words = words
        self._left, self._top = left, top
        self._letters: list[str] = []
        self._origin = 0
        self._box: Rectangle = (0.0, 0.0, 0.0, 0.0)
        self._last: Rectangle = (0.0, 0.0, 0.0, 0.0)
        self._style: Style = (0.0, False)
        self._turn = 0

    def add(self, item: Any) -> None:
        """Take the next character."""
        text = item.get_text()
        if text.startswith("(cid:"):
            self.unmapped += 1
            text = "\ufffd"
        x0, y0, x1, y1 = item.bbox
        box = (x0 - self._left, self._top - y1, x1 - self._left, self._top - y0)
        if not text.strip():
            self.end()
            return
        turn = _turn(item)
        if self._letters and not (turn == self._turn and self._continues(box)):
            self.end()
        if not self._letters:
            self._turn = turn
            self._origin, self._box = self._words.characters - 1, box
            self._style = (round(item.width if turn % 2 else item.height, 1), is_bold(item.fontname))
        self._letters.append(text)
        known_box = self._box
        self._box = (
            min(known_box[0], box[0]),
            min(known_box[1], box[1]),
            max(known_box[2], box[2]),
            max(known_box[3], box[3]),
        )
        self._last = box

    def end(self) -> None:
        """Close the word in the making, if there is one."""
        text = clean("".join(self._letters))
        if text and is_seen(self._box, self._words.height):
            self._words.texts.append(text)
            self._words.origins.append(self._origin)
            self._words.boxes.append(self._box)
            self.styles.append(self._style)
            self.turns[self._turn] += len(text)
        self._letters = []

    def _continues(self, box: Rectangle) -> bool:
        """Return whether a character follows the last one without a gap in the direction of its word."""
        x0, y0, x1, y1 = self._last
        along = self._turn % 2
        low, high, new_low, new_high = (x0, x1, box[0], box[2]) if along else (y0, y1, box[1], box[3])
        if min(high, new_high) - max(low, new_low) <= 0.5 * min(high - low, new_high - new_low):
            return False
        gap = (box[0] - x1, box[1] - y1, x0 - box[2], y0 - box[3])[self._turn]
        size = self._style[0] or high - low
        return -0.5 * size <= gap <= WORD_GAP * size


def _turn(item: Any) -> int:
    """Return how many quarter turns clockwise a character is turned, as displayed."""
    right, up = item.matrix[0], item.matrix[1]
    if abs(right) >= abs(up):
        return 0 if right >= 0 else 2
    return 3 if up > 0 else 1


def _properties(document: Any) -> tuple[tuple[str, str], ...]:
    pairs: dict[str, str] = {}
    for information in document.info:
        for key, value in information.items():
            if isinstance(value, bytes):
                pairs.setdefault(str(key).lower(), clean(decode_text(value)).strip())
    return tuple((key, value) for key, value in pairs.items() if value)
