"""Tracked changes: which marks are open, what the chosen view shows, and the list of all of them."""

from dataclasses import dataclass, field

from lxml.etree import _Element as Element

from impact.extract.office.names import W
from impact.records import Change, ChangeKind, Span

MARKS = {
    f"{W}ins": ChangeKind.INSERTED,
    f"{W}del": ChangeKind.DELETED,
    f"{W}moveFrom": ChangeKind.MOVED_FROM,
    f"{W}moveTo": ChangeKind.MOVED_TO,
    f"{W}cellIns": ChangeKind.INSERTED,
    f"{W}cellDel": ChangeKind.DELETED,
}
ABSENT = {
    "accepted": frozenset({ChangeKind.DELETED, ChangeKind.MOVED_FROM}),
    "original": frozenset({ChangeKind.INSERTED, ChangeKind.MOVED_TO}),
}


@dataclass(slots=True)
class Range:
    """A stretch of the text that is still growing; `start` is -1 until something was laid in it."""

    start: int = -1
    end: int = -1

    def reach(self, span: Span) -> None:
        """Grow over a span laid later than all before."""
        if self.start < 0:
            self.start = span.start
        self.end = span.end

    def settle(self, place: int) -> None:
        """Make a range in which nothing was laid an empty one at `place`."""
        if self.start < 0:
            self.start = self.end = place

    def clamp(self, size: int) -> None:
        """Cut what lies beyond `size` characters."""
        self.start, self.end = min(self.start, size), min(self.end, size)

    def span(self) -> Span:
        """Return the stretch as a value."""
        return Span(self.start, self.end)


@dataclass(slots=True)
class Mark:
    """A revision mark; `parts` gathers its text in both views."""

    kind: ChangeKind
    author: str
    date: str
    range: Range = field(default_factory=Range)
    parts: list[str] = field(default_factory=list)
    listed: bool = True
    glue: str = ""

    def change(self) -> Change:
        """Return the finished mark as a value."""
        return Change(self.kind, self.range.span(), "".join(self.parts), self.author, self.date)


def mark_of(element: Element) -> Mark:
    """Return the mark that a w:ins, w:del, w:moveFrom or w:moveTo element (also of a cell) stands for."""
    return Mark(MARKS[str(element.tag)], element.get(f"{W}author") or "", element.get(f"{W}date") or "")


def marks_in(properties: Element | None) -> list[Element]:
    """Return the marks that paragraph, row or cell properties carry on the paragraph mark, row or cell itself."""
    return [child for child in properties if child.tag in MARKS] if properties is not None else []


class Revisions:
    """The marks of a document in one view."""

    def __init__(self, view: str) -> None:
        self._absent = ABSENT[view]
        self._open: list[Mark] = []
        self._marks: list[Mark] = []
        self._hidden = 0

    @property
    def visible(self) -> bool:
        """Whether text that comes now stands in the view."""
        return not self._hidden

    def shows(self, elements: list[Element]) -> bool:
        """Return whether what carries all these marks stands in the view."""
        return not any(MARKS[str(element.tag)] in self._absent for element in elements)

    def begin(self, element: Element) -> None:
        """Open a mark; one inside of a row or cell mark of its kind says nothing new and is not listed."""
        mark = mark_of(element)
        mark.listed = not any(outer.kind is mark.kind and outer.author == mark.author for outer in self._open)
        self._open.append(mark)
        self._hidden += mark.kind in self._absent
        if mark.listed:
            self._marks.append(mark)

    def finish(self, place: int) -> Range:
        """Close the innermost mark; `place` is where it stands if none of it is in the text."""
        mark = self._open.pop()
        self._hidden -= mark.kind in self._absent
        mark.range.settle(place)
        return mark.range

    def add(self, text: str, span: Span | None) -> None:
        """Give text to all open marks; `span` is where it was laid, None where it was not."""
        for mark in self._open:
            mark.parts.append(mark.glue + text)
            mark.glue = ""
            if span is not None and len(span):
                mark.range.reach(span)

    def join(self, glue: str) -> None:
        """Part the text of open marks that run over several paragraphs or cells."""
        for mark in self._open:
            mark.glue = glue if mark.parts else ""

    def point(self, element: Element, text: str, place: int) -> Range:
        """Add a mark on something that has no characters of its own, such as the end of a paragraph."""
        self.begin(element)
        self._open[-1].parts.append(text)
        return self.finish(place)

    def changes(self, size: int) -> tuple[Change, ...]:
        """Return all marks in the order of the text, which has `size` characters."""
        for mark in self._marks:
            mark.range.clamp(size)
        return tuple(sorted((mark.change() for mark in self._marks), key=lambda change: change.span))
