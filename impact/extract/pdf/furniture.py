"""Running heads and feet: what a layout repeats on page after page and what is not part of the text.

Source of the rule and its thresholds: measured on real standards as PDF (lines in the top or bottom 12 % whose
digit-normalized text repeats at the same height on 30 % of the pages), found to work on ETSI, ISO, RFC, OIML and UN
documents.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

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
    """A line as far as furniture is concerned: page (0-based position), text, edges, the page's height, font size.

    A named tuple, since there are many.
    """

    page: int
    text: str
    y0: float
    y1: float
    height: float
    size: float = 0.0


def running(edges: Sequence[Edge], pages: int) -> set[int]:
    """Return the indices of the lines that are running heads, feet or page numbers; lines come page after page."""
    near = [
        index
        for index, (_, _, y0, y1, height, _) in enumerate(edges)
        if y1 <= height * WIDE_ZONE or y0 >= height * (1 - WIDE_ZONE)
    ]
    marked = _repeated(edges, near, pages)
    inner = [index for index in near if index not in marked and _in_zone(edges[index])]
    numbers = _page_numbers(edges, inner, marked)
    marked |= numbers
    return marked | _beside(edges, [index for index in inner if index not in numbers], marked, pages)


def _in_zone(edge: Edge) -> bool:
    return edge.y1 <= edge.height * ZONE or edge.y0 >= edge.height * (1 - ZONE)


def _is_outermost(edge: Edge, extent: dict[int, tuple[float, float]]) -> bool:
    """Return whether a line is the first or last on its page and within `WIDE_ZONE`."""
    top, bottom = extent[edge.page]
    if edge.y0 <= top + 1:
        return edge.y1 <= edge.height * WIDE_ZONE
    return edge.y1 >= bottom - 1 and edge.y0 >= edge.height * (1 - WIDE_ZONE)


def _repeated(edges: Sequence[Edge], near: list[int], pages: int) -> set[int]:
    """Find the lines, of those near the top or bottom, whose text repeats at one height on enough pages."""
    groups: dict[str, list[int]] = defaultdict(list)
    extent = _outermost(edges)
    for index in near:
        edge = edges[index]
        if _in_zone(edge) or _is_outermost(edge, extent):
            groups[_ROMAN.sub("#", _DIGITS.sub("#", edge.text))].append(index)
    usual = _usual_size(edges)
    marked: set[int] = set()
    for members in groups.values():
        if len(members) < 2:
            continue
        large = usual > 0 and edges[members[0]].size > 1.3 * usual
        needed = max(2, (0.6 if large else SHARE) * pages)
        for cluster in _level(edges, members):
            numbers = {edges[index].page for index in cluster}
            if len(numbers) >= needed or (not large and _in_a_row(numbers) >= ROW):
                marked.update(cluster)
    return marked


def _in_a_row(pages: set[int]) -> int:
    """Return the length of the longest run of pages of which no two in a row are missing."""
    longest = length = 0
    last = -9
    for page in sorted(pages):
        length = length + 1 if page - last <= 2 else 1
        longest, last = max(longest, length), page
    return longest


def _usual_size(edges: Sequence[Edge]) -> float:
    counts: dict[float, int] = defaultdict(int)
    for edge in edges:
        counts[edge.size] += len(edge.text)
    return max(counts, key=lambda size: counts[size], default=0.0)


def _level(edges: Sequence[Edge], members: list[int]) -> list[list[int]]:
    """Split lines into groups that stand at one height, counted from the nearer edge of their page."""

    def depth(index: int) -> float:
        edge = edges[index]
        return edge.y0 if edge.y0 < edge.height / 2 else edge.y0 - edge.height

    ordered = sorted(members, key=depth)
    groups = [[ordered[0]]]
    for index in ordered[1:]:
        if depth(index) - depth(groups[-1][-1]) <= SAME_HEIGHT:
            groups[-1].append(index)
        else:
            groups.append([index])
    return groups


def _outermost(edges: Iterable[Edge]) -> dict[int, tuple[float, float]]:
    """Return the upper edge of the highest line of each page, and the lower edge of the lowest one."""
    extent = {}
    for page, group in groupby(edges, attrgetter("page")):
        members = list(group)
        extent[page] = (min(edge.y0 for edge in members), max(edge.y1 for edge in members))
    return extent


def _page_numbers(edges: Sequence[Edge], inner: list[int], marked: set[int]) -> set[int]:
    """Find lines that are nothing but a page number, beyond everything else on the page but other furniture."""
    candidates = [index for index in inner if _PAGE_NUMBER.fullmatch(edges[index].text.strip())]
    if not candidates:
        return set()
    extent = _outermost(edge for index, edge in enumerate(edges) if index not in marked)
    indexes = set()
    for index in candidates:
        edge, (top, bottom) = edges[index], extent[edges[index].page]
        if top < bottom and (edge.y0 <= top + 1 or edge.y1 >= bottom - 1):
            indexes.add(index)
    return indexes if len({edges[index].page for index in indexes}) > 1 else set()


def _beside(edges: Sequence[Edge], inner: list[int], marked: set[int], pages: int) -> set[int]:
    """Find the changing halves of running heads: lines at the very height of furniture on the same page.

    A chapter title in a running head changes too often to repeat; it stands on the line of the page number or of the
    document's number. Only heights that hold furniture on half of the pages count.
    """
    levels: dict[int, list[tuple[float, float]]] = defaultdict(list)
    for index in marked:
        levels[edges[index].page].append((edges[index].y0, edges[index].y1))
    if len(levels) * 2 < pages:
        return set()
    indexes = set()
    for index in inner:
        edge = edges[index]
        middle = (edge.y0 + edge.y1) / 2
        if any(y0 <= middle <= y1 for y0, y1 in levels.get(edge.page, ())):
            indexes.add(index)
    return indexes
