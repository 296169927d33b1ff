"""Walk a tree of HTML or XML and lay its text: what every document markup has in common."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from impact.extract.blocks.builder import Assembly
from impact.extract.blocks.numbering import counted
from impact.records import BlockKind

SPACE = re.compile(r"\s+")
GENERATED = -1


@dataclass(slots=True)
class OpenBlock:
    """An open element that holds blocks.

    Attributes:
        kind: Of the blocks laid directly in it.
        style: Name of the element or its class.
        level: Depth of a heading or list item.
        number: Number that the format computes for it.
        verbatim: Whether white space counts.
        spent: Whether its first block was laid: an item's second paragraph is no item.
        row: Whether it is a table row, in which all blocks are cells of one.
        table: 0-based table of a row.
    """

    kind: BlockKind = BlockKind.PARAGRAPH
    style: str = ""
    level: int = 0
    number: str = ""
    verbatim: bool = False
    spent: bool = False
    row: bool = False
    table: int = -1


@dataclass(slots=True)
class ListNumbering:
    """An open list: how it counts, and how far it is."""

    form: str = ""
    count: int = 0


@dataclass(slots=True)
class Scribe:
    """Lays text nodes as blocks, following the frames that are open.

    Attributes:
        frames: Open frames, outermost first; never empty.
        lists: Open lists, outermost first.
        ordinal: Text nodes met so far.
        shown: Tells which stretches of a text node are seen; all of it where None.
    """

    assembly: Assembly = field(default_factory=Assembly)
    frames: list[OpenBlock] = field(default_factory=lambda: [OpenBlock()])
    lists: list[ListNumbering] = field(default_factory=list)
    tables: int = 0
    ordinal: int = 0
    shown: Callable[[str], Iterable[tuple[int, int]]] | None = None
    _space: str = ""
    _empty: bool = True
    _cell: int = -1

    def open(self, frame: OpenBlock) -> None:
        """Open a frame; what was laid before it becomes a block, unless a row is open."""
        if self.in_row:
            self._space = self._space or " "
        else:
            self.end()
        self.frames.append(frame)

    def close(self) -> None:
        """Close the innermost frame and end its block."""
        frame = self.frames[-1]
        if self.in_row and not frame.row:
            self._space = self._space or " "
            self.frames.pop()
            return
        self.end()
        self.frames.pop()

    @property
    def in_row(self) -> bool:
        """Whether a table row is open: then nothing but its end makes a block."""
        return any(frame.row for frame in self.frames[-12:])

    def end(self) -> None:
        """End the open block, if any."""
        if self._empty:
            self._space = ""
            return
        index = self._owner()
        frame = self.frames[index]
        kind, level, number = frame.kind, frame.level, frame.number
        if frame.spent and kind is BlockKind.ITEM:
            kind, level, number = BlockKind.PARAGRAPH, 0, ""
        block = self.assembly.close(kind=kind, level=level, number=number, style=frame.style, table=frame.table)
        if block:
            frame.spent = True
        self._space, self._empty = "", True

    def _owner(self) -> int:
        """Return the frame whose facts the open block takes: the innermost, or the item or note around a plain one."""
        index = len(self.frames) - 1
        last = max(index - 50, 0)
        while index > last and self.frames[index].kind is BlockKind.PARAGRAPH and not self.frames[index].style:
            index -= 1
        return index

    def node(self, text: str | None) -> None:
        """Lay one text node of the source."""
        if not text:
            return
        if self.shown and not self.frames[-1].verbatim:
            for start, end in self.shown(text):
                self.put(text[start:end], self.ordinal)
        else:
            self.put(text, self.ordinal)
        self.ordinal += 1

    def put(self, text: str, origin: int) -> None:
        """Lay characters: as they stand in a verbatim frame, else with white space made single."""
        if self.frames[-1].verbatim:
            if self._empty:
                text = text.lstrip("\r\n")
            self._lay(text, origin)
            return
        words = SPACE.sub(" ", text)
        bare = words.strip(" ")
        if words[:1] == " ":
            self._space = self._space or " "
        if not bare:
            return
        if self._space and not self._empty:
            self.assembly.glue(self._space)
        self._lay(bare, origin)
        self._space = " " if words[-1:] == " " else ""

    def _lay(self, text: str, origin: int) -> None:
        if not text.strip() and self._empty:
            return
        span = self.assembly.put(text, origin=origin)
        self._empty = False
        if self._cell < 0:
            self._cell = span.start

    def number(self) -> str:
        """Return the number of the next item of the innermost list; empty where that has none."""
        current = self.lists[-1] if self.lists else ListNumbering()
        current.count += 1
        return counted(current.form, current.count) if current.form else ""

    def row(self, *, headed: bool) -> OpenBlock:
        """Return the frame of a row of the last table."""
        return OpenBlock(BlockKind.ROW, "th" if headed else "tr", row=True, table=max(self.tables - 1, 0))

    def cell_begin(self) -> None:
        """Part what follows from the cell before it."""
        self._space, self._cell = "\t", -1

    def cell_end(self) -> None:
        """Mark what was laid since `cell_begin` as a cell."""
        if self._cell >= 0 and not self._empty:
            self.assembly.cell(self._cell)
        self._cell = -1

    def skip(self, text: str | None) -> None:
        """Count a text node that is left out."""
        self.ordinal += bool(text)

    def say(self, text: str) -> None:
        """Lay characters that the format generates (a citation, a heading without a text of its own)."""
        self.put(text, GENERATED)

    def turn(self) -> None:
        """Break the line: a line end in verbatim text, white space elsewhere."""
        if self.frames[-1].verbatim:
            self.assembly.glue("\n")
        else:
            self._space = self._space or " "


def walk(root: Any, scribe: Scribe, enter: Callable[[Any], "ElementStep"]) -> None:
    """Walk a tree of lxml without recursion, laying text nodes in document order.

    `enter` is called at the start of each element; it says what to do with its content and what to do at its end.
    """
    for element, at_end, step in _events(root, enter):
        if at_end:
            if step.leave:
                step.leave()
            if element is not root:
                (scribe.node if step.tail else scribe.skip)(element.tail)
        elif step.content:
            scribe.node(element.text)
        else:
            scribe.skip(element.text)


@dataclass(frozen=True, slots=True)
class ElementStep:
    """What to do with an element.

    Attributes:
        content: Whether its text and children are read.
        tail: Whether the text behind it is read.
    """

    content: bool = True
    leave: Callable[[], None] | None = None
    tail: bool = True


def framed(scribe: Scribe, frame: OpenBlock, *more: Callable[[], Any]) -> ElementStep:
    """Open a frame, and return the step that closes it at the end of the element and then calls `more` in order."""
    scribe.open(frame)

    def leave() -> None:
        scribe.close()
        for action in more:
            action()

    return ElementStep(leave=leave)


def _events(root: Any, enter: Callable[[Any], ElementStep]) -> Iterator[tuple[Any, bool, ElementStep]]:
    stack: list[tuple[Any, ElementStep, Iterator[Any]]] = []
    step = enter(root)
    yield root, False, step
    stack.append((root, step, iter(root)))
    while stack:
        element, step, children = stack[-1]
        child = next(children, None) if step.content else None
        if child is None:
            stack.pop()
            yield element, True, step
            continue
        inner = enter(child) if isinstance(child.tag, str) else ElementStep(content=False)
        yield child, False, inner
        stack.append((child, inner, iter(child)))


PASS = ElementStep()
DROP = ElementStep(content=False)
