"""The slides of a presentation as pages in the making."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from impact.extract.blocks.builder import CELL_GLUE, Assembly
from impact.records import BlockKind, Document, Page, PageVerdict

BoxTuple = tuple[float, float, float, float]
"""x0, y0, x1, y1 in points, origin at the top left corner of the slide."""


class SlideDeck:
    """Pages with what stands on them: paragraphs with the box of their shape, since a slide stores no lines.

    Lay what is on a slide within `slide`; the ordinal of a paragraph with text is its origin. Sentences on what was not
    read are added to `warnings`.
    """

    def __init__(self, width: float, height: float, most: int) -> None:
        """Begin a presentation of slides of a size in points, of each of which at most so many characters are read."""
        self.assembly = Assembly()
        self.box: BoxTuple = (0.0, 0.0, width, height)
        self.warnings: list[str] = []
        self._most = most
        self._pages: list[Page] = []
        self._left = 0
        self._paragraphs = 0
        self._tables = 0

    @contextmanager
    def slide(self) -> Iterator[int]:
        """Lay the next slide; yields its number, from 1."""
        number = len(self._pages) + 1
        self._left = self._most
        before = len(self.assembly.blocks)
        yield number
        if self._left <= 0:
            self.warnings.append(f"Slide {number} was read up to {self._most} characters only.")
        verdict = PageVerdict.OK if len(self.assembly.blocks) > before else PageVerdict.EMPTY
        self._pages.append(Page(number, self.box[2], self.box[3], verdict))

    def put(self, text: str, box: BoxTuple) -> bool:
        """Lay one paragraph in the open block; False where the slide has used up its characters."""
        text = text[: max(self._left, 0)]
        self._left -= len(text)
        if not text:
            return False
        self.assembly.put(text, origin=self._paragraphs, page=len(self._pages) + 1, box=box)
        self._paragraphs += 1
        return True

    def title(self, lines: Iterable[str], box: BoxTuple, style: str, **facts: Any) -> None:
        """Lay a title as one heading on one line, however it is broken on the slide."""
        for line in lines:
            self.assembly.glue(" ")
            self.put(" ".join(line.split()), box)
        self.assembly.close(kind=BlockKind.HEADING, level=1, style=style, **facts)

    def table(self, rows: Iterable[Iterable[tuple[Sequence[str], BoxTuple]]]) -> None:
        """Lay a table, each of whose cells has its paragraphs and a box."""
        for row in rows:
            begun = False
            for paragraphs, box in row:
                start = -1
                for text in paragraphs:
                    if begun:
                        self.assembly.glue(CELL_GLUE if start < 0 else "\n")
                    start = (self.assembly.length if begun else self.assembly.start) if start < 0 else start
                    begun = self.put(text, box) or begun
                if start >= 0:
                    self.assembly.cell(start)
            self.assembly.close(kind=BlockKind.ROW, table=self._tables)
        self._tables += 1

    def document(
        self, data: bytes, name: str, form: str, engine: str, properties: tuple[tuple[str, str], ...]
    ) -> Document:
        """Return the presentation as the document of a file; one without slides has an empty page."""
        return Document(
            id=hashlib.sha256(data).hexdigest(),
            source=name,
            format=form,
            engine=engine,
            text=self.assembly.text(),
            blocks=tuple(self.assembly.blocks),
            pages=tuple(self._pages) or (Page(1, verdict=PageVerdict.EMPTY),),
            paged=True,
            layout=self.assembly.layout(),
            properties=properties,
            warnings=tuple(self.warnings),
        )
