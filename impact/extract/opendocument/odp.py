"""Read OpenDocument presentations (ODP): one page a slide, titles as headings, notes after their slide.

Every fragment has the box of its shape, since a presentation does not store where lines break; notes have the box of
their slide.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml.etree import _Element as Element

from impact.errors import UnreadableError
from impact.extract.blocks.builder import Assembly
from impact.extract.office.flow import CELL_GLUE
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
from impact.records import BlockKind, Document, Page, PageVerdict

_BAND = 12.0
"""Points within which two tops count as one line, so that the left one comes first. Source: project judgment."""
_FURNITURE = frozenset({"header", "footer", "date-time", "page-number", "page", "handout"})
_POINTS = {"in": 72.0, "cm": 72 / 2.54, "mm": 72 / 25.4, "pt": 1.0, "px": 0.75, "pc": 12.0}
_LENGTH = re.compile(r"(-?\d{1,6}(?:\.\d{1,9})?)(in|cm|mm|pt|px|pc)")
_SIGNS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}noBreakHyphen": "-"}

BoxTuple = tuple[float, float, float, float]


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
    deck = _OdpDeck(Numbering(numbers.root), size, options)
    for number, placed in enumerate(shapes, start=1):
        deck.slide(number, placed)
    losses = ((CHARTS, deck.pictures), (slides_beyond(options.max_pages), len(slides) - len(shapes)))
    return Document(
        id=hashlib.sha256(data).hexdigest(),
        source=name,
        format="odp",
        engine="lxml",
        text=deck.assembly.text(),
        blocks=tuple(deck.assembly.blocks),
        pages=tuple(deck.pages) or (Page(1, verdict=PageVerdict.EMPTY),),
        paged=True,
        layout=deck.assembly.layout(),
        properties=properties(container),
        warnings=(*deck.warnings, *unread(losses)),
    )


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


class _OdpDeck:
    def __init__(self, numbering: Numbering, size: BoxTuple, options: Options) -> None:
        self.assembly = Assembly()
        self.pages: list[Page] = []
        self.warnings: list[str] = []
        self.pictures = 0
        self._numbering = numbering
        self._size = size
        self._options = options
        self._page = 1
        self._left = 0
        self._tables = 0
        self._paragraphs = 0

    def slide(self, number: int, shapes: list[_Shape]) -> None:
        """Lay the shapes of a slide."""
        self._page, self._left = number, self._options.max_page_characters
        before = len(self.assembly.blocks)
        for shape in shapes:
            self.pictures += shape.role == "picture"
            self._shape(shape)
        if self._left <= 0:
            self.warnings.append(f"Slide {number} was read up to {self._options.max_page_characters} characters only.")
        verdict = PageVerdict.OK if len(self.assembly.blocks) > before else PageVerdict.EMPTY
        self.pages.append(Page(number, self._size[2], self._size[3], verdict))

    def _shape(self, shape: _Shape) -> None:
        if shape.role == "title":
            for block in shape.blocks:
                self.assembly.glue(" ")
                self._put(" ".join(_text(block).split()), shape.box)
            self.assembly.close(kind=BlockKind.HEADING, level=1, style="title")
            return
        for block in shape.blocks:
            if block.tag == f"{W}tbl":
                self._table(block, shape.box)
            else:
                self._line(block, shape)

    def _line(self, paragraph: Element, shape: _Shape) -> None:
        place = paragraph.find(f"{W}pPr/{W}numPr")
        list_id, level = value_of(place, "numId"), whole(value_of(place, "ilvl"), -1)
        if not self._put(_text(paragraph), shape.box):
            return
        label = self._numbering.label(list_id, level) if level >= 0 else None
        if shape.role == "notes":
            self.assembly.close(kind=BlockKind.NOTE, style="notes")
        elif level >= 0:
            number = label.number if label else ""
            self.assembly.close(kind=BlockKind.ITEM, level=level + 1, number=number, style=shape.role)
        else:
            self.assembly.close(style=shape.role)

    def _table(self, table: Element, box: BoxTuple) -> None:
        for row in table.iterfind(f"{W}tr"):
            begun = False
            for cell in row.iterfind(f"{W}tc"):
                text = "\n".join(filter(None, (_text(paragraph) for paragraph in cell.iter(f"{W}p"))))
                if text:
                    if begun:
                        self.assembly.glue(CELL_GLUE)
                    start = self.assembly.length if begun else self.assembly.start
                    begun = self._put(text, box) or begun
                    self.assembly.cell(start)
            self.assembly.close(kind=BlockKind.ROW, table=self._tables)
        self._tables += 1

    def _put(self, text: str, box: BoxTuple) -> bool:
        """Lay one paragraph; False where the slide has used up its characters."""
        text = text[: max(self._left, 0)]
        self._left -= len(text)
        if not text:
            return False
        self.assembly.put(text, origin=self._paragraphs, page=self._page, box=box)
        self._paragraphs += 1
        return True


def _text(paragraph: Element) -> str:
    pieces = paragraph.iter(f"{W}t", *_SIGNS)
    return "".join(_SIGNS.get(str(piece.tag)) or (piece.text or "").translate(PLAIN) for piece in pieces).strip()
