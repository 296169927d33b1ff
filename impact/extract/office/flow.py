"""Lay the pieces of a Word document into blocks, and keep marks, comments and weights of the text in step."""

from collections import Counter
from typing import Any

from impact.extract.blocks.builder import CELL_GLUE, Assembly
from impact.extract.office.revisions import Range, Revisions
from impact.records import Block, Comment, Span


class Flow:
    """The text in the making in one view.

    Text comes by `put`, run by run, and is laid in one fragment for as long as paragraph and revision marks stay the
    same. What joins paragraphs and cells of one block is asked for with `join` and laid when more text follows.
    """

    def __init__(self, view: str) -> None:
        self.assembly = Assembly()
        self.revisions = Revisions(view)
        self.origin = 0
        self.last = Span(0, 0)
        self._pending: list[str] = []
        self._glue = ""
        self._cell = -1
        self._touched: list[Range] = []
        self._waiting: list[Range] = []
        self._comments: dict[str, Range] = {}
        self._noted: list[tuple[str, Range]] = []
        self._sizes: Counter[float] = Counter()
        self._bold = 0
        self._letters = 0

    @property
    def open(self) -> bool:
        """Whether text was laid since the last block was closed."""
        return self.assembly.start < self.assembly.length

    @property
    def place(self) -> int:
        """Where text laid now would begin; lay what is pending first."""
        return self.assembly.length if self.open else self.assembly.start

    def put(self, text: str, *, bold: bool, size: float) -> None:
        """Add text of one run; the view decides whether it is laid or only given to its marks."""
        self._pending.append(text)
        if self.revisions.visible:
            letters = len(text) - text.count(" ")
            self._letters += letters
            self._sizes[size] += letters
            self._bold += letters if bold else 0

    def flush(self) -> None:
        """Lay what is pending; call it before paragraph, marks or comments change."""
        if not self._pending:
            return
        text = "".join(self._pending)
        self._pending.clear()
        span = self._lay(text) if self.revisions.visible else None
        self.revisions.add(text, span)

    def join(self, glue: str) -> None:
        """Ask for characters between what was laid and what comes next in the same block; the last asked for wins."""
        self.flush()
        self._glue = glue
        self.revisions.join(glue)

    def begin_cell(self) -> None:
        """Begin a cell of a row: what is laid next is parted from the cells before."""
        self.join(CELL_GLUE)
        self._cell = -1

    def finish_cell(self) -> None:
        """End the cell; an empty one leaves no trace."""
        self.flush()
        if self._cell >= 0:
            self.assembly.cell(self._cell)

    def begin_mark(self, element: Any) -> None:
        """Open a revision mark."""
        self.flush()
        self.revisions.begin(element)

    def finish_mark(self) -> None:
        """Close the innermost revision mark."""
        self.flush()
        self._touched.append(self.revisions.finish(self.place))

    def point_mark(self, element: Any, text: str) -> None:
        """Add a revision mark without characters of its own."""
        self.flush()
        self._touched.append(self.revisions.point(element, text, self.place))

    def begin_comment(self, key: str) -> None:
        """Anchor a comment at the text that comes next."""
        self.flush()
        if key not in self._comments:
            self._comments[key] = Range()
            self._waiting.append(self._comments[key])
            self._noted.append((key, self._comments[key]))

    def end_comment(self, key: str) -> None:
        """End the anchor of a comment; one that never began is anchored here."""
        self.begin_comment(key)
        anchor = self._comments[key]
        if anchor.end >= 0:
            return
        anchor.settle(self.place)
        anchor.end = max(anchor.start, self.last.end)
        self._touched.append(anchor)

    def close(self, **facts: Any) -> Block | None:
        """End the block; None if nothing but white space was laid."""
        self.flush()
        block = None
        if self.open:
            size = self._sizes.most_common(1)[0][0] if self._sizes else 0.0
            facts.setdefault("size", size)
            facts.setdefault("bold", 2 * self._bold > self._letters)
            block = self.assembly.close(**facts)
        for touched in self._touched:
            touched.clamp(self.place if block is None else block.span.end)
        self.last = Span(min(self.last.start, self.assembly.length), min(self.last.end, self.assembly.length))
        self._touched.clear()
        self.revisions.join("\n")
        self._glue, self._bold, self._letters = "", 0, 0
        self._sizes.clear()
        return block

    def comments(self, texts: dict[str, tuple[str, str, str]]) -> tuple[Comment, ...]:
        """Return the anchored comments in the order of the text; `texts` has text, author and date by id."""
        size = self.assembly.length
        for _, anchor in self._noted:
            anchor.settle(size)
            anchor.end = max(anchor.start, anchor.end)
            anchor.clamp(size)
        comments = [Comment(anchor.span(), *texts[key]) for key, anchor in self._noted if key in texts]
        return tuple(sorted(comments, key=lambda comment: comment.span))

    def _lay(self, text: str) -> Span:
        if self._glue:
            text = text.lstrip()
            if not text:
                return Span(self.place, self.place)
            self.assembly.glue(self._glue)
            self._glue = ""
        span = self.assembly.put(text, origin=self.origin)
        if len(span):
            self.last = span
            self._cell = span.start if self._cell < 0 else self._cell
            for waiting in self._waiting:
                waiting.start = span.start
            self._waiting.clear()
        return span
