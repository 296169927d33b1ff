"""Read presentations (PPTX): one page a slide, titles as headings, notes after their slide.

The cells of a table row are parted by " | ", the paragraphs of a cell by a line end; an empty cell leaves no trace.
Every fragment has the box of its shape or cell, since a presentation does not store where lines break; notes have the
box of their slide.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from lxml import etree
from pptx import Presentation

from impact.errors import DAMAGED_ZIP, UnreadableError
from impact.extract.blocks.slides import BoxTuple, SlideDeck
from impact.extract.office.archive import open_container
from impact.extract.office.losses import CHARTS, slides_beyond, unread
from impact.extract.office.ooxml import REL, core_properties
from impact.extract.office.slideshapes import LISTS, POINT, TITLES, PlacedShape, shapes_of
from impact.extract.office.slidetext import A, SlideLine, lines_of, paragraph_text
from impact.extract.options import Options
from impact.records import BlockKind, Document

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
        width, height = (float(side or 0) / POINT for side in (presentation.slide_width, presentation.slide_height))
        deck = SlideDeck(width, height, options.max_page_characters)
        layer = _SlideLayer(deck)
        for slide in islice(presentation.slides, options.max_pages):
            layer.lay(slide)
        beyond = max(len(presentation.slides) - options.max_pages, 0)
    except _DAMAGE as error:
        message = f"{name} is not a presentation, or is damaged ({type(error).__name__})"
        raise UnreadableError(message, "Open it in an office program and save it again as .pptx") from error
    deck.warnings += unread(((CHARTS, layer.pictures), (slides_beyond(options.max_pages), beyond)))
    return deck.document(data, name, "pptx", "python-pptx", core_properties(container))


@dataclass(slots=True)
class _SlideLayer:
    """Lays slides; `pictures` counts those that were not read."""

    deck: SlideDeck
    pictures: int = 0

    def lay(self, slide: Any) -> None:
        """Lay a slide and its notes."""
        with self.deck.slide() as number:
            if slide.element.get("show") in ("0", "false"):
                self.deck.warnings.append(f"Slide {number} is hidden in a show; it was read all the same.")
            for placed in shapes_of(slide, self.deck.box):
                self._shape(placed, slide)
            frame = slide.notes_slide.notes_text_frame if slide.has_notes_slide else None
            if frame is not None:
                for line in lines_of([paragraph._p for paragraph in frame.paragraphs], listed=False):  # noqa: SLF001 - python-pptx offers no other way to the element
                    self._line(line, self.deck.box, BlockKind.NOTE, "notes")
            if any(relation.reltype.endswith(("/comments", "/comment")) for relation in slide.part.rels.values()):
                self.deck.warnings.append(f"The comments on slide {number} were not read.")

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
            self.deck.table(_rows(shape.table, placed.box))
        elif (diagram := shape.element.find(f".//{_DIAGRAM}relIds")) is not None:
            part = slide.part.related_part(diagram.get(f"{REL}dm"))
            for line in _diagram_lines(part.blob):
                self._line(line, placed.box, BlockKind.PARAGRAPH, "diagram")
        elif shape.element.tag.endswith(("}pic", "}graphicFrame")):
            self.pictures += 1

    def _title(self, lines: list[SlideLine], box: BoxTuple, style: str) -> None:
        facts: dict[str, Any] = {"size": lines[0].size, "bold": lines[0].bold} if lines else {}
        self.deck.title((line.text for line in lines), box, style, **facts)

    def _line(self, line: SlideLine, box: BoxTuple, kind: BlockKind, style: str) -> None:
        if not self.deck.put(line.text, box):
            return
        level = line.level if kind is BlockKind.ITEM else 0
        self.deck.assembly.close(
            kind=kind, level=level, number=line.number, style=style, size=line.size, bold=line.bold
        )


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
