"""Read OpenDocument texts (ODT): paragraphs, headings, lists, tables, notes, comments and tracked changes.

They are made the elements that a DOCX holds and read as one (`impact.extract.office`).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from lxml.etree import _Element as Element

from impact.errors import UnreadableError
from impact.extract.office.content import WordContent, lay
from impact.extract.office.nesting import DEEPEST, CellShape, add_cell
from impact.extract.office.numbering import Numbering
from impact.extract.office.styles import Styles
from impact.extract.office.wordtree import ParagraphFacts, RevisionMark, RunLook, add, root
from impact.extract.opendocument.inline import OdtRuns, comment_of
from impact.extract.opendocument.looks import OdtStyles
from impact.extract.opendocument.numbers import OUTLINE, OdtNumbers
from impact.extract.opendocument.package import DRAW, OFFICE, TABLE, TEXT, count_of, open_package, part, properties
from impact.extract.opendocument.revised import Deletion, OdtChanges
from impact.extract.options import Options
from impact.records import Document

_LEVELS = 9
_ROW_GROUPS = frozenset({f"{TABLE}table-{name}" for name in ("header-rows", "rows", "row-group")})
_HELD = frozenset({f"{TEXT}p", f"{TEXT}h", f"{TEXT}list", f"{TABLE}table"})
_INDEXES = tuple(
    f"{TEXT}{name}"
    for name in (
        "table-of-content",
        "illustration-index",
        "table-index",
        "object-index",
        "alphabetical-index",
        "user-index",
    )
)


def read(data: bytes, name: str, options: Options) -> Document:
    """Read an ODT; `view` of the options and the limits of an archive hold here.

    `Layout.origins` is as in `office.docx`. There is one page, since pages break where they are shown.

    Raises:
        UnreadableError: If it is protected by a password, truncated, damaged or no text.
        LimitError: If it would unpack to more than the options allow.
    """
    container = open_package(data, name, options)
    content = part(container, "content.xml")
    body = content.find(f"{OFFICE}body/{OFFICE}text") if content is not None else None
    if content is None or body is None:
        message = f"{name} is an OpenDocument file, but contains no text document"
        raise UnreadableError(message, "Open it in an office program and save it again as ODT or DOCX")
    parts = (part(container, "styles.xml"), content)
    reader = OdtBody(OdtStyles(parts), OdtNumbers(parts), OdtChanges(body))
    blocks = reader.read(body)
    found = reader.runs.found
    notes = {key: reader.note(key[0], note) for key, note in list(found.notes.items())}
    word = WordContent(
        blocks=blocks,
        styles=Styles(reader.styles.root),
        numbering=Numbering(reader.numbers.root),
        notes=notes,
        comments={key: comment_of(element) for key, element in found.comments.items()},
        properties=properties(container),
    )
    return lay(word, data, name, options, form="odt", engine="lxml")


@dataclass(frozen=True, slots=True)
class _ListPlace:
    """Where in lists a paragraph is: its group and style, 0-based level, and the number it goes on from, if any."""

    group: int = 0
    style: str = ""
    level: int = -1
    start: str = ""
    numbered: bool = False


class OdtBody:
    """Reads the blocks of a text."""

    def __init__(self, styles: OdtStyles, numbers: OdtNumbers, changes: OdtChanges) -> None:
        self.styles = styles
        self.numbers = numbers
        self._changes = changes
        self.runs = OdtRuns(styles, changes, self._split, self._boxes)
        self._out: list[Element] = []
        self._facts: ParagraphFacts | None = None
        self._depth = 0
        self._blocks: dict[str, Callable[[Element, _ListPlace], None]] = {
            f"{TEXT}p": self._paragraph,
            f"{TEXT}h": self._paragraph,
            f"{TEXT}list": self._list,
            f"{TEXT}section": self._section,
            f"{TEXT}numbered-paragraph": self._numbered,
            f"{TABLE}table": self._table,
            f"{TEXT}change": lambda element, _: self.runs.delete(element),
            f"{TEXT}change-start": lambda element, _: changes.begin(element),
            f"{TEXT}change-end": lambda element, _: changes.end(element),
        }
        self._blocks |= dict.fromkeys(_INDEXES, self._index)
        transparent = (f"{TEXT}bibliography", f"{TEXT}index-body", f"{TEXT}index-title", f"{TEXT}table-of-content-body")
        self._blocks |= dict.fromkeys(transparent, self._children)

    def read(self, parent: Element) -> list[Element]:
        """Return the paragraphs and tables in an element."""
        outer, self._out = self._out, []
        self._children(parent, _ListPlace())
        done, self._out = self._out, outer
        return done

    def note(self, part_name: str, body: Element) -> Element:
        """Return a note as a DOCX holds it."""
        note = root(part_name[:-1])
        note.extend(self.read(body))
        return note

    def _children(self, parent: Element, place: _ListPlace) -> None:
        for child in parent:
            tag = str(child.tag)
            if tag in self._blocks:
                self._blocks[tag](child, place)
            elif tag.startswith(DRAW):
                self.runs.begin()
                self.runs.drawing(child, RunLook())
                self._out.append(self.runs.draft.finish(ParagraphFacts()))

    def _section(self, element: Element, place: _ListPlace) -> None:
        outer = self.runs.hidden
        self.runs.hidden = outer or element.get(f"{TEXT}display") == "none"
        self._children(element, place)
        self.runs.hidden = outer

    def _index(self, element: Element, place: _ListPlace) -> None:
        control = root("sdt")
        add(add(add(control, "sdtPr"), "docPartObj"), "docPartGallery", "Table of Contents")
        outer, self._out = self._out, []
        self._children(element, place)
        add(control, "sdtContent").extend(self._out)
        self._out = outer
        self._out.append(control)

    # Lists and paragraphs.

    def _list(self, element: Element, place: _ListPlace) -> None:
        style = element.get(f"{TEXT}style-name") or place.style
        group = place.group if place.level >= 0 else self.numbers.begin(element, style)
        for item in element:
            if item.tag in (f"{TEXT}list-item", f"{TEXT}list-header"):
                item_style = item.get(f"{TEXT}style-override") or style
                start = item.get(f"{TEXT}start-value") or ""
                numbered = item.tag == f"{TEXT}list-item"
                inner = _ListPlace(group, item_style, min(place.level + 1, _LEVELS - 1), start, numbered)
                self._item(item, inner)

    def _item(self, item: Element, place: _ListPlace) -> None:
        for child in item:
            handle = self._blocks.get(str(child.tag))
            if handle is not None:
                handle(child, place)
            if child.tag in (f"{TEXT}p", f"{TEXT}h"):
                place = replace(place, numbered=False)  # what follows in the item has no number of its own

    def _numbered(self, element: Element, _: _ListPlace) -> None:
        style = element.get(f"{TEXT}style-name") or ""
        group = self.numbers.begin(element, style)
        level = count_of(element, f"{TEXT}level", _LEVELS) - 1
        place = _ListPlace(group, style, level, element.get(f"{TEXT}start-value") or "", numbered=True)
        self._children(element, place)

    def _paragraph(self, element: Element, place: _ListPlace) -> None:
        self._facts = self._describe(element, place)
        self.runs.begin()
        self.runs.paragraph(element)
        self._end(self._changes.marks)

    def _end(self, marks: tuple[RevisionMark, ...]) -> None:
        facts = self._facts or ParagraphFacts()
        self._out.append(self.runs.draft.finish(replace(facts, marks=marks)))

    def _describe(self, element: Element, place: _ListPlace) -> ParagraphFacts:
        style = element.get(f"{TEXT}style-name") or ""
        outline = None
        if element.tag == f"{TEXT}h":
            outline = count_of(element, f"{TEXT}outline-level", 9) - 1
        list_id, level = "0", None
        if place.level >= 0:
            if place.numbered:
                list_id, level = self._list_id(place), place.level
        elif outline is not None and element.get(f"{TEXT}is-list-header") != "true" and self._takes_outline(style):
            start = element.get(f"{TEXT}start-value") if element.get(f"{TEXT}restart-numbering") == "true" else None
            if self.numbers.numbers_headings(outline):
                list_id, level = self._list_id(_ListPlace(0, OUTLINE, outline, start or "")), outline
        return ParagraphFacts(style=style, list_id=list_id or "0", list_level=level, outline=outline)

    def _takes_outline(self, style: str) -> bool:
        """Return whether a heading in no list is numbered by its level: unless its style names no list at all."""
        return self.styles.lists.get(style, OUTLINE) != ""

    def _list_id(self, place: _ListPlace) -> str:
        list_id = self.numbers.list_id(place.group, place.style)
        if list_id and place.start.isdecimal() and len(place.start) < 9:
            return self.numbers.restarted(list_id, place.level, int(place.start))
        return list_id

    def _split(self, deletion: Deletion) -> None:
        """Lay deleted paragraphs: the first goes on the open one, the last is gone on with."""
        facts, marks = self._facts or ParagraphFacts(list_id="0"), (deletion.mark,)
        alone = self._facts is None
        for index, paragraph in enumerate(deletion.paragraphs):
            if index or alone:
                if not alone:
                    self._facts = facts if index == 1 else replace(facts, list_id="0")
                    self._end(marks)
                self.runs.begin()
            self.runs.deleted(paragraph, deletion.mark)
            if alone:
                self._facts = self._describe(paragraph, _ListPlace())
                self._end(marks)
                self._facts = None
        if not alone and len(deletion.paragraphs) > 1:
            self._facts = replace(facts, list_id="0")

    # Tables and boxes.

    def _table(self, element: Element, _: _ListPlace) -> None:
        rows = [row.findall(f"{TABLE}table-cell") for row in _rows(element)]
        if self._depth >= DEEPEST:
            self._out.extend(block for row in rows for cell in row for block in self._cell(cell))
            return
        table = root("tbl")
        self._depth += 1
        for row in rows:
            line = add(table, "tr")
            add(line, "trPr")
            for cell in row:
                add_cell(line, self._cell(cell), CellShape())
        self._depth -= 1
        self._out.append(table)

    def _cell(self, cell: Element) -> list[Element]:
        outer = self._facts, self.runs.draft
        content = self.read(cell)
        self._facts, self.runs.draft = outer
        return content

    def _boxes(self, drawing: Element) -> list[Element]:
        """Return the paragraphs in a drawing, its boxes one after another."""
        if self._depth >= DEEPEST:
            return []
        self._depth += 1
        outer = self._facts, self.runs.draft
        content = []
        for holder in holders(drawing):
            content.extend(self.read(holder))
        self._facts, self.runs.draft = outer
        self._depth -= 1
        return content


def _rows(table: Element) -> Iterator[Element]:
    """Yield the rows of a table, also those in groups, but not those of a table in a cell."""
    for child in table:
        if child.tag == f"{TABLE}table-row":
            yield child
        elif child.tag in _ROW_GROUPS:
            yield from _rows(child)


def holders(drawing: Element) -> Iterator[Element]:
    """Yield the shapes in a drawing that hold paragraphs or tables, but not those inside of their text."""
    if any(child.tag in _HELD for child in drawing):
        yield drawing
        return
    for child in drawing:
        if str(child.tag).startswith(DRAW):
            yield from holders(child)
