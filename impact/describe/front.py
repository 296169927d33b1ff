"""The front matter of a document: its first lines, as a reader sees them, each with its place."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice, pairwise
from pathlib import PurePath

from impact.records import WORD_FORMATS, Block, BlockKind, Document, Span

MOST_BLOCKS = 120
"""Blocks that make up the front of a document. Source: project judgment; covers with long tables of authors fit."""

MOST_CHARACTERS = 20_000
"""Bounds of the front matter. Source: project judgment; the longest cover seen (an ITU-T Recommendation with its table
of series) ends before the 100th block and the 12,000th character."""
CUT = 5_000
"""Characters within which blocks are cut into lines; later a block that is no row is one line. Source: project
judgment; two pages of a cover."""
PROSE = 500
"""Characters from which on a block is no part of a cover: its lines are not told apart, and only its beginning is kept.
Source: project judgment."""

FIRST = 40
"""Lines in which number, version, date and title are looked for. Source: project judgment."""

SOURCES = frozenset({"html", "markdown", "asciidoc", "mediawiki", "rfcxml", "xml", "yaml"})
"""Formats that have metadata of their own."""

LINE_FORMATS = frozenset({"text", "markdown", "asciidoc", "mediawiki"})
PARAGRAPH_FORMATS = WORD_FORMATS | {"pptx", "odp"}
PLAIN = str.maketrans(
    {"\u00a0": " ", "\u2007": " ", "\u202f": " ", "\t": " ", "\u2010": "-", "\u2011": "-", "\x1e": "-", "\u2019": "'"}
)


@dataclass(frozen=True, slots=True)
class FieldValue:
    """A value, and the words it was read from (None where it comes from the file's properties or name).

    It is uncertain where the document does not state it plainly.
    """

    value: str
    span: Span | None = None
    uncertain: bool = False


@dataclass(frozen=True, slots=True)
class FrontLine:
    """One line of the front matter.

    Attributes:
        text: The characters of `span`, one for one, with odd white space, hyphens and apostrophes made plain.
        span: Its characters in the text of the document.
        page: 1-based.
        block: 0-based index of its block.
        cell: 0-based cell of its row; -1 outside of tables.
        box: x0, y0, x1, y1 in points; None where the source has no geometry.
    """

    text: str
    span: Span
    page: int
    block: int
    source: Block
    cell: int = -1
    box: tuple[float, float, float, float] | None = None


@dataclass(frozen=True, slots=True)
class Front:
    """What the readers of the families look at.

    Attributes:
        lines: In the order of the text, white space only lines left out.
        properties: The file's own metadata, names in lower case, first value of each name.
        stem: File name without folders and suffix.
    """

    document: Document
    lines: tuple[FrontLine, ...]
    properties: dict[str, str] = field(default_factory=dict)
    stem: str = ""

    def words(self, span: Span) -> FieldValue:
        """Return the words of `span` on one line, with their place."""
        return FieldValue(" ".join(self.document.quote(span).split()), span)

    def joined(self, spans: list[Span]) -> FieldValue | None:
        """Return the words of neighboring lines as one value; None where there are none."""
        return self.words(Span(spans[0].start, spans[-1].end)) if spans else None

    def right_of(self, line: FrontLine) -> FrontLine | None:
        """Return the nearest line beside `line`, to its right on the same page; None without geometry."""
        if line.box is None:
            return None
        middle = (line.box[1] + line.box[3]) / 2
        beside = [
            other
            for other in self.lines
            if other.box is not None
            and other.page == line.page
            and other.box[1] <= middle <= other.box[3]
            and other.box[0] >= line.box[2] - 1
        ]
        return min(beside, key=lambda other: other.box[0] if other.box else 0.0, default=None)


def front_of(document: Document) -> Front:
    """Return the front matter of `document`, within the bounds above."""
    lines: list[FrontLine] = []
    for index, block in enumerate(islice(document.blocks, MOST_BLOCKS)):
        if block.span.start > MOST_CHARACTERS:
            break
        lines += _lines_of(document, index, block)
    properties: dict[str, str] = {}
    for name, value in document.properties:
        properties.setdefault(name.lower(), " ".join(value.split()))
    return Front(document, tuple(lines), properties, PurePath(document.source).stem)


def _lines_of(document: Document, index: int, block: Block) -> Iterator[FrontLine]:
    """Yield the lines of a block, cell by cell where it is a row."""
    whole = Span(block.span.start, min(block.span.end, block.span.start + PROSE))
    is_late = block.span.start > CUT
    has_lines = document.format in LINE_FORMATS
    if (is_late or (len(block.span) > PROSE and not has_lines)) and not block.cells:
        yield from _written(document, (index, block), whole)
        return
    if document.layout.boxes:
        yield from _drawn(document, index, block, whole)
        return
    for number, part in enumerate(block.cells) if block.cells else ((-1, whole),):
        for span in _cut(document, part):
            yield from _written(document, (index, block), span, number)


def _written(
    document: Document,
    block: tuple[int, Block],
    span: Span,
    cell: int = -1,
    box: tuple[float, float, float, float] | None = None,
) -> Iterator[FrontLine]:
    """Yield `span` as a line, without the white space at its ends; nothing if there is nothing else."""
    text = document.text[span.start : span.end]
    start = span.start + len(text) - len(text.lstrip())
    text = text.strip()
    if text:
        place = Span(start, start + len(text))
        yield FrontLine(text.translate(PLAIN), place, document.layout.page(start), *block, cell, box)


def _cut(document: Document, part: Span) -> Iterator[Span]:
    """Yield the lines that `part` was made of: lines of a text file, paragraphs of a cell, or lines broken by hand."""
    cuts = [part.start, part.end]
    layout = document.layout
    if document.format in LINE_FORMATS:
        cuts += [layout.starts[at] for at in layout.fragments(part)]
    elif document.format in PARAGRAPH_FORMATS:
        places = layout.fragments(part)
        cuts += [layout.starts[at] for at in places if at and layout.origins[at] != layout.origins[at - 1]]
    text = document.text[part.start : part.end]
    cuts += [part.start + at for at, character in enumerate(text) if character in "\n\v"]
    bounds = sorted({min(max(cut, part.start), part.end) for cut in cuts})
    return (Span(start, end) for start, end in pairwise(bounds))


def _drawn(document: Document, index: int, block: Block, whole: Span) -> Iterator[FrontLine]:
    """Yield the lines of a block of a page: words side by side; a wide gap begins a new one."""
    layout = document.layout
    cells = {cell.start: number for number, cell in enumerate(block.cells)}
    first, cell, box = whole.start, -1, None
    last = whole.start
    for at in layout.fragments(whole):
        x0, y0, x1, y1 = layout.boxes[4 * at : 4 * at + 4]
        start = max(layout.starts[at], whole.start)
        if box is not None and (start in cells or not _continues(box, x0, y0, y1)):
            yield from _written(document, (index, block), Span(first, last), cell, box)
            first, box = start, None
        cell = cells.get(start, cell)
        box = (x0, y0, x1, y1) if box is None else (box[0], min(box[1], y0), max(box[2], x1), max(box[3], y1))
        last = min(layout.ends[at], whole.end)
    yield from _written(document, (index, block), Span(first, last), cell, box)


def _continues(box: tuple[float, float, float, float], x0: float, y0: float, y1: float) -> bool:
    """Return whether a word goes on with the line in `box`: two fifths of its height shared, no gap of two ems."""
    _, top, right, bottom = box
    height = min(bottom - top, y1 - y0)
    shared = min(bottom, y1) - max(top, y0)
    return shared >= 0.4 * height and -height <= x0 - right <= 2 * max(height, 1.0)


def is_running_text(line: FrontLine) -> bool:
    """Return whether a line reads as prose, not as a title, label or cell."""
    return line.source.kind is BlockKind.PARAGRAPH and len(line.text) > 60 and line.text.endswith((".", ";"))
