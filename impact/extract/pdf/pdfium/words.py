"""The words of a page and their boxes, from PDFium."""

import ctypes
import re
from array import array
from bisect import bisect_left
from codecs import utf_16_le_decode
from collections.abc import Callable, Iterator
from itertools import compress, count, islice, repeat
from operator import lt, ne, sub
from typing import Any

import pypdfium2.raw as pdfium

from impact.extract.blocks.hyphens import LINE_END_HYPHEN
from impact.extract.pdf.pdfium.calls import BOTTOM, CHARACTER_AT, FIRST, LAST, LEFT, RIGHT, TEXT, TOP, column
from impact.extract.pdf.pdfium.fonts import Fonts
from impact.extract.pdf.quality import is_known
from impact.extract.pdf.words import PageWords, clean, is_clean, spells_out

Sides = tuple[list[float], list[float], list[float], list[float]]
"""Columns of x0, y0, x1 and y1 of boxes."""

Placer = Callable[[list[float], list[float], list[float], list[float]], Sides]
_OTHER_SPACE = re.compile(r"[^\S ]")


def _text(fonts: Fonts, limit: int) -> tuple[str, int]:
    """Return the text stream of a page up to `limit` characters, and how many characters the page has."""
    total = pdfium.FPDFText_CountChars(fonts.text)
    wanted = min(total, limit)
    if wanted <= 0:
        return "", max(total, 0)
    buffer = bytearray(2 * wanted + 2)
    place = ctypes.byref(ctypes.c_char.from_buffer(buffer))
    units = TEXT(fonts.handle, 0, wanted, place) - 1
    return utf_16_le_decode(memoryview(buffer)[: 2 * max(units, 0)], "replace", True)[0], total  # noqa: FBT003  # final


def fill(words: PageWords, page: Any, fonts: Fonts, limit: int) -> None:
    """Put the words of a page into `words`."""
    stream, total = _text(fonts, limit)
    words.characters, words.cut = total, total > limit
    plain = stream.replace("\r\n", "  ").replace(LINE_END_HYPHEN, " ")
    is_printable = plain.isprintable()
    if not is_printable:  # as white space but the space is not
        plain = _OTHER_SPACE.sub(" ", plain)
    words.known = is_printable and is_known(plain)
    texts, starts, ends = _words(stream, plain)
    indices_of = _indexer(fonts, stream, min(total, limit))
    if indices_of is not None:
        starts, ends = indices_of(starts), indices_of(ends)
    words.turn = (pdfium.FPDFPage_GetRotation(page) + fonts.quarters(starts)) % 4
    is_changed = not (spells_out(plain) if is_printable else is_clean(plain))
    if is_changed:
        texts = list(map(clean, texts))
    if (is_changed or LINE_END_HYPHEN in stream) and ("" in texts or LINE_END_HYPHEN in texts):
        spoken = [word not in ("", LINE_END_HYPHEN) for word in texts]
        texts = list(compress(texts, spoken))
        starts, ends = list(compress(starts, spoken)), list(compress(ends, spoken))
    if texts:
        _place(words, page, (texts, starts, ends), fonts)


def _words(stream: str, plain: str) -> tuple[list[str], list[int], list[int]]:
    """Return the words of a text, and where each begins and where its last character is.

    A hyphen that PDFium takes for one of a line end belongs to the word before it and parts it from the next. Splitting
    at single spaces, of which `plain` has no others, is three times faster than a regular expression for words.
    """
    texts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    place = 0
    for text in plain.split(" "):
        if text:
            texts.append(text)
            starts.append(place)
            place += len(text)
            ends.append(place - 1)
        place += 1
    place = stream.find(LINE_END_HYPHEN)
    while place >= 0:
        at = bisect_left(ends, place - 1)
        if at < len(ends) and ends[at] == place - 1:
            texts[at] += LINE_END_HYPHEN
            ends[at] = place
        place = stream.find(LINE_END_HYPHEN, place + 1)
    return texts, starts, ends


def _place(words: PageWords, page: Any, found: tuple[list[str], list[int], list[int]], fonts: Fonts) -> None:
    """Put words on the page, whole columns at a time; `found` is their texts and first and last characters."""
    texts, starts, ends = found
    first, last = FIRST.fetch(fonts.handle, starts), LAST.fetch(fonts.handle, ends)
    bottoms, tops, torn = _levels(fonts, (starts, first), (ends, last))
    lefts, rights, last_lefts, last_rights = (column(boxes, side) for boxes in (first, last) for side in (LEFT, RIGHT))
    if any(map(lt, last_lefts, lefts)) or any(map(lt, last_rights, rights)):  # of a script that runs leftwards
        lefts, last_rights = list(map(min, lefts, last_lefts)), list(map(max, rights, last_rights))
    place = _placer(page)
    sides = place(lefts, bottoms, last_rights, tops)
    boxes = list(zip(*sides, strict=True))
    if not torn:
        words.texts, words.origins, words.boxes, words.packed = texts, array("q", starts), boxes, _packed(sides)
        return
    at = 0
    for index in torn:
        words.texts += texts[at:index]
        words.origins.extend(starts[at:index])
        words.boxes += boxes[at:index]
        x0, x1, u0, u1 = first[4 * index], first[4 * index + 2], last[4 * index], last[4 * index + 2]
        is_column = x0 < (u0 + u1) / 2 < x1 and fonts.is_turned(starts[index])
        reach = (starts[index], ends[index] + 1)
        for piece, origin, box in _pieces(fonts.text, texts[index], reach, whole=is_column):
            words.texts.append(piece)
            words.origins.append(origin)
            words.boxes += zip(*place(*([side] for side in box)), strict=True)
        at = index + 1
    words.texts += texts[at:]
    words.origins.extend(starts[at:])
    words.boxes += boxes[at:]


def _packed(sides: Sides) -> "array[float]":
    """Return the sides of boxes as a layout has them: the four of each box one after another."""
    packed = array("f", bytes(16 * len(sides[0])))
    for at, side in enumerate(sides):
        packed[at::4] = array("f", side)
    return packed


def _levels(
    fonts: Fonts, first: "tuple[list[int], memoryview[float]]", last: "tuple[list[int], memoryview[float]]"
) -> tuple[list[float], list[float], list[int]]:
    """Return the lower and the upper ends of words, and the indices of those that do not run on one level.

    Args:
        fonts: Of the page.
        first: Index and loose box of the first character of each word.
        last: The same of the last characters.
    """
    (starts, sides), (ends, last_sides) = first, last
    tops, bottoms = column(sides, TOP), column(sides, BOTTOM)
    last_tops, last_bottoms = tops, bottoms
    heights = list(map(sub, tops, bottoms))
    changes = [0, *compress(count(1), map(ne, heights, islice(heights, 1, None)))]
    levels = {heights[at]: starts[at] for at in reversed(changes)}  # the first of each height stays
    odd: set[int] = set()
    if sides[TOP::4] != last_sides[TOP::4] or sides[BOTTOM::4] != last_sides[BOTTOM::4]:
        last_tops, last_bottoms = column(last_sides, TOP), column(last_sides, BOTTOM)
        odd.update(compress(count(), map(ne, tops, last_tops)))
        odd.update(compress(count(), map(ne, bottoms, last_bottoms)))
        levels.update((last_tops[at] - last_bottoms[at], ends[at]) for at in odd)
    if wrong := _wrong(fonts, levels):
        odd.update(at for at, height in enumerate(heights) if height in wrong)
    if not odd:
        return bottoms, tops, []
    torn = sorted(at for at in odd if not bottoms[at] < (last_bottoms[at] + last_tops[at]) / 2 < tops[at])
    level = odd.difference(torn) if torn else odd
    if wrong:
        last_bottoms, last_tops = last_bottoms.copy(), last_tops.copy()
        _extend(fonts, wrong, level, (starts, bottoms, tops))
        _extend(fonts, wrong, level, (ends, last_bottoms, last_tops))
    for at in level:
        if last_bottoms[at] < bottoms[at]:
            bottoms[at] = last_bottoms[at]
        if last_tops[at] > tops[at]:
            tops[at] = last_tops[at]
    return bottoms, tops, torn


def _extend(
    fonts: Fonts, wrong: set[float], level: set[int], characters: tuple[list[int], list[float], list[float]]
) -> None:
    """Give some characters, whose boxes have a wrong height, the ends that their fonts tell.

    Args:
        fonts: Of the page.
        wrong: The heights that are wrong.
        level: The words whose characters are looked at.
        characters: Index, lower and upper end of a character of each word; these are changed.
    """
    indices, bottoms, tops = characters
    places = [at for at in level if tops[at] - bottoms[at] in wrong]
    extents = fonts.extents([(indices[at], bottoms[at], tops[at]) for at in places])
    for at, (low, high) in zip(places, extents, strict=True):
        bottoms[at], tops[at] = low, high


def _wrong(fonts: Fonts, heights: dict[float, int]) -> set[float]:
    """Return the heights of boxes that are none or cannot be right.

    Args:
        fonts: Of the page.
        heights: Each with a character that has it.
    """
    rounded: dict[float, int] = {}
    for height, index in heights.items():
        if height > 0:
            rounded.setdefault(round(height, 2), index)
    unsound = fonts.unsound(rounded)
    if not unsound and min(heights) > 0:
        return set()
    return {height for height in heights if height <= 0 or round(height, 2) in unsound}


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


def _indexer(fonts: Fonts, stream: str, count: int) -> Callable[[list[int]], list[int]] | None:
    """Return what turns positions in `stream` into character indices; None where the two are the same.

    They differ where PDFium leaves control characters out of the text, and where a character takes two code units.
    """
    if len(stream) == count:
        return None
    units, at = [], 0
    for character in stream:
        units.append(at)
        at += 2 if character > "\uffff" else 1

    def indices(positions: list[int]) -> list[int]:
        characters = map(CHARACTER_AT, repeat(fonts.handle), map(units.__getitem__, positions))
        return [max(index, 0) for index in characters]

    return indices


def _placer(page: Any) -> Placer:
    """Return what turns columns of rectangles of user space into those of the page as displayed, cropped and turned."""
    frame = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, ctypes.byref(frame))
    left, bottom, right, top = frame.left, frame.bottom, frame.right, frame.top
    turns = pdfium.FPDFPage_GetRotation(page)

    def placed(x0s: list[float], y0s: list[float], x1s: list[float], y1s: list[float]) -> Sides:
        if turns == 1:
            return _less(y0s, bottom), _less(x0s, left), _less(y1s, bottom), _less(x1s, left)
        if turns == 2:
            return _from(right, x1s), _less(y0s, bottom), _from(right, x0s), _less(y1s, bottom)
        if turns == 3:
            return _from(top, y1s), _from(right, x1s), _from(top, y0s), _from(right, x0s)
        return _less(x0s, left), _from(top, y1s), _less(x1s, left), _from(top, y0s)

    return placed


def _less(places: list[float], edge: float) -> list[float]:
    return [place - edge for place in places] if edge else places


def _from(edge: float, places: list[float]) -> list[float]:
    return [edge - place for place in places]
