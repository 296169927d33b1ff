"""Lay pieces of a source into the text of a document and keep where each came from."""

from array import array
from typing import Any

from impact.records import Block, Layout, Span

GAP = "\n\n"
CELL_GLUE = " | "


class Assembly:
    """A document in the making: pieces form blocks, blocks form the text.

    Put the pieces of a block with `put` (text that stands in the source) and `glue` (white space that does not), mark
    cells with `cell`, and end the block with `close`. White space at both ends of a block is dropped; an empty block
    leaves no trace.
    """

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._parts: list[str] = []
        self._length = 0
        self._start = 0
        self._open = False
        self._cells: list[Span] = []
        self._starts = array("q")
        self._ends = array("q")
        self._pages = array("q")
        self._origins = array("q")
        self._boxes = array("f")

    @property
    def length(self) -> int:
        """Characters laid so far, the open block included."""
        return self._length

    @property
    def start(self) -> int:
        """Where the open block begins, or where the next one would."""
        return self._start if self._open else self._length + (len(GAP) if self.blocks else 0)

    def put(
        self, text: str, *, origin: int, page: int = 1, box: tuple[float, float, float, float] | None = None
    ) -> Span:
        """Append a fragment of the source to the open block (opening one if needed) and return its span.

        Args:
            text: The fragment as it shall stand in the text; leading white space of a block is dropped.
            origin: As in `Layout.origins`.
            page: 1-based.
            box: x0, y0, x1, y1 in points, origin top left. Give one for each fragment of a document, or for none.
        """
        if not self._open:
            text = text.lstrip()
            if not text:
                return Span(self._length, self._length)
            if self.blocks:
                self._append(GAP)
            self._start, self._open = self._length, True
        start = self._length
        self._append(text)
        self._starts.append(start)
        self._ends.append(self._length)
        self._pages.append(page)
        self._origins.append(origin)
        if box is not None:
            self._boxes.extend(box)
        return Span(start, self._length)

    def glue(self, text: str = " ") -> None:
        """Append characters that have no place in the source; nothing before the first fragment of a block."""
        if self._open:
            self._append(text)

    def cell(self, start: int) -> None:
        """Mark what was laid since `start` (a value of `length` or `start`) as one cell of the open row."""
        if self._open and start < self._length:
            self._cells.append(Span(start, self._length))

    def close(self, **facts: Any) -> Block | None:
        """End the open block, give it these facts, and return it; None if nothing but white space was put."""
        if not self._open:
            return None
        self._trim()
        span = Span(self._start, self._length)
        cells = tuple(
            Span(cell.start, min(cell.end, self._length)) for cell in self._cells if cell.start < self._length
        )
        block = Block(span, cells=cells, **facts)
        self.blocks.append(block)
        self._open, self._cells = False, []
        return block

    def text(self) -> str:
        """Return the text laid so far; call `close` first."""
        self._parts = ["".join(self._parts)]
        return self._parts[0]

    def layout(self) -> Layout:
        """Return the fragments laid so far."""
        return Layout(self._starts, self._ends, self._pages, self._origins, self._boxes)

    def _append(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)

    def _trim(self) -> None:
        """Drop white space at the end of the open block, and shorten the fragments that held it."""
        while self._parts and self._length > self._start:
            part = self._parts[-1]
            trimmed = part.rstrip()
            self._length -= len(part) - len(trimmed)
            if trimmed:
                self._parts[-1] = trimmed
                break
            self._parts.pop()
        while self._ends and self._ends[-1] > self._length:
            if self._starts[-1] < self._length:
                self._ends[-1] = self._length
                break
            self._drop_fragment()

    def _drop_fragment(self) -> None:
        for column in (self._starts, self._ends, self._pages, self._origins):
            column.pop()
        del self._boxes[-4:]
