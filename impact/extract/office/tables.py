"""The rows and cells of a Word table: merged cells once, and whether a row is a record or holds running text."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml.etree import _Element as Element

from impact.extract.office.names import W, value_of
from impact.extract.office.ooxml import whole

LONGEST_ROW = 1500
"""Characters beyond which a row is read as paragraphs. Source: project judgment; a clause is quoted whole."""

RUNNING = 200
"""Characters from which a paragraph is running text; two such in a cell make it layout. Source: project judgment."""

_WRAPPERS = frozenset({f"{W}sdt", f"{W}sdtContent", f"{W}customXml"})


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row with the cells that begin in it; a cell merged with the one above is not repeated."""

    element: Element
    cells: tuple[Element, ...]

    @property
    def layout(self) -> bool:
        """Whether the row holds running text or a table of its own and is to be read paragraph by paragraph."""
        lengths = [[_length(paragraph) for paragraph in cell.iter(f"{W}p")] for cell in self.cells]
        if sum(map(sum, lengths)) > LONGEST_ROW or any(cell.find(f".//{W}tbl") is not None for cell in self.cells):
            return True
        return any(sum(length >= RUNNING for length in cell) > 1 for cell in lengths)


def rows_of(table: Element) -> list[TableRow]:
    """Return the rows in order; nested tables are left inside of their cells."""
    rows = []
    merged: set[int] = set()
    for element in _unwrapped(table, f"{W}tr"):
        cells = []
        column = whole(value_of(element.find(f"{W}trPr"), "gridBefore"), 0)
        begun: set[int] = set()
        for cell in _unwrapped(element, f"{W}tc"):
            properties = cell.find(f"{W}tcPr")
            state = _merge(properties, "vMerge")
            if state == "restart" or (state == "continue" and column in merged):
                begun.add(column)
            if not (state == "continue" and column in merged) and _merge(properties, "hMerge") != "continue":
                cells.append(cell)
            column += max(whole(value_of(properties, "gridSpan"), 1), 1)
        merged = begun
        rows.append(TableRow(element, tuple(cells)))
    return rows


def _merge(properties: Element | None, name: str) -> str:
    """Return "restart", "continue" (also where the value is left out) or "" for a cell that is not merged."""
    merge = properties.find(f"{W}{name}") if properties is not None else None
    return "" if merge is None else merge.get(f"{W}val") or "continue"


def _unwrapped(parent: Element, tag: str) -> Iterator[Element]:
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _unwrapped(child, tag)


def _length(paragraph: Element) -> int:
    return sum(len(piece.text or "") for piece in paragraph.iter(f"{W}t"))
