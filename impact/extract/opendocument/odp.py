"""Read OpenDocument presentations (ODP): one page a slide, titles as headings, notes after their slide.

Every fragment has the box of its shape, since a presentation does not store where lines break; notes have the box of
their slide.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml.etree import _Element as Element

from impact.errors import UnreadableError
from impact.extract.blocks.slides import BoxTuple, SlideDeck
from impact.extract.office.losses import CHARTS, slides_beyond, unread
from impact.extract.office.names import W, value_of
from impact.extract.office.numbering import Numbering
from impact.extract.office.ooxml import whole
from impact.extract.office.text import PLAIN
from impact.extract.opendocument.looks import OdtStyles
from impact.extract.opendocument.numbers import OdtNumbers
from impact.extract.opendocument.odt import OdtBody, holders
from impact.extract.opendocument.package import (
    DRAW,
    FO,
    OFFICE,
    PRESENTATION,
    STYLE,
    SVG,
    TABLE,
    local,
    open_package,
    part,
    properties,
)
from impact.extract.opendocument.revised import OdtChanges
from impact.extract.options import Options
from impact.records import BlockKind, Document

_BAND = 12.0
"""Points within which two tops count as one line, so that the left one comes first. Source: project judgment."""
_FURNITURE = frozenset({"header", "footer", "date-time", "page-number", "page", "handout"})
_POINTS = {"in": 72.0, "cm": 72 / 2.54, "mm": 72 / 25.4, "pt": 1.0, "px": 0.75, "pc": 12.0}
_LENGTH = re.compile(r"(-?\d{1,6}(?:\.\d{1,9})?)(in|cm|mm|pt|px|pc)")
_SIGNS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}noBreakHyphen": "-"}


@dataclass(frozen=True, slots=True)
class _Shape:
    role: str
    box: BoxTuple
    blocks: list[Element]


def read(data: bytes, name: str, options: Options) -> Document:
    """Read an ODP; `max_pages` (slides), `max_page_characters` and the limits of an archive hold here.

    `Layout.origins` holds the ordinal of the paragraph among those with text, 0-based, in the order of reading.

    Raises:
        UnreadableError: If it is protected by a password, truncated, damaged or no presentation.
        LimitError: If it would unpack to more than the options allow.
    """
    container = open_package(data, name, options)
    content, styles = part(container, "content.xml"), part(container, "styles.xml")
    show = content.find(f"{OFFICE}body/{OFFICE}presentation") if content is not None else None
    if content is None or show is None:
        message = f"{name} is an OpenDocument file, but contains no presentation"
        raise UnreadableError(message, "Open it in an office program and save it again as ODP or PPTX")
    numbers = OdtNumbers((styles, content))
    body = OdtBody(OdtStyles((styles, content)), numbers, OdtChanges(show))
    size = _size(styles)
    slides = show.findall(f"{DRAW}page")
    shapes = [list(_shapes(slide, body, size)) for slide in slides[: options.max_pages]]
    deck = SlideDeck(size[2], size[3], options.max_page_characters)
    layer = _ShapeLayer(deck, Numbering(numbers.root))
    for placed in shapes:
        with deck.slide():
            for shape in placed:
                layer.lay(shape)
    losses = ((CHARTS, layer.pictures), (slides_beyond(options.max_pages), len(slides) - len(shapes)))
    deck.warnings += unread(losses)
    return deck.document(data, name, "odp", "lxml", properties(container))


def _size(styles: Element | None) -> BoxTuple:
    """Return the box of a slide, as the first page layout that has one says."""
    for layout in styles.iter(f"{STYLE}page-layout-properties") if styles is not None else ():
        width, height = _points(layout.get(f"{FO}page-width")), _points(layout.get(f"{FO}page-height"))
        if width > 0 and height > 0:
            return (0.0, 0.0, width, height)
    return (0.0, 0.0, 720.0, 540.0)


def _shapes(slide: Element, body: OdtBody, whole_slide: BoxTuple) -> Iterator[_Shape]:
    """Yield the shapes of a slide: titles, then the others from top to bottom and left to right, then the notes."""
    shapes = []
    for drawing in slide:
        if str(drawing.tag).startswith(DRAW):
            role = drawing.get(f"{PRESENTATION}class") or ""
            if role not in _FURNITURE:
                blocks = [block for holder in holders(drawing) for block in body.read(holder)]
                shapes.append(_Shape(_role(role, drawing, blocks), _box(drawing, whole_slide), blocks))
    yield from sorted(shapes, key=lambda shape: (shape.role != "title", shape.box[1] // _BAND, shape.box[0]))
    for notes in slide.iterfind(f"{PRESENTATION}notes"):
        for drawing in notes:
            if drawing.get(f"{PRESENTATION}class") == "notes":
                blocks = [block for holder in holders(drawing) for block in body.read(holder)]
                yield _Shape("notes", whole_slide, blocks)


def _role(role: str, drawing: Element, blocks: list[Element]) -> str:
    pictured = any(local(child) in ("image", "object", "object-ole") for child in drawing)
    has_text = any(block.find(f".//{W}t") is not None for block in blocks)
    return "picture" if pictured and not has_text and drawing.find(f"{TABLE}table") is None else role


def _box(drawing: Element, whole_slide: BoxTuple) -> BoxTuple:
    x, y, width, height = (_points(drawing.get(f"{SVG}{name}")) for name in ("x", "y", "width", "height"))
    return (x, y, x + width, y + height) if width > 0 and height > 0 else whole_slide


def _points(length: str | None) -> float:
    match = _LENGTH.fullmatch(length or "")
    return float(match[1]) * _POINTS[match[2]] if match else 0.0


@dataclass(slots=True)
class _ShapeLayer:
    """Lays the shapes of slides; `pictures` counts those that were not read."""

    deck: SlideDeck
    numbering: Numbering
    pictures: int = 0

    def lay(self, shape: _Shape) -> None:
        """Lay a shape on the open slide."""
        self.pictures += shape.role == "picture"
        if shape.role == "title":
            self.deck.title(map(_text, shape.blocks), shape.box, "title")
            return
        for block in shape.blocks:
            if block.tag == f"{W}tbl":
                self.deck.table(_rows(block, shape.box))
            else:
                self._line(block, shape)

    def _line(self, paragraph: Element, shape: _Shape) -> None:
        place = paragraph.find(f"{W}pPr/{W}numPr")
        list_id, level = value_of(place, "numId"), whole(value_of(place, "ilvl"), -1)
        if not self.deck.put(_text(paragraph), shape.box):
            return
        label = self.numbering.label(list_id, level) if level >= 0 else None
        if shape.role == "notes":
            self.deck.assembly.close(kind=BlockKind.NOTE, style="notes")
        elif level >= 0:
            number = label.number if label else ""
            self.deck.assembly.close(kind=BlockKind.ITEM, level=level + 1, number=number, style=shape.role)
        else:
            self.deck.assembly.close(style=shape.role)


def _rows(table: Element, box: BoxTuple) -> Iterator[list[tuple[list[str], BoxTuple]]]:
    """Yield for each row the paragraphs of its cells, and the box of the table."""
    for row in table.iterfind(f"{W}tr"):
        cells = row.iterfind(f"{W}tc")
        yield [(list(filter(None, map(_text, cell.iter(f"{W}p")))), box) for cell in cells]


def _text(paragraph: Element) -> str:
    pieces = paragraph.iter(f"{W}t", *_SIGNS)
    return "".join(_SIGNS.get(str(piece.tag)) or (piece.text or "").translate(PLAIN) for piece in pieces).strip()
