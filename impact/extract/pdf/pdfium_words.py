"""The words of a page and their boxes, from PDFium."""

import ctypes
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pypdfium2.raw as pdfium

from impact.extract.blocks.hyphens import LINE_END_HYPHEN
from impact.extract.pdf.pdfium_fonts import LOOSE_BOX, Fonts, address
from impact.extract.pdf.words import PageWords, Rectangle, clean, is_clean

Placer = Callable[[float, float, float, float], Rectangle]
_WORD = re.compile(r"[^\s\ufffe]+\ufffe?")


def _text(text: Any, limit: int) -> tuple[str, int]:
    """Return the text stream of a page up to `limit` characters, and how many characters the page has."""
    count = pdfium.FPDFText_CountChars(text)
    wanted = min(count, limit)
    if wanted <= 0:
        return "", max(count, 0)
    buffer = (ctypes.c_ushort * (wanted + 1))()
    got = pdfium.FPDFText_GetText(text, 0, wanted, buffer)
    return bytes(buffer)[: 2 * max(got - 1, 0)].decode("utf-16-le", "replace"), count


def fill(words: PageWords, page: Any, fonts: Fonts, limit: int) -> None:
    """Put the words of a page into `words`."""
    text = fonts.text
    stream, count = _text(text, limit)
    words.characters, words.cut = count, count > limit
    matches = [(match.group(), match.start(), match.end() - 1) for match in _WORD.finditer(stream)]
    index_of = _indexer(text, stream, min(count, limit))
    if index_of is not None:
        matches = [(word, index_of(start), index_of(end)) for word, start, end in matches]
    words.turn = (pdfium.FPDFPage_GetRotation(page) + fonts.quarters([start for _, start, _ in matches])) % 4
    if not is_clean(stream):
        matches = [(clean(word), start, end) for word, start, end in matches]
    _place(words, page, matches, fonts)


def _place(words: PageWords, page: Any, matches: Sequence[tuple[str, int, int]], fonts: Fonts) -> None:
    """Put words with the character indices of their first and last characters on the page."""
    place = _placer(page)
    corners = _corners(fonts.text, matches)
    texts, origins, boxes = words.texts, words.origins, words.boxes
    sound: dict[float, bool] = {}
    for (text, start, end), (x0, y1, x1, y0), (u0, v1, u1, v0) in zip(matches, corners, corners, strict=False):
        if not text or text == LINE_END_HYPHEN:
            continue
        if not y0 < (v0 + v1) / 2 < y1:
            is_column = x0 < (u0 + u1) / 2 < x1 and fonts.is_turned(start)
            for piece, index, (left, bottom, right, top) in _pieces(
                fonts.text, text, (start, end + 1), whole=is_column
            ):
                texts.append(piece)
                origins.append(index)
                boxes.append(place(left, bottom, right, top))
            continue
        low, high = _rise(fonts, sound, start, y0, y1)
        if v1 != y1 or v0 != y0:
            end_low, end_high = _rise(fonts, sound, end, v0, v1)
            low, high = min(low, end_low), max(high, end_high)
        texts.append(text)
        origins.append(start)
        boxes.append(place(min(x0, u0), low, max(x1, u1), high))


def _rise(fonts: Fonts, sound: dict[float, bool], index: int, low: float, high: float) -> tuple[float, float]:
    """Return lower and upper end of a character: of its loose box, or by its font where that box cannot be right."""
    height = round(high - low, 2)
    if height not in sound:
        sound[height] = fonts.is_sound(index, height)
    return (low, high) if sound[height] else fonts.extent(index, low, high)


def _corners(text: Any, matches: Sequence[tuple[str, int, int]]) -> Iterator[tuple[float, ...]]:
    """Yield the loose boxes of the first and the last character of each word: left, top, right, bottom in user space.

    All are written into one buffer and read in one go, by plain addresses: three times faster than one structure a
    call.
    """
    buffer = (ctypes.c_float * (8 * len(matches)))()
    handle, at = address(text), ctypes.addressof(buffer)
    for _, start, end in matches:
        LOOSE_BOX(handle, start, at)
        LOOSE_BOX(handle, end, at + 16)
        at += 32
    numbers = iter(memoryview(buffer).cast("B").cast("f").tolist())
    return zip(numbers, numbers, numbers, numbers, strict=True)


def _apart(low: float, high: float, other_low: float, other_high: float) -> bool:
    """Return whether two stretches share less than a third of the shorter one."""
    shared = min(high, other_high) - max(low, other_low)
    return shared < 0.33 * min(high - low, other_high - other_low)


def _pieces(
    text: Any, cleaned: str, reach: tuple[int, int], *, whole: bool
) -> Iterator[tuple[str, int, tuple[float, ...]]]:
    """Yield text, index and box of the level pieces of a word that runs over two lines without a hyphen, or is slanted.

    A word that stands on its side is one `whole`, with the box around all of its characters: programs of plots draw
    them one by one, and neither the first nor the last need be the outermost.
    """
    rectangle = pdfium.FS_RECTF()
    pieces: list[list[Any]] = []
    for index in range(*reach):
        pdfium.FPDFText_GetLooseCharBox(text, index, ctypes.byref(rectangle))
        box = [rectangle.left, rectangle.bottom, rectangle.right, rectangle.top]
        letter = clean(chr(pdfium.FPDFText_GetUnicode(text, index)))
        last = pieces[-1] if pieces else None
        if last is None or (not whole and _apart(last[3], last[5], box[1], box[3])):
            pieces.append([letter, index, *box])
        else:
            last[0] += letter
            last[2:] = [min(last[2], box[0]), min(last[3], box[1]), max(last[4], box[2]), max(last[5], box[3])]
    if not pieces or "".join(piece[0] for piece in pieces) != cleaned:
        pieces = [[cleaned, reach[0], *_hull(pieces)]]
    yield from ((piece, index, tuple(box)) for piece, index, *box in pieces if piece)


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
