"""How wide the columns of a table are in a Word document."""

from collections.abc import Iterable
from typing import Any

from impact.report.docx.document import WIDTH

Element = Any
"""An lxml element; the stubs of lxml know its class by a private name only."""

BESIDE, UPRIGHT = 2, 4
"""Columns of a matrix beside its titles, titles that still stand upright."""

LETTER, SIDES, LONGEST = 0.21, 0.45, 24
"""Centimeters of a bold letter and beside the words of a cell; letters of a word that are sure to stand in one line.
Source: project judgment on printed briefs."""

PIPS = 6
"""Letters as wide as the three marks of a level."""


def widths(table: Element, count: int) -> list[float]:
    """Return the width of each column in centimeters, by what kind of table it is."""
    classes = (table.get("class") or "").split()
    if "matrix" in classes:
        titles = count - BESIDE
        column, last = (2.6, 1.9) if titles <= UPRIGHT else (0.75, 1.0)
        first = max(4.0, WIDTH - column * titles - last)
        return [first, *[(WIDTH - first - last) / titles] * titles, last]
    shares = {"says": (3, 7, 7), "sheet-table": (5, 8, 4)}
    share = next((shares[name] for name in classes if name in shares), ())
    return [WIDTH * part / sum(share) for part in share] if share else _by_words(table)


def _by_words(table: Element) -> list[float]:
    """Return the width of each column: enough for its longest word, and of what is left more for longer cells."""
    columns = list(zip(*table.iter("tr"), strict=False))
    least = [_longest(cells) * LETTER + SIDES for cells in columns]
    share = [max(len("".join(cell.itertext())) for cell in cells) ** 0.5 for cells in columns]
    left = WIDTH - sum(least)
    if left <= 0 or not sum(share):
        return [WIDTH * width / sum(least) for width in least]
    return [width + left * part / sum(share) for width, part in zip(least, share, strict=True)]


def _longest(cells: Iterable[Element]) -> int:
    words = [len(word) for cell in cells for word in "".join(cell.itertext()).split()]
    marks = [PIPS for cell in cells if cell.find_class("badge")]
    return min(max(*words, *marks, 0, 0), LONGEST)
