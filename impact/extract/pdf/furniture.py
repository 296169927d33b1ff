"""Running heads and feet: what a layout repeats on page after page and what is not part of the text.

Source of the rule and its thresholds: measured on real standards as PDF (lines in the top or bottom 12 % whose
digit-normalized text repeats at the same height on 30 % of the pages), found to work on ETSI, ISO, RFC, OIML and UN
documents.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from impact.extract.pdf.line import Line

ZONE = 0.12
"""Share of the page's height, at the top and at the bottom, in which heads and feet are looked for.
Source: measured on real standards as PDF."""

WIDE_ZONE = 0.2
"""Share of the page's height in which the outermost line of a page is looked at too. Source: RFCs of 2019 and later,
set for Letter and printed on A4, have their foot at 14 %."""

SHARE = 0.3
"""Share of the pages on which the text repeats. Source: measured on real standards as PDF."""

ROW = 5
"""Pages in a row, or every other page, on which small text repeats. Source: project judgment, for documents that
append slides or another document and so keep their heads on few of all pages."""

SAME_HEIGHT = 4.0
"""Points within which two lines stand at the same height. Source: project judgment; less than half a line."""

_DIGITS = re.compile(r"\d+")
_ROMAN = re.compile(r"\b[ivxl]{1,6}\b")
_PAGE_NUMBER = re.compile(
    r"[\[(\-\u2013\u2014| ]*(?:(?:page|seite|p\.|стр\.?)\s*)?(?:\d{1,4}|[ivxl]{1,7}|[A-Z][-\u2013]\d{1,3})"
    r"(?:\s*(?:/|of|de|von|из)\s*\d{1,4})?[\])\-\u2013\u2014| ]*",
    re.IGNORECASE,
)


class Edge(NamedTuple):
    """A line near the top or bottom of its page: the page (0-based position) and its height in points.

    A named tuple, since there are many.
    """

    page: int
    line: Line
    height: float
    in_zone: bool


def running(pages: Sequence[tuple[float, Sequence[Line]]]) -> set[int]:
    """Return the ids (of `id`) of the lines that are running heads, feet or page numbers.

    Args:
        pages: The height of each page in points, and its lines.
    """
    edges = list(_near(pages))
    lines = [lines for _, lines in pages]
    marked = _repeated(edges, lines)
    inner = [index for index, edge in enumerate(edges) if edge.in_zone and index not in marked]
    numbers = _page_numbers(edges, inner, marked, lines)
    marked |= numbers
    marked |= _beside(edges, [index for index in inner if index not in numbers], marked, len(pages))
    return {id(edges[index].line) for index in marked}


def _near(pages: Iterable[tuple[float, Sequence[Line]]]) -> Iterator[Edge]:
    for page, (height, lines) in enumerate(pages):
        top, bottom = height * WIDE_ZONE, height * (1 - WIDE_ZONE)
        head, foot = height * ZONE, height * (1 - ZONE)
        for line in lines:
            if line.y1 <= top or line.y0 >= bottom:
                yield Edge(page, line, height, line.y1 <= head or line.y0 >= foot)


def _is_outermost(edge: Edge, top: float, bottom: float) -> bool:
    """Return whether a line is the first or last on its page and within `WIDE_ZONE`."""
    if edge.line.y0 <= top + 1:
        return edge.line.y1 <= edge.height * WIDE_ZONE
    return edge.line.y1 >= bottom - 1 and edge.line.y0 >= edge.height * (1 - WIDE_ZONE)


def _repeated(edges: Sequence[Edge], pages: Sequence[Sequence[Line]]) -> set[int]:
    """Find the lines near the top or bottom whose text repeats at one height on enough pages."""
    groups: dict[str, list[int]] = defaultdict(list)
    extents = list(map(_extent, pages))
    for index, edge in enumerate(edges):
        if edge.in_zone or _is_outermost(edge, *extents[edge.page]):
            groups[_DIGITS.sub("#", edge.line.text)].append(index)
    usual = _usual_size(pages)
    marked: set[int] = set()
    for members in _joined(groups):
        if len(members) < 2:
            continue
        large = usual > 0 and edges[members[0]].line.size > 1.3 * usual
        needed = max(2, (0.6 if large else SHARE) * len(pages))
        for cluster in _level(edges, members):
            numbers = {edges[index].page for index in cluster}
            if len(numbers) >= needed or (not large and _in_a_row(numbers) >= ROW):
                marked.update(cluster)
    return marked


def _joined(groups: Mapping[str, list[int]]) -> Iterable[list[int]]:
    """Return groups of lines in order, those made one whose texts differ in Roman numerals alone."""
    joined: dict[str, list[int]] = defaultdict(list)
    for text, members in groups.items():
        joined[_ROMAN.sub("#", text)] += members
    return map(sorted, joined.values())


def _in_a_row(pages: set[int]) -> int:
    """Return the length of the longest run of pages of which no two in a row are missing."""
    longest = length = 0
    last = -9
    for page in sorted(pages):
        length = length + 1 if page - last <= 2 else 1
        longest, last = max(longest, length), page
    return longest


def _usual_size(pages: Sequence[Sequence[Line]]) -> float:
    counts: dict[float, int] = defaultdict(int)
    for line in chain.from_iterable(pages):
        counts[line.size] += len(line.text)
    return max(counts, key=lambda size: counts[size], default=0.0)


def _level(edges: Sequence[Edge], members: list[int]) -> list[list[int]]:
    """Split lines into groups that stand at one height, counted from the nearer edge of their page."""

    def depth(index: int) -> float:
        _, line, height, _ = edges[index]
        return line.y0 if line.y0 < height / 2 else line.y0 - height

    ordered = sorted(members, key=depth)
    groups = [[ordered[0]]]
    for index in ordered[1:]:
        if depth(index) - depth(groups[-1][-1]) <= SAME_HEIGHT:
            groups[-1].append(index)
        else:
            groups.append([index])
    return groups


def _extent(lines: Sequence[Line]) -> tuple[float, float]:
    """Return the upper edge of the highest line of a page, and the lower edge of the lowest one."""
    tops, bottoms = zip(*[(line.y0, line.y1) for line in lines], strict=True) if lines else ((0.0,), (0.0,))
    return min(tops), max(bottoms)


def _page_numbers(
    edges: Sequence[Edge], inner: list[int], marked: set[int], pages: Sequence[Sequence[Line]]
) -> set[int]:
    """Find lines that are nothing but a page number, beyond everything else on the page but other furniture."""
    candidates = [index for index in inner if _PAGE_NUMBER.fullmatch(edges[index].line.text.strip())]
    furniture = {id(edges[index].line) for index in marked} if candidates else set()
    indexes = set()
    for index in candidates:
        page, line, *_ = edges[index]
        top, bottom = _extent([other for other in pages[page] if id(other) not in furniture])
        if top < bottom and (line.y0 <= top + 1 or line.y1 >= bottom - 1):
            indexes.add(index)
    return indexes if len({edges[index].page for index in indexes}) > 1 else set()


def _beside(edges: Sequence[Edge], inner: list[int], marked: set[int], pages: int) -> set[int]:
    """Find the changing halves of running heads: lines at the very height of furniture on the same page.

    A chapter title in a running head changes too often to repeat; it stands on the line of the page number or of the
    document's number. Only heights that hold furniture on half of the pages count.
    """
    levels: dict[int, list[tuple[float, float]]] = defaultdict(list)
    for index in marked:
        page, line, *_ = edges[index]
        levels[page].append((line.y0, line.y1))
    if len(levels) * 2 < pages:
        return set()
    indexes = set()
    for index in inner:
        page, line, *_ = edges[index]
        middle = (line.y0 + line.y1) / 2
        if any(y0 <= middle <= y1 for y0, y1 in levels.get(page, ())):
            indexes.add(index)
    return indexes
