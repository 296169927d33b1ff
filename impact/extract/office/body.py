"""Read the block-level content of a Word document, paragraph by paragraph, into a flow."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from lxml.etree import _Element as Element

from impact.extract.blocks.numerals import numeral
from impact.extract.office.flow import Flow
from impact.extract.office.names import M, W, value_of
from impact.extract.office.numbering import ListLabel, Numbering
from impact.extract.office.ooxml import MC, alternative, whole
from impact.extract.office.revisions import MARKS, marks_in
from impact.extract.office.styles import ParagraphStyle, Styles
from impact.extract.office.tables import TableRow, rows_of
from impact.extract.office.text import Runs
from impact.records import BlockKind

NOTE_FORMS = {"footnotes": "decimal", "endnotes": "lowerRoman"}
"""Number formats of notes where the document chooses none. Source: ECMA-376 part 1, 17.11.17 and 17.11.18."""

_CLAUSE_NUMBER = re.compile(r"\w\.\d")
"""What tells the number of a clause ("3.12", "A.1") from that of a list item ("3.", "a)")."""


_HOLDERS = tuple(f"{W}{name}" for name in ("p", "tbl", "sdt", "customXml", "altChunk"))
_OUTSIDE = (f"{W}commentRangeStart", f"{W}commentRangeEnd", f"{M}oMathPara", f"{M}oMath")
BLOCKS = (*_HOLDERS, f"{MC}AlternateContent", *_OUTSIDE, *MARKS)
"""Children of w:body that hold something to read."""


@dataclass(slots=True)
class _RowFacts:
    number: str = ""
    style: str = ""


class Body:
    """Reads paragraphs, tables and what wraps them.

    Attributes:
        parts: Parts of other formats embedded in the text, which are not read.
    """

    def __init__(self, flow: Flow, styles: Styles, numbering: Numbering, notes: dict[tuple[str, str], Element]) -> None:
        """Begin a document; notes by their part ("footnotes", "endnotes") and id."""
        self.runs = Runs(flow, styles)
        self.parts = 0
        self._flow = flow
        self._styles = styles
        self._numbering = numbering
        self._notes = notes
        self._note_counts = dict.fromkeys(NOTE_FORMS, 0)
        self._ordinals: dict[Element, int] = {}
        self._paragraphs = 0
        self._tables = 0
        self._contents = 0
        self._facts: dict[str, Any] | None = None
        self._row: _RowFacts | None = None
        self._blocks: dict[str, Callable[[Element], None]] = {
            f"{W}p": self._paragraph,
            f"{W}tbl": self._table,
            f"{W}sdt": self._control,
            f"{W}customXml": self._children,
            f"{MC}AlternateContent": self._alternative,
            f"{W}altChunk": self._embedded,
        }
        self._blocks |= dict.fromkeys(_OUTSIDE, self.runs.outside)
        self._blocks |= dict.fromkeys(MARKS, self._marked)

    def read(self, element: Element) -> None:
        """Read one child of w:body."""
        nested = list(element.iter(f"{W}p"))
        self._ordinals = {paragraph: self._paragraphs + index for index, paragraph in enumerate(nested)}
        self._paragraphs += len(nested)
        self._blocks[str(element.tag)](element)

    def finish(self) -> None:
        """Close a paragraph that still waits for the one it is joined with."""
        if self._row is None:
            self._close()

    def _children(self, parent: Element) -> None:
        for child in parent:
            handle = self._blocks.get(child.tag)
            if handle is not None:
                handle(child)

    def _marked(self, element: Element) -> None:
        self._flow.begin_mark(element)
        self._children(element)
        self._flow.finish_mark()

    def _control(self, element: Element) -> None:
        gallery = element.find(f"{W}sdtPr/{W}docPartObj")
        contents = value_of(gallery, "docPartGallery") == "Table of Contents"
        content = element.find(f"{W}sdtContent")
        self._contents += contents
        if content is not None:
            self._children(content)
        self._contents -= contents

    def _alternative(self, element: Element) -> None:
        branch = alternative(element)
        if branch is not None:
            self._children(branch)

    def _embedded(self, _: Element) -> None:
        self.parts += 1

    def _paragraph(self, paragraph: Element) -> None:
        flow = self._flow
        flow.flush()
        flow.origin = self._ordinals.get(paragraph, flow.origin)
        properties = paragraph.find(f"{W}pPr")
        style = self._styles.paragraph(value_of(properties, "pStyle"))
        marks = marks_in(properties.find(f"{W}rPr")) if properties is not None else []
        self.runs.contents = False
        self.runs.read(paragraph, style.look)
        for mark in marks:
            flow.point_mark(mark, "\n")
        ends = flow.revisions.visible and flow.revisions.shows(marks)
        if self._row is not None:
            if ends:
                self._note_row(self._row, self._label(properties, style), style)
            if not marks or ends:
                flow.join("\n")
            return
        if self._facts is None and (flow.open or ends):
            self._facts = self._describe(properties, style)
        if ends:
            self._close()

    def _close(self) -> None:
        self._flow.close(**(self._facts or {}))
        self._facts = None
        self._after()

    def _note_row(self, row: _RowFacts, label: ListLabel | None, style: ParagraphStyle) -> None:
        row.number = row.number or (label.number if label else "")
        row.style = row.style or style.name

    def _describe(self, properties: Element | None, style: ParagraphStyle) -> dict[str, Any]:
        """Return the fields of the block that begins with this paragraph, counting it in its list."""
        kind, level = style.kind, style.level
        label = self._label(properties, style)
        outline = whole(value_of(properties, "outlineLvl"), 9)
        if kind is BlockKind.PARAGRAPH and 0 <= outline < 9:
            kind, level = BlockKind.HEADING, outline + 1
        if kind is BlockKind.HEADING and not self._contents:
            self.runs.leave_contents()
        elif self._contents or self.runs.contents:
            kind = BlockKind.CONTENTS
        if kind is BlockKind.PARAGRAPH and label is not None and (label.bullet or label.number):
            clause = label.number and (label.clause or _CLAUSE_NUMBER.search(label.number))
            kind = BlockKind.PARAGRAPH if clause else BlockKind.ITEM
            level = label.level
        number = label.number if label is not None else ""
        return {"kind": kind, "level": level, "number": number, "style": style.name}

    def _label(self, properties: Element | None, style: ParagraphStyle) -> ListLabel | None:
        direct = properties.find(f"{W}numPr") if properties is not None else None
        if direct is not None and not self._flow.revisions.shows(marks_in(direct)):
            direct = None
        list_id = value_of(direct, "numId") or style.list_id
        if not list_id or list_id == "0":
            return None
        level = value_of(direct, "ilvl")
        if level:
            return self._numbering.label(list_id, whole(level, 0))
        tied = (self._numbering.level_of(list_id, link) for link in style.chain)
        tied_level = next((index for index in tied if index is not None), style.list_level)
        return self._numbering.label(list_id, tied_level or 0)

    def _table(self, table: Element) -> None:
        self.finish()
        index = self._tables
        self._tables += 1
        rows = rows_of(table)
        narrow = all(len(row.cells) <= 1 for row in rows)
        for row in rows:
            marks = marks_in(row.element.find(f"{W}trPr"))
            for mark in marks:
                self._flow.begin_mark(mark)
            if narrow or row.layout:
                self._spread(row)
                facts = None
            else:
                facts = self._lay(row)
            for _ in marks:
                self._flow.finish_mark()
            if facts is not None:
                self._flow.close(kind=BlockKind.ROW, table=index, number=facts.number, style=facts.style)
            self._after()

    def _spread(self, row: TableRow) -> None:
        """Read a row whose cells hold running text as paragraphs."""
        for cell in row.cells:
            with _Marks(self._flow, cell):
                self._children(cell)
                self.finish()

    def _lay(self, row: TableRow) -> _RowFacts:
        """Read a row as one block with cells and return what its paragraphs say of it."""
        facts = self._row = _RowFacts()
        for cell in row.cells:
            self._flow.begin_cell()
            with _Marks(self._flow, cell):
                self._children(cell)
            self._flow.finish_cell()
        self._row = None
        return facts

    def _after(self) -> None:
        """Read text boxes and notes that hang on what was just closed; each note once."""
        if self._row is not None:
            return
        boxes, self.runs.boxes = self.runs.boxes, []
        for box in boxes:
            self._children(box)
            self.finish()
        notes, self.runs.notes = self.runs.notes, []
        for part, key, own in notes:
            note = self._notes.pop((part, key), None)
            if note is not None:
                self._note(note, part, own=own)

    def _note(self, note: Element, part: str, *, own: bool) -> None:
        number = ""
        if not own:
            self._note_counts[part] += 1
            number = numeral(self._note_counts[part], NOTE_FORMS[part])
        for paragraph in note.iter(f"{W}p"):
            properties = paragraph.find(f"{W}pPr")
            style = self._styles.paragraph(value_of(properties, "pStyle"))
            self.runs.read(paragraph, style.look)
            block = self._flow.close(kind=BlockKind.NOTE, number=number, style=style.name)
            number = "" if block is not None else number
        self._after()


class _Marks:
    """The revision marks on a cell, open for as long as the cell is read."""

    def __init__(self, flow: Flow, cell: Element) -> None:
        self._flow = flow
        self._marks = marks_in(cell.find(f"{W}tcPr"))

    def __enter__(self) -> None:
        for mark in self._marks:
            self._flow.begin_mark(mark)

    def __exit__(self, *_: object) -> None:
        for _mark in self._marks:
            self._flow.finish_mark()


def note_texts(root: Element) -> Iterator[tuple[str, Element]]:
    """Yield id and element of each note in footnotes.xml or endnotes.xml, separators left out."""
    for note in root:
        if note.tag in (f"{W}footnote", f"{W}endnote") and note.get(f"{W}type") in (None, "normal"):
            yield note.get(f"{W}id") or "", note
