"""What extraction makes of one file."""

from dataclasses import dataclass, field
from enum import StrEnum

from impact.records.layout import Box, Concealment, Layout, verbatim
from impact.records.span import Span


class BlockKind(StrEnum):
    """What a block is, as far as the file format itself says so; layout formats say PARAGRAPH and leave the rest."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    ROW = "row"
    CODE = "code"
    CAPTION = "caption"
    CONTENTS = "contents"
    NOTE = "note"


class PageVerdict(StrEnum):
    """How well a page could be read."""

    OK = "ok"
    SCAN = "scan"
    OCR = "ocr"
    BROKEN_MAP = "broken-map"
    EMPTY = "empty"


WORD_FORMATS = frozenset({"docx", "doc", "rtf", "odt"})
"""Formats of word processors: all have paragraphs, styles, lists and tracked changes."""

PAGE_FORMATS = frozenset({"pdf", "image"})
"""Formats of pages laid out as on paper, which say nothing of headings and lists, and can be shown as images."""

UNREAD = frozenset({PageVerdict.SCAN, PageVerdict.BROKEN_MAP})
"""Verdicts on pages whose text could not be read."""


class ChangeKind(StrEnum):
    """What a revision mark does."""

    INSERTED = "inserted"
    DELETED = "deleted"
    MOVED_FROM = "moved-from"
    MOVED_TO = "moved-to"


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading, list item or table row, in reading order.

    Attributes:
        span: Its characters in `Document.text`. Blocks do not overlap; running heads and feet are in no block.
        kind: What the format says it is.
        level: Depth of a heading (1 is the outermost) or of a list item (1 is the outermost); 0 where unknown.
        number: Number that the format computes and the text does not contain ("7.2", "b)"); empty otherwise.
        cells: Spans of the cells of a row, left to right, merged cells once; empty for other kinds.
        table: 0-based table that a row belongs to; -1 for other kinds.
        style: Name of the paragraph style or element ("Heading 2", "toc 1", "pre", "dd"); empty where none.
        size: Font size in points of most of its characters; 0 where unknown.
        bold: Whether most of its characters are bold (or in small capitals used as bold).
        indent: Distance of its first line from the left edge: points in PDF, characters in plain text; 0 elsewhere.

    Raises:
        ValueError: If a cell lies outside the block.
    """

    span: Span
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    number: str = ""
    cells: tuple[Span, ...] = ()
    table: int = -1
    style: str = ""
    size: float = 0.0
    bold: bool = False
    indent: float = 0.0

    def __post_init__(self) -> None:
        if self.cells and not all(map(self.span.covers, self.cells)):
            raise ValueError(f"a cell lies outside of its row {self.span}")


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its number (1-based), size in points, and how well it was read.

    Attributes:
        quality: Share of the page's words that a second engine read too, 0 to 1; 1.0 where there is but one engine.
    """

    number: int
    width: float = 0.0
    height: float = 0.0
    verdict: PageVerdict = PageVerdict.OK
    quality: float = 1.0

    def __post_init__(self) -> None:
        if self.number < 1 or not 0 <= self.quality <= 1:
            raise ValueError(f"page {self.number} with quality {self.quality}: page from 1, quality from 0 to 1")


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An entry of the file's own outline: depth from 1, title as written, page 1-based."""

    level: int
    title: str
    page: int


@dataclass(frozen=True, slots=True)
class Change:
    """A revision mark.

    Attributes:
        kind: What it does.
        span: The characters it concerns in the text as read; empty (start == end) where they are not in it.
        text: The characters it concerns, as written.
        author: As named in the file.
        date: ISO 8601 as in the file; empty where none.
    """

    kind: ChangeKind
    span: Span
    text: str
    author: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment in the margin, anchored at `span`; never part of `Document.text`."""

    span: Span
    text: str
    author: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """One file, read. The text is held here once; all else points into it.

    Attributes:
        id: SHA-256 of the file's bytes, hexadecimal.
        source: File name without folders.
        format: Kind by content: pdf, docx, doc, rtf, odt, pptx, odp, html, rfcxml, xml, markdown, asciidoc,
            mediawiki, yaml, text, image (PNG, JPEG or TIFF).
        engine: What read it ("pdfium", "pdfminer", "lxml", ...).
        text: Blocks in reading order, lines joined, hyphenation undone, ligatures spelt out, hidden words as a reader
            sees them; one blank line between blocks.
        blocks: In the order of the text.
        pages: One entry a page of the source; a single one for formats without pages.
        paged: Whether page numbers mean something to a reader of the source.
        layout: Fragments, for pages and boxes.
        outline: The file's own bookmarks.
        changes: Revision marks, in the order of the text.
        comments: Comments, in the order of the text.
        properties: The file's own metadata as written: pairs of a lower-case name and a value.
        warnings: What was not read, in plain words, one sentence each.
        concealments: Where the text is not the source letter by letter but what a reader sees of it, in its order.
        remarks: What a reader should know of the text although all of it was read, one sentence each.
        images: How many a text-like file shows, of which only what is written beside them is read.

    Raises:
        ValueError: If a block, change or comment points outside of the text, or blocks overlap or are unordered.
    """

    id: str
    source: str
    format: str
    engine: str
    text: str
    blocks: tuple[Block, ...]
    pages: tuple[Page, ...]
    paged: bool = False
    layout: Layout = field(default_factory=Layout)
    outline: tuple[Bookmark, ...] = ()
    changes: tuple[Change, ...] = ()
    comments: tuple[Comment, ...] = ()
    properties: tuple[tuple[str, str], ...] = ()
    warnings: tuple[str, ...] = ()
    concealments: tuple[Concealment, ...] = ()
    remarks: tuple[str, ...] = ()
    images: int = 0

    def __post_init__(self) -> None:
        size, last = len(self.text), 0
        for block in self.blocks:
            if block.span.start < last or block.span.end > size:
                msg = f"block {block.span} overlaps, is out of order or outside of the text ({size} characters)"
                raise ValueError(msg)
            last = block.span.end
        marks = [mark.span for mark in self.changes] + [mark.span for mark in self.comments]
        if any(mark.end > size for mark in marks):
            raise ValueError("a change or comment points outside of the text")
        last = 0
        for concealment in self.concealments:
            if concealment.span.start < last or concealment.span.end > size:
                raise ValueError(f"concealment {concealment.span} overlaps, is out of order or outside of the text")
            last = concealment.span.end

    @property
    def words(self) -> int:
        """How many words the text has: what white space parts, without the bars between the cells of tables."""
        return sum(word != "|" for word in self.text.split())

    def quote(self, span: Span) -> str:
        """Return the characters of `span`, as they stand in the text."""
        return span.of(self.text)

    def verbatim(self, span: Span) -> str:
        """Return the characters of `span` as they stand in the source, with what is hidden between them."""
        return verbatim(self.text, span, self.concealments) if self.concealments else span.of(self.text)

    def page(self, span: Span) -> int:
        """Return the 1-based page on which `span` begins."""
        return self.layout.page(span.start)

    def boxes(self, span: Span) -> tuple[Box, ...]:
        """Return the boxes that cover `span`, one a line; empty where the source has no geometry."""
        return self.layout.boxes_of(span)

    def property(self, name: str) -> str:
        """Return the value of one of the file's own metadata fields; empty where it is absent."""
        return next((value for key, value in self.properties if key == name), "")
