"""Put the text that is seen in the place of its source, and move with it all that points into it."""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from impact.records import Block, Document, Layout, Span
from impact.records.layout import Concealment, ConcealmentKind, verbatim

MOST = 50_000
"""Edits of a document from which on those of a block are made one, so that a hostile file cannot make millions of them.
Source: project judgment; a book with a ligature in every fourth line has fewer."""


@dataclass(frozen=True, slots=True)
class Repair:
    """Characters `start` to `end` of a text, what a reader sees of them, and why."""

    start: int
    end: int
    seen: str
    kind: ConcealmentKind
    noted: bool = False


def undone(document: Document, edits: Sequence[Repair]) -> Document:
    """Return a document with edits of its text, which are in order and do not overlap, nor leave their block."""
    if not edits:
        return document
    if len(edits) > MOST:
        edits = list(_by_block(document, edits))
    shift, text = Shift(edits), document.text
    return replace(
        document,
        text=applied(text, edits),
        blocks=tuple(_blocks(document.blocks, shift)),
        layout=_layout(document.layout, shift),
        concealments=tuple(_concealments(document, edits, shift)),
        changes=tuple(replace(mark, span=shift.span(mark.span)) for mark in document.changes),
        comments=tuple(replace(mark, span=shift.span(mark.span)) for mark in document.comments),
    )


def applied(text: str, edits: Iterable[Repair]) -> str:
    """Return a text with edits, in order."""
    parts, place = [], 0
    for edit in edits:
        parts += [text[place : edit.start], edit.seen]
        place = edit.end
    return "".join([*parts, text[place:]])


def _by_block(document: Document, edits: Sequence[Repair]) -> Iterable[Repair]:
    ends = [block.span.end for block in document.blocks]
    for _, group in groupby(edits, lambda edit: bisect_left(ends, edit.end)):
        members = list(group)
        start, end = members[0].start, members[-1].end
        moved = (Repair(edit.start - start, edit.end - start, edit.seen, edit.kind) for edit in members)
        worst = next((edit for edit in members if edit.noted), members[0])
        yield Repair(start, end, applied(document.text[start:end], moved), worst.kind, worst.noted)


class Shift:
    """Where places of the source are in the text that is seen."""

    def __init__(self, edits: Sequence[Repair]) -> None:
        self.edits = edits
        self._starts = [edit.start for edit in edits]
        self.places: list[int] = []
        gone = 0
        for edit in edits:
            self.places.append(edit.start - gone)
            gone += edit.end - edit.start - len(edit.seen)

    def at(self, place: int) -> int:
        """Return where a place is; inside of an edit, as far from its start as there is room."""
        index = bisect_right(self._starts, place) - 1
        if index < 0:
            return place
        edit, start = self.edits[index], self.places[index]
        if place >= edit.end:
            return start + len(edit.seen) + place - edit.end
        return start + min(place - edit.start, len(edit.seen))

    def source(self, place: int) -> int:
        """Return where in the source a place of the text that is seen is."""
        index = bisect_right(self.places, place) - 1
        if index < 0:
            return place
        edit, start = self.edits[index], self.places[index]
        return edit.end + place - start - len(edit.seen) if place >= start + len(edit.seen) else edit.start

    def span(self, span: Span) -> Span:
        """Return where a span is."""
        return Span(self.at(span.start), self.at(span.end))

    def column(self, values: "array[int]") -> "array[int]":
        """Return where places, in order, are: whole stretches between two edits at a time."""
        moved, done = array("q"), 0
        for index, edit in enumerate(self.edits):
            first, last = bisect_left(values, edit.start, done), bisect_right(values, edit.end, done)
            gap = self.places[index] - edit.start
            moved.extend(array("q", [value + gap for value in values[done:first]]) if gap else values[done:first])
            moved.extend(map(self.at, values[first:last]))
            done = max(last, done)
        gap = self.places[-1] + len(self.edits[-1].seen) - self.edits[-1].end
        moved.extend(array("q", [value + gap for value in values[done:]]))
        return moved


def _blocks(blocks: Iterable[Block], shift: Shift) -> Iterable[Block]:
    """Yield the blocks where they are now, without those that show nothing."""
    first = shift.edits[0].start
    for block in blocks:
        if block.span.end < first:
            yield block
            continue
        span = shift.span(block.span)
        if len(span):
            yield replace(block, span=span, cells=tuple(map(shift.span, block.cells)))


def _layout(layout: Layout, shift: Shift) -> Layout:
    return replace(layout, starts=shift.column(layout.starts), ends=shift.column(layout.ends))


def _concealments(document: Document, edits: Sequence[Repair], shift: Shift) -> Iterable[Concealment]:
    """Return the new concealments, with the source of what was undone before, and the earlier ones beside them."""
    earlier = document.concealments
    starts = [edit.start for edit in edits]
    kept = [replace(old, span=shift.span(old.span)) for old in earlier if not _is_covered(old, edits, starts)]
    new = [
        Concealment(
            edit.kind,
            Span(place, place + len(edit.seen)),
            verbatim(document.text, Span(edit.start, edit.end), earlier),
            edit.noted,
        )
        for edit, place in zip(edits, shift.places, strict=True)
    ]
    return sorted([*kept, *new], key=lambda concealment: concealment.span) if kept else new


def _is_covered(old: Concealment, edits: Sequence[Repair], starts: Sequence[int]) -> bool:
    """Return whether an edit undoes what is around an earlier concealment too."""
    near = edits[max(bisect_right(starts, old.span.start) - 1, 0) : bisect_left(starts, old.span.end)]
    return any(edit.start < old.span.end and old.span.start < edit.end for edit in near)
