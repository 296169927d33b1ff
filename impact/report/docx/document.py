"""A Word document in the making: styles, paragraphs of runs, tables, header and footer with page numbers."""

import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any
from unicodedata import bidirectional

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from impact.present.cleaning import clipped
from impact.records import Assessment
from impact.report.docx.looks import looks
from impact.report.docx.runs import DELETED, INSERTED, TRACKED, WordRun
from impact.report.view.identity import identity_of

if TYPE_CHECKING:
    from docx.table import Table, _Cell
    from docx.text.paragraph import Paragraph

FONT = "Palatino Linotype"
SOFT, RULE, MARK = "545A61", "857F72", "FBE9AD"
COLORS = {"high": "96211C", "medium": "7D4A00", "low": "40566B"}
"""Those of the page in its light theme (impact/present/templates/style.css)."""

WIDTH = 17.0
"""Centimeters between the margins of a page (A4)."""

AUTHOR = "impact"
"""Who makes tracked changes and comments."""

HEADER = 90
"""Characters of the name in the header. Source: project judgment."""

NARROW = 40
"""Twentieths of a point beside the words of a narrow cell."""

RIGHT_TO_LEFT = {"R", "AL"}


class WordDocument:
    """The document; what is written comes after what was."""

    def __init__(self, name: str, created: datetime, footer: str) -> None:
        """Begin with a header that says `name` and a footer that says `footer` and the page."""
        self._document = Document()
        for key, relation in list(self._document.part.package.rels.items()):
            if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL:
                del self._document.part.package.rels[key]
        self._styles = self._dressed()
        self._changes, self._date = 0, created.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        name = clipped(name, HEADER)
        self._describe(name, created)
        section = self._document.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm((21 - WIDTH) / 2)
        section.top_margin = section.bottom_margin = Cm(2.2)
        self._fill(section.header.paragraphs[0], [WordRun(name)], "Header")
        foot = section.footer.paragraphs[0]
        foot.paragraph_format.tab_stops.add_tab_stop(Cm(WIDTH), WD_TAB_ALIGNMENT.RIGHT)
        self._fill(foot, [WordRun(f"{footer}\tPage ")], "Footer")
        _field(foot, "PAGE")
        foot.add_run(" of ")
        _field(foot, "NUMPAGES")

    def paragraph(self, words: Sequence[WordRun], style: str = "Normal", cell: "_Cell | None" = None) -> "Paragraph":
        """Add a paragraph, to a cell of a table where one is given."""
        if cell is None:
            paragraph = self._document.add_paragraph()
        else:  # a new cell has an empty paragraph, which is used first
            first = cell.paragraphs[0]
            paragraph = first if len(cell.paragraphs) == 1 and not first.runs else cell.add_paragraph()
        self._fill(paragraph, words, style)
        return paragraph

    def comment(self, paragraph: "Paragraph", text: str) -> None:
        """Hang a comment on all of a paragraph."""
        comment: Any = self._document.comments.add_comment(text, AUTHOR, AUTHOR)
        comment._comment_elm.set(qn("w:date"), self._date)  # noqa: SLF001 - python-docx takes the clock's time
        element: Any = paragraph.paragraph_format.element
        start, end = OxmlElement("w:commentRangeStart"), OxmlElement("w:commentRangeEnd")
        for mark in (start, end):
            mark.set(qn("w:id"), str(comment.comment_id))
        first = element.find(qn("w:pPr"))
        element.insert(0 if first is None else 1, start)
        element.append(end)
        reference = _put(paragraph.add_run().font.element, "w:commentReference")
        reference.set(qn("w:id"), str(comment.comment_id))

    def table(self, title: str, rows: int, widths: Sequence[float]) -> "Table":
        """Add a table whose first row is repeated on each page; `widths` in centimeters."""
        table: Table = self._document.add_table(rows, len(widths), style="Table Grid")
        table.autofit = False
        for row in table.rows:
            for cell, width in zip(row.cells, widths, strict=True):
                cell.width = Cm(width)
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Cm(width)
        body = _tbl(table)
        for name in ("w:tblCaption", "w:tblDescription"):
            _put(body.tblPr, name, title)
        for tr in body.tr_lst:
            _put(tr.get_or_add_trPr(), "w:cantSplit")
        if rows:
            _put(body.tr_lst[0].get_or_add_trPr(), "w:tblHeader")
        return table

    def turn(self, cell: "_Cell") -> None:
        """Let the text of a cell run upwards."""
        properties = cell.paragraphs[0].paragraph_format.element.getparent().get_or_add_tcPr()
        _put(properties, "w:textDirection", "btLr")

    def narrow(self, table: "Table") -> None:
        """Leave little room beside the words of each cell, so that columns of one letter hold a line."""
        margins = OxmlElement("w:tblCellMar")
        for edge in ("left", "right"):
            margin = _put(margins, f"w:{edge}")
            margin.set(qn("w:w"), str(NARROW))
            margin.set(qn("w:type"), "dxa")
        _tbl(table).tblPr.insert_element_before(margins, "w:tblLook", "w:tblCaption", "w:tblDescription")

    def keep_head(self, table: "Table") -> None:
        """Keep the first row of a filled table on the page of the second."""
        for cell in table.rows[0].cells:
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.keep_with_next = True

    def height(self, table: "Table", row: int, centimeters: float) -> None:
        """Make a row of a table at least so high."""
        table.rows[row].height = Cm(centimeters)

    def packed(self) -> bytes:
        """Return the file; equal documents give equal bytes."""
        out, fixed = BytesIO(), BytesIO()
        self._document.save(out)
        with zipfile.ZipFile(out) as source, zipfile.ZipFile(fixed, "w") as target:
            for entry in source.infolist():
                copy = zipfile.ZipInfo(entry.filename)  # of 1980, the earliest time that a ZIP file can say
                copy.compress_type, copy.create_system = zipfile.ZIP_DEFLATED, 3
                target.writestr(copy, source.read(entry))
        return fixed.getvalue()

    def _describe(self, name: str, created: datetime) -> None:
        facts = self._document.core_properties
        moment = created.astimezone(UTC).replace(tzinfo=None, microsecond=0)
        facts.title, facts.subject, facts.language = name[:250], "Human rights brief", "en-US"
        facts.author = facts.last_modified_by = AUTHOR
        facts.created = facts.modified = moment
        facts.comments = facts.keywords = facts.category = ""
        facts.revision = 1

    def _dressed(self) -> dict[str, Any]:
        styles, dressed = self._document.styles, {}
        for name, look in looks().paragraphs.items():
            is_built_in = name in styles
            style: Any = styles[name] if is_built_in else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
            if not is_built_in:
                style.base_style = styles["Normal"]
            _dress(style, look.size, look.color)
            style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(look.above), Pt(look.below)
            style.paragraph_format.line_spacing = 1.12
            style.paragraph_format.keep_with_next = look.kept
            dressed[name] = style
        for name, edge in (("Title", None), ("Quote", "left"), ("Annex", "top")):
            _border(dressed[name].element.get_or_add_pPr(), edge)
        small = dressed["List Bullet 2"].paragraph_format  # for the cells of tables
        small.left_indent, small.first_line_indent = Cm(0.45), Cm(-0.45)
        dressed["Footer"].paragraph_format.tab_stops.clear_all()
        dressed["Quote"].paragraph_format.left_indent = Cm(0.5)
        return dressed

    def _fill(self, paragraph: "Paragraph", words: Sequence[WordRun], style: str) -> None:
        element: Any = paragraph.paragraph_format.element
        element.style = self._styles[style].style_id  # python-docx's own setter goes through all styles each time
        turned = _turned("".join(run.text for run in words))
        if turned:
            _put(paragraph.paragraph_format.element.get_or_add_pPr(), "w:bidi")
        for word in words:
            run = paragraph.add_run(word.text)
            _look(run, word.look)
            if turned:
                run.font.rtl = True
            if word.look & TRACKED:
                self._track(run.font.element, DELETED if DELETED in word.look else INSERTED)

    def _track(self, run: Any, kind: str) -> None:
        self._changes += 1
        change = OxmlElement("w:del" if kind == DELETED else "w:ins")
        for name, value in (("id", str(self._changes)), ("author", AUTHOR), ("date", self._date)):
            change.set(qn(f"w:{name}"), value)
        run.addprevious(change)
        change.append(run)
        if kind == DELETED:
            for text in run.findall(qn("w:t")):
                text.tag = qn("w:delText")


def document_on(assessment: Assessment, footer: str) -> WordDocument:
    """Return an empty document on an assessment."""
    created = datetime.fromisoformat(assessment.provenance.made_at)
    return WordDocument(identity_of(assessment).name, created, footer)


def _dress(style: Any, size: float, color: str) -> None:
    """Set font, size and color of a style, in place of what the template has."""
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for kind in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{kind}"), FONT)
    style.font.size, style.font.color.rgb = Pt(size), RGBColor.from_string(color)
    style.font.bold = style.font.italic = False


def _look(run: Any, look: frozenset[str]) -> None:
    if "evidence" in look:
        shade = _put(run.font.element.get_or_add_rPr(), "w:shd", "clear")
        shade.set(qn("w:fill"), MARK)
        run.font.underline = True
    if "bold" in look:
        run.font.bold = True
    if "italic" in look:
        run.font.italic = True
    if "struck" in look:
        run.font.strike = True
    color = next((COLORS[name] for name in COLORS if name in look), SOFT if "quiet" in look else "")
    if color:
        run.font.color.rgb = RGBColor.from_string(color)


def _border(properties: Any, edge: str | None) -> None:
    """Leave of the borders of a paragraph none, or a line at one edge."""
    for old in properties.findall(qn("w:pBdr")):
        properties.remove(old)
    if edge is not None:
        border = OxmlElement("w:pBdr")
        line = _put(border, f"w:{edge}", "single")
        for name, value in (("sz", "12"), ("space", "8"), ("color", RULE)):
            line.set(qn(f"w:{name}"), value)
        properties.insert_element_before(
            border, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:outlineLvl", "w:rPr"
        )


def _field(paragraph: "Paragraph", code: str) -> None:
    """Add a field that the office program fills, with "1" until then."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    paragraph.paragraph_format.element.append(field)
    paragraph.add_run("1")
    field.append(paragraph.runs[-1].font.element)


def _tbl(table: "Table") -> Any:
    return table.cell(0, 0).paragraphs[0].paragraph_format.element.getparent().getparent().getparent()


def _put(parent: Any, name: str, value: str | None = None) -> Any:
    """Append an element, with a w:val where one is given."""
    element = OxmlElement(name)
    if value is not None:
        element.set(qn("w:val"), value)
    parent.append(element)
    return element


def _turned(text: str) -> bool:
    """Return whether a text runs from right to left: its first letter with a direction decides."""
    first = next((kind for kind in map(bidirectional, text) if kind in {"L", *RIGHT_TO_LEFT}), "L")
    return first in RIGHT_TO_LEFT
