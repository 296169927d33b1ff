"""Words that a text recognition found on a page that is an image."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from statistics import fmean, median
from typing import NamedTuple

from impact.extract.options import RecognizedPage
from impact.extract.pdf.document import PageReading
from impact.extract.pdf.lines import lines_of
from impact.extract.pdf.words import PageWords, Rectangle, clean
from impact.records import PageVerdict

LEAST = 0.5
"""Mean confidence below which nothing of a page is taken over. Source: project judgment; clean print has .9 and more,
noise and handwriting less than .5."""

_PAGE, _WORD = "1", "5"
_COLUMNS, _MOST = 12, 1_000_000
_LETTERS = 0.8
"""Font size as a share of the height of a line of print, from the top of its ascenders to the bottom of its
descenders. Source: project judgment."""


class RecognizedWord(NamedTuple):
    """A word as in a row of Tesseract's table; `paragraph` is that of its page, the box is in pixels."""

    paragraph: tuple[str, str]
    text: str
    box: Rectangle
    confidence: float


def settle(readings: list[PageReading], recognized: Sequence[RecognizedPage], most: int) -> None:
    """Put the words of recognized pages in place of what could not be read there.

    Args:
        readings: The pages of a document, in order.
        recognized: What was read of some of them.
        most: Characters read of one page at the most.
    """
    for page in recognized:
        if 1 <= page.number <= len(readings):
            found = _reading(readings[page.number - 1].words, page, most)
            if found and found.quality >= LEAST:
                readings[page.number - 1] = found


def confidence(table: str) -> float:
    """Return the mean confidence of the words of a table, 0 to 1; 0 where there are none."""
    found = list(_words(_rows(table)))
    return fmean(word.confidence for word in found) if found else 0.0


def _reading(before: PageWords, page: RecognizedPage, most: int) -> PageReading | None:
    rows = _rows(page.table)
    words = PageWords(before.number, before.width, before.height, turn=page.turn)
    width = next((numbers[2] for cells in rows if cells[0] == _PAGE and (numbers := _numbers(cells[6:11]))), 0.0)
    scale = words.upright_width / width if width >= 1 else 0.0
    found = list(_words(rows))
    if not found or not scale:
        return None
    sizes: list[float] = []
    for _, group in groupby(found, lambda word: word.paragraph):
        paragraph = list(group)
        height = median(word.box[3] - word.box[1] for word in paragraph) * scale
        sizes += [round(_LETTERS * height)] * len(paragraph)
    for word in found:
        if words.characters > most:
            words.cut = True
            break
        words.origins.append(words.characters)
        words.texts.append(word.text)
        words.boxes.append(_displayed(words, word.box, scale))
        words.characters += len(word.text) + 1
    words.styles = lambda chosen: [(sizes[word], False) for word in chosen]
    return PageReading(words, lines_of(words), PageVerdict.OCR, round(fmean(word.confidence for word in found), 2))


def _displayed(page: PageWords, box: Rectangle, scale: float) -> Rectangle:
    """Return a box on the upright image as one on the page as displayed; `PageWords.upright` turns it back."""
    x0, y0, x1, y1 = (edge * scale for edge in box)
    width, height = page.width, page.height
    if page.turn == 1:
        return width - y1, x0, width - y0, x1
    if page.turn == 2:
        return width - x1, height - y1, width - x0, height - y0
    if page.turn == 3:
        return y0, height - x1, y1, height - x0
    return x0, y0, x1, y1


def _rows(table: str) -> list[list[str]]:
    return [cells for line in table.split("\n") if len(cells := line.split("\t")) == _COLUMNS]


def _words(rows: Sequence[Sequence[str]]) -> Iterator[RecognizedWord]:
    """Yield the words of a table in reading order; a row that makes no sense is passed over."""
    for level, _, block, paragraph, _, _, *cells, text in rows:
        numbers = _numbers(cells)
        if level != _WORD or not numbers or not (word := clean(text.strip())):
            continue
        left, top, width, height, sure = numbers
        yield RecognizedWord((block, paragraph), word, (left, top, left + width, top + height), sure / 100)


def _numbers(cells: Sequence[str]) -> list[float]:
    """Return the numbers in cells; none where one of them makes no sense: what wrote the table may be taken over."""
    try:
        numbers = [float(cell) for cell in cells]
    except ValueError:
        return []
    return numbers if all(-1 <= number <= _MOST for number in numbers) else []
