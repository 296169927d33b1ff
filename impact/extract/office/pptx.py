"""Read presentations (PPTX): one page a slide, titles as headings, notes after their slide.

The cells of a table row are parted by " | ", the paragraphs of a cell by a line end; an empty cell leaves no trace.
Every fragment has the box of its shape or cell, since a presentation does not store where lines break; notes have the
box of their slide.
"""

import hashlib
import io
from collections.abc import Iterator
from typing import Any

from lxml import etree
from pptx import Presentation

from impact.errors import DAMAGED_ZIP, UnreadableError
from impact.extract.blocks.builder import Assembly
from impact.extract.office.archive import open_container
from impact.extract.office.flow import CELL_GLUE
from impact.extract.office.losses import CHARTS, slides_beyond, unread
from impact.extract.office.ooxml import REL, core_properties
from impact.extract.office.slideshapes import LISTS, POINT, TITLES, BoxTuple, PlacedShape, shapes_of
from impact.extract.office.slidetext import A, SlideLine, lines_of, paragraph_text
from impact.extract.options import Options
from impact.records import BlockKind, Document, Page, PageVerdict

_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
_DAMAGE = (*DAMAGED_ZIP, KeyError, TypeError, AttributeError, IndexError, etree.XMLSyntaxError)
"""What python-pptx raises on parts that are missing, malformed or of another kind."""


def read(data: bytes, name: str, options: Options) -> Document:
    """Read a PPTX; `max_pages` (slides), `max_page_characters` and the limits of an archive hold here.

    `Layout.origins` holds the ordinal of the paragraph among those with text, 0-based, in the order of reading.

    Raises:
        UnreadableError: If it is encrypted, truncated, damaged or no presentation.
        LimitError: If it would unpack to more than the options allow.
    """
    container = open_container(data, name, options)
    try:
        presentation = Presentation(io.BytesIO(data))
        deck = _Deck(float(presentation.slide_width or 0), float(presentation.slide_height or 0), options)
        for number, slide in enumerate(presentation.slides, start=1):
            deck.slide(number, slide)
    except _DAMAGE as error:
        message = f"{name} is not a presentation, or is damaged ({type(error).__name__})"
        raise UnreadableError(message, "Open it in an office program and save it again as .pptx") from error
    return Document(
        id=hashlib.sha256(data).hexdigest(),
        source=name,
        format="pptx",
        engine="python-pptx",
        text=deck.assembly.text(),
        blocks=tuple(deck.assembly.blocks),
        pages=tuple(deck.pages) or (Page(1, verdict=PageVerdict.EMPTY),),
        paged=True,
        layout=deck.assembly.layout(),
        properties=core_properties(container),
        warnings=deck.warnings(),
    )


class _Deck:
    def __init__(self, width: float, height: float, options: Options) -> None:
        self.assembly = Assembly()
        self.pages: list[Page] = []
        self._options = options
        self._slide_box: BoxTuple = (0.0, 0.0, width / POINT, height / POINT)
        self._page = 1
        self._paragraphs = 0
        self._tables = 0
        self._left = 0
        self._warnings: list[str] = []
        self._pictures = 0
        self._unread_slides = 0

    def slide(self, number: int, slide: Any) -> None:
        """Read a slide and its notes."""
        if number > self._options.max_pages:
            self._unread_slides += 1
            return
        self._page, self._left = number, self._options.max_page_characters
        before = len(self.assembly.blocks)
        if slide.element.get("show") in ("0", "false"):
            self._warnings.append(f"Slide {number} is hidden in a show; it was read all the same.")
        for placed in shapes_of(slide, self._slide_box):
            self._shape(placed, slide)
        frame = slide.notes_slide.notes_text_frame if slide.has_notes_slide else None
        if frame is not None:
            for line in lines_of([paragraph._p for paragraph in frame.paragraphs], listed=False):  # noqa: SLF001 - python-pptx offers no other way to the element
                self._line(line, self._slide_box, BlockKind.NOTE, "notes")
        if any(relation.reltype.endswith(("/comments", "/comment")) for relation in slide.part.rels.values()):
            self._warnings.append(f"The comments on slide {number} were not read.")
        if self._left <= 0:
            self._warnings.append(f"Slide {number} was read up to {self._options.max_page_characters} characters only.")
        verdict = PageVerdict.OK if len(self.assembly.blocks) > before else PageVerdict.EMPTY
        self.pages.append(Page(number, self._slide_box[2], self._slide_box[3], verdict))

    def warnings(self) -> tuple[str, ...]:
        """Return what was not read, in plain words."""
        losses = ((CHARTS, self._pictures), (slides_beyond(self._options.max_pages), self._unread_slides))
        return (*self._warnings, *unread(losses))

    def _shape(self, placed: PlacedShape, slide: Any) -> None:
        shape = placed.shape
        if shape.has_text_frame:
            body = [paragraph._p for paragraph in shape.text_frame.paragraphs]  # noqa: SLF001 - as above
            lines = lines_of(body, listed=placed.role in LISTS)
            style = placed.role.lower().replace("_", " ")
            if placed.role in TITLES:
                self._title(list(lines), placed.box, style)
                return
            for line in lines:
                self._line(line, placed.box, BlockKind.ITEM if line.item else BlockKind.PARAGRAPH, style)
        elif getattr(shape, "has_table", False):
            self._table(shape, placed.box)
        elif (diagram := shape.element.find(f".//{_DIAGRAM}relIds")) is not None:
            part = slide.part.related_part(diagram.get(f"{REL}dm"))
            for line in _diagram_lines(part.blob):
                self._line(line, placed.box, BlockKind.PARAGRAPH, "diagram")
        elif shape.element.tag.endswith(("}pic", "}graphicFrame")):
            self._pictures += 1

    def _line(self, line: SlideLine, box: BoxTuple, kind: BlockKind, style: str) -> None:
        if not self._put(line.text, box):
            return
        level = line.level if kind is BlockKind.ITEM else 0
        self.assembly.close(kind=kind, level=level, number=line.number, style=style, size=line.size, bold=line.bold)

    def _title(self, lines: list[SlideLine], box: BoxTuple, style: str) -> None:
        """Lay a title as one heading on one line, however it is broken on the slide."""
        for line in lines:
            self.assembly.glue(" ")
            self._put(" ".join(line.text.split()), box)
        first = lines[0] if lines else None
        facts = {"size": first.size, "bold": first.bold} if first is not None else {}
        self.assembly.close(kind=BlockKind.HEADING, level=1, style=style, **facts)

    def _put(self, text: str, box: BoxTuple) -> bool:
        """Lay one paragraph; False where the slide has used up its characters."""
        text = text[: max(self._left, 0)]
        self._left -= len(text)
        if not text:
            return False
        self.assembly.put(text, origin=self._paragraphs, page=self._page, box=box)
        self._paragraphs += 1
        return True

    def _table(self, shape: Any, box: BoxTuple) -> None:
        for row in _rows(shape.table, box):
            begun = False
            for texts, place in row:
                start = -1
                for text in texts:
                    if begun:
                        self.assembly.glue(CELL_GLUE if start < 0 else "\n")
                    start = (self.assembly.length if begun else self.assembly.start) if start < 0 else start
                    begun = self._put(text, place) or begun
                if start >= 0:
                    self.assembly.cell(start)
            self.assembly.close(kind=BlockKind.ROW, table=self._tables)
        self._tables += 1


def _rows(table: Any, box: BoxTuple) -> Iterator[list[tuple[list[str], BoxTuple]]]:
    """Yield for each row the paragraphs and the box of its cells; a merged cell once, where it begins."""
    widths = [column.width / POINT for column in table.columns]
    top = box[1]
    for row in table.rows:
        bottom, left, cells = top + row.height / POINT, box[0], []
        for cell, width in zip(row.cells, widths, strict=False):
            if not cell.is_spanned:
                texts = [paragraph_text(paragraph._p) for paragraph in cell.text_frame.paragraphs]  # noqa: SLF001 - as above
                cells.append(([text for text in texts if text], (left, top, left + width, bottom)))
            left += width
        yield cells
        top = bottom


def _diagram_lines(blob: bytes) -> Iterator[SlideLine]:
    """Yield the paragraphs of a SmartArt diagram in the order of its data part."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    root = etree.fromstring(blob, parser)
    yield from lines_of(root.iter(f"{A}p"), listed=False)
