"""How wide the columns of a table are in a Word document."""

from collections.abc import Iterable
from typing import Any

from impact.report.wordsheet import WIDTH

Element = Any
"""An lxml element; the stubs of lxml know its class by a private name only."""

BESIDE, UPRIGHT = 2, 4
"""Columns of a matrix beside its titles, titles that still stand upright."""

LEAST = 2.0
"""The least share of a column. Source: project judgement on printed briefs."""


def widths(table: Element, count: int) -> list[float]:
    """Return the width of each column in centimeters, by what kind of table it is."""
    classes = (table.get("class") or "").split()
    if "matrix" in classes:
        titles = count - BESIDE
        each, last = (2.6, 1.9) if titles <= UPRIGHT else (0.75, 1.0)
        first = max(4.0, WIDTH - each * titles - last)
        return [first, *[(WIDTH - first - last) / titles] * titles, last]
    shares = {"says": (3, 7, 7), "sheet-table": (5, 8, 4)}
    share = next((shares[name] for name in classes if name in shares), ()) or _by_words(table)
    return [WIDTH * one / sum(share) for one in share]


def _by_words(table: Element) -> list[float]:
    """Return the share of each column: more for longer cells, and enough for its longest word."""
    columns = zip(*(["".join(one.itertext()) for one in row] for row in table.iter("tr")), strict=False)
    return [max(max(map(len, cells)) ** 0.5, _longest(cells) / 3, LEAST) for cells in columns]


def _longest(cells: Iterable[str]) -> int:
    return max((len(word) for cell in cells for word in cell.split()), default=0)
