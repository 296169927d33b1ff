"""Lay raw Markdown blocks into the text, following HTML elements that stand among them."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Protocol

from impact.extract.blocks.tree import GENERATED, ListNumbering, OpenBlock, Scribe
from impact.extract.markdown.inline import Piece, joined
from impact.extract.markdown.marks import Raw
from impact.records import BlockKind
from impact.typed import load

ELEMENTS = load(dict[str, frozenset[str]], "impact.extract.markdown", "markdown.toml")
"""Names of elements by what they make."""

TAG = re.compile(r"<(/?)([A-Za-z][\w-]*)([^>]*)>")
NOTED = re.compile(r"\bclass\s*=\s*[\"']?[^\"'>]*\b(note|issue|example|advisement|warning)\b", re.IGNORECASE)
LIST_TYPE = re.compile(r"\btype\s*=\s*[\"']?([1aAiI])\b")
NO_NUMBER = re.compile(r"\bno-num\b")


class InlineReader(Protocol):
    """Reads running text."""

    def pieces(self, text: str) -> Iterator[Piece]:
        """Yield seen characters with their place, generated ones with place -1, and tags ("<li>") with place -2."""


class HeadingCounter(Protocol):
    """Counts headings."""

    def __call__(self, level: int, *, counted: bool) -> str:
        """Return the number of the next heading; empty where it has none."""


def unnumbered(level: int, *, counted: bool) -> str:  # noqa: ARG001 - as all counters
    """Return the number of a heading where none has any."""
    return ""


class Layer:
    """Lays raw blocks one after the other.

    Attributes:
        scribe: Holds the blocks.
        numbered: Gives headings that stand as HTML elements a number by level.
    """

    def __init__(self, source: str, inline: InlineReader, numbered: HeadingCounter) -> None:
        self.scribe = Scribe()
        self.numbered = numbered
        self._source = source
        self._inline = inline
        self._context = OpenBlock()

    def lay(self, raw: Raw) -> None:
        """Lay one block."""
        if raw.kind is BlockKind.CODE:
            self._code(raw)
        elif raw.kind is BlockKind.ROW:
            self._row(raw)
        else:
            plain = raw.kind is BlockKind.PARAGRAPH and not raw.style
            if not plain:
                self._end_row()
                self._context = OpenBlock()
            frame = self._context if plain else OpenBlock(raw.kind, raw.style, raw.level, raw.number)
            self.scribe.open(frame)
            text, starts = joined(raw.lines, self._source)
            for piece in self._inline.pieces(text):
                self._piece(piece, raw, starts)
            self.scribe.close()

    def finish(self) -> None:
        """End what is still open."""
        self._end_row()
        self.scribe.end()

    def _code(self, raw: Raw) -> None:
        self._end_row()
        assembly = self.scribe.assembly
        self.scribe.end()
        for start, end in raw.lines:
            text = self._source[start:end].rstrip()
            lead = len(text) - len(text.lstrip())
            assembly.glue(text[:lead])
            if text:
                assembly.put(text[lead:], origin=start + lead)
            assembly.glue("\n")
        assembly.close(kind=BlockKind.CODE, style=raw.style)

    def _row(self, raw: Raw) -> None:
        self.scribe.open(OpenBlock(BlockKind.ROW, raw.style, row=True, table=raw.table))
        for start, end in raw.lines:
            self.scribe.cell_begin()
            cell = Raw([(start, end)])
            for piece in self._inline.pieces(self._source[start:end]):
                self._piece(piece, cell, [0])
            self.scribe.cell_end()
        self.scribe.close()

    def _piece(self, piece: Piece, raw: Raw, starts: Sequence[int]) -> None:
        text, place = piece
        if place == -2:
            self._tag(text)
        elif place == GENERATED:
            self.scribe.put(text, GENERATED)
        else:
            for part, origin in _lines(text, place, raw, starts):
                self.scribe.put(part, origin)

    def _tag(self, text: str) -> None:
        match = TAG.match(text)
        if not match:
            return
        closing, name = bool(match[1]), match[2].lower()
        if name == "br":
            self.scribe.turn()
        elif name in ("tr", "td", "th"):
            self._cell(name, closing=closing)
        elif name in ("ul", "ol", "dl"):
            self._list(name, match[3], closing=closing)
        elif name in ("li", "dt"):
            number = "" if closing or name == "dt" else self.scribe.number()
            self._turn(
                OpenBlock() if closing else OpenBlock(BlockKind.ITEM, name, max(len(self.scribe.lists), 1), number)
            )
        elif name == "dd":
            self._turn(OpenBlock(style="" if closing else "dd"))
        elif re.fullmatch(r"h[1-6]", name):
            self._heading(name, match[3], closing=closing)
        elif name in ELEMENTS["boxes"]:
            self._box(name, match[3], closing=closing)

    def _list(self, name: str, attributes: str, *, closing: bool) -> None:
        if not closing:
            form = LIST_TYPE.search(attributes)
            self.scribe.lists.append(ListNumbering((form[1] if form else "1") if name == "ol" else ""))
        elif self.scribe.lists:
            self.scribe.lists.pop()
        self._turn(OpenBlock())

    def _turn(self, frame: OpenBlock) -> None:
        """End the block and let what follows be of another kind; in a cell, part it from what came before."""
        if self.scribe.in_row:
            self.scribe.put(" ", GENERATED)
            return
        self.scribe.end()
        self._context = frame
        self.scribe.frames[-1] = frame

    def _heading(self, name: str, attributes: str, *, closing: bool) -> None:
        if closing:
            return self._turn(OpenBlock())
        level = int(name[1])
        number = self.numbered(level, counted=not NO_NUMBER.search(attributes))
        return self._turn(OpenBlock(BlockKind.HEADING, name, level, number))

    def _box(self, name: str, attributes: str, *, closing: bool) -> None:
        if name == "table":
            self._end_row()
            self.scribe.tables += not closing
            return
        current = self._context
        fresh = current.kind is BlockKind.ITEM and not current.spent and name == "p" and not closing
        if fresh or (name == "p" and current.kind is BlockKind.NOTE):
            return
        noted = NOTED.search(attributes) if not closing else None
        if noted:
            self._turn(OpenBlock(BlockKind.NOTE, noted[1].lower()))
        elif name in ("caption", "figcaption") and not closing:
            self._turn(OpenBlock(BlockKind.CAPTION, name))
        else:
            self._turn(OpenBlock())

    def _cell(self, name: str, *, closing: bool) -> None:
        scribe = self.scribe
        if name == "tr":
            self._end_row()
            if not closing:
                scribe.end()
                table = 1000 + scribe.tables
                scribe.frames.insert(1, OpenBlock(BlockKind.ROW, "tr", row=True, table=table))
        elif scribe.in_row:
            scribe.cell_end()
            if not closing:
                scribe.cell_begin()

    def _end_row(self) -> None:
        """End an open row of an HTML table, whatever is open in it."""
        frames = self.scribe.frames
        if len(frames) > 1 and frames[1].row and frames[1].table >= 1000:
            self.scribe.cell_end()
            row = frames.pop(1)
            frames.append(row)
            self.scribe.close()


def _lines(text: str, place: int, raw: Raw, starts: Sequence[int]) -> Iterator[tuple[str, int]]:
    """Yield the lines of a piece, each with the white space that parts it from the next, and their places."""
    shift = 0
    for line in text.split("\n"):
        at = place + shift
        index = bisect_right(starts, at) - 1
        lead = len(line) - len(line.lstrip())
        origin = raw.lines[index][0] + at - starts[index]
        if shift:
            yield " ", origin
        if lead:
            yield " ", origin
        if line[lead:]:
            yield line[lead:], origin + lead
        shift += len(line) + 1
