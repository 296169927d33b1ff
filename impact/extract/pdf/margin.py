"""Numbers of lines in the left margin of a page, which are no part of its text."""

from array import array
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise

from impact.extract.pdf.words import PageWords, Rectangle

LEAST, _LINES = 6, 3
"""Numbers that a margin has at least, and lines of running text beside them. Source: project judgment; a page has 30 to
60 lines, and one with figures fewer."""

_DIGITS = 4
_EDGE = 2.0
"""Points by which the right edges of such numbers may differ. Source: project judgment; they are set to the right."""

_MARGIN = 0.11
"""Share of the width of a page up to which such numbers reach. Source: project judgment; the text begins an inch from
the edge, 0.12 of A4, and so does a table with numbers."""

_WORDS = 8
"""Words of a line of running text. Source: project judgment; cells and words of a figure have fewer."""

_LEVEL = 3.0
"""Points by which the middle of a number may lie above or below that of its line. Source: project judgment."""

_MOST = 0.9
"""Share of the numbers that count on, and of the other words that stand to the right. Source: project judgment."""

_NUMBERED = 0.75
"""Share of the lines of running text that have a number. Source: project judgment; the words of a figure may look like
a line, and the items of a list go on over several lines, of which one has a number."""


def drop_line_numbers(page: PageWords) -> Sequence[int]:
    """Leave out the numbers of lines in the left margin; return the former indices of the words that stay."""
    every = range(len(page.texts))
    numbers = [word for word in every if page.texts[word].isdecimal() and len(page.texts[word]) <= _DIGITS]
    if len(numbers) < LEAST:
        return every
    margin = frozenset(_margin(page, numbers))
    if not margin:
        return every
    kept = [word for word in every if word not in margin]
    page.packed = page.packed_boxes(kept) if page.packed else page.packed
    page.texts[:] = [page.texts[word] for word in kept]
    page.origins = array("q", [page.origins[word] for word in kept])
    page.boxes[:] = [page.boxes[word] for word in kept] if page.boxes else []
    return kept


def _margin(page: PageWords, numbers: Sequence[int]) -> list[int]:
    """Return the numbers that count the lines of a page: one below the other, left of the text, one for each line."""
    boxes = page.upright()
    columns: dict[int, list[int]] = defaultdict(list)
    for word in numbers:
        columns[round(boxes[word][2] / _EDGE)].append(word)
    column = max(columns.values(), key=len)
    column.sort(key=lambda word: boxes[word][1])
    counted = sum(int(page.texts[after]) == int(page.texts[before]) + 1 for before, after in pairwise(column))
    right, in_column = max(boxes[word][2] for word in column), frozenset(column)
    others = [box for word, box in enumerate(boxes) if word not in in_column]
    is_left = sum(box[0] >= right for box in others) >= _MOST * len(others)
    is_margin = len(column) >= LEAST and right <= _MARGIN * page.upright_width and is_left
    counts = is_margin and counted + 1 >= _MOST * len(column)
    return column if counts and _number_lines([boxes[word] for word in column], others) else []


def _number_lines(numbers: Sequence[Rectangle], others: Sequence[Rectangle]) -> bool:
    words = Counter(round(_middle(box)) for box in others)
    lines = [line for line, count in words.items() if count >= _WORDS]
    numbered = sum(any(abs(_middle(number) - line) <= _LEVEL for number in numbers) for line in lines)
    return numbered >= max(_LINES, _NUMBERED * len(lines))


def _middle(box: Rectangle) -> float:
    return (box[1] + box[3]) / 2
