"""Put paragraphs that only say how deep in tables they are into tables, rows and cells."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import Enum

from lxml.etree import _Element as Element

from impact.extract.office.wordtree import RevisionMark, add, add_marks, root

DEEPEST = 12
"""Tables inside of tables at the most; what is deeper is read as if it were there. Source: project judgment."""


class ParagraphEnd(Enum):
    """What ends with a paragraph."""

    PARAGRAPH = 0
    CELL = 1
    ROW = 2


@dataclass(frozen=True, slots=True)
class CellShape:
    """A cell: its width in any unit, and how it is merged with its neighbors: "", "restart" or "continue"."""

    width: int = 1
    down: str = ""
    across: str = ""


@dataclass(frozen=True, slots=True)
class RowShape:
    """A row: its left edge in the unit of the widths, its cells, and the revision marks on it."""

    left: int = 0
    cells: Sequence[CellShape] = ()
    marks: tuple[RevisionMark, ...] = ()


@dataclass(slots=True)
class _OpenTable:
    table: Element
    cells: list[list[Element]] = field(default_factory=list)
    cell: list[Element] = field(default_factory=list)


class Nesting:
    """Open tables, outermost first. `finished` gathers what is complete and in no table."""

    def __init__(self) -> None:
        self.finished: list[Element] = []
        self._open: list[_OpenTable] = []

    def put(self, paragraph: Element | None, depth: int, end: ParagraphEnd, shape: RowShape = RowShape()) -> None:
        """Put a paragraph at this depth; one that ends a row holds no text and may be left out."""
        depth = min(max(depth, 0), DEEPEST)
        self._reach(depth)
        if not depth:
            if paragraph is not None:
                self.finished.append(paragraph)
            return
        current = self._open[-1]
        if end is ParagraphEnd.ROW:
            self._end_row(current, shape)
            return
        if paragraph is not None:
            current.cell.append(paragraph)
        if end is ParagraphEnd.CELL:
            current.cells.append(current.cell)
            current.cell = []

    def finish(self) -> None:
        """End all tables."""
        self._reach(0)

    def take(self) -> list[Element]:
        """Return what was finished since this was last called."""
        finished, self.finished = self.finished, []
        return finished

    def _reach(self, depth: int) -> None:
        while len(self._open) > depth:
            closed = self._open.pop()
            if closed.cell:
                closed.cells.append(closed.cell)
                closed.cell = []
            if closed.cells:
                self._end_row(closed, RowShape())
            (self._open[-1].cell if self._open else self.finished).append(closed.table)
        while len(self._open) < depth:
            self._open.append(_OpenTable(root("tbl")))

    @staticmethod
    def _end_row(current: _OpenTable, shape: RowShape) -> None:
        if current.cell:
            current.cells.append(current.cell)
        if current.cells:
            row = add(current.table, "tr")
            properties = add(row, "trPr")
            if shape.left > 0:
                add(properties, "gridBefore", shape.left)
            add_marks(properties, shape.marks)
            for index, content in enumerate(current.cells):
                place = shape.cells[index] if index < len(shape.cells) else CellShape()
                add_cell(row, content, place)
        current.cells, current.cell = [], []


def add_cell(row: Element, content: Iterable[Element], place: CellShape) -> None:
    """Add a cell with this content to a row."""
    cell = add(row, "tc")
    properties = add(cell, "tcPr")
    add(properties, "gridSpan", max(place.width, 1))
    if place.down:
        add(properties, "vMerge", place.down)
    if place.across:
        add(properties, "hMerge", place.across)
    cell.extend(content)
