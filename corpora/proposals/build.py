"""Make the sample proposals from their sources: PDF by reportlab, DOCX by python-docx, plain text as Internet-Draft."""

import re
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docx import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle, getSampleStyleSheet
from reportlab.lib.units import mm
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

HERE = Path(__file__).resolve().parent
AUTHOR, DATE = "F. Editor", "2025-02-20T09:00:00Z"
MARK = re.compile(r"\{(\+\+|--)(.*?)(?:\+\+|--)\}")
LINES_ON_PAGE = 50


def read(name: str) -> tuple[dict[str, str], list[str]]:
    """Return the front matter and the blocks of a source."""
    _, head, body = (HERE / "sources" / f"{name}.md").read_text(encoding="utf-8").split("---\n", 2)
    facts = dict(line.split(": ", 1) for line in head.strip().splitlines())
    return facts, [block.strip() for block in body.split("\n\n") if block.strip()]


def accepted(block: str) -> str:
    """Return a block with its changes accepted."""
    return MARK.sub(lambda match: match[2] if match[1] == "++" else "", block)


def rows(block: str) -> list[list[str]]:
    """Return the cells of a table block."""
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in block.splitlines()]


def cover(facts: dict[str, str]) -> list[list[str]]:
    """Return the rows of the cover table of a contribution."""
    return [
        ["INTERNATIONAL TELECOMMUNICATION UNION", facts["number"]],
        ["TELECOMMUNICATION STANDARDIZATION SECTOR", facts["group"]],
        ["STUDY PERIOD 2025-2028", "Original: English"],
        ["Question(s): " + facts["questions"], facts["date"]],
        ["CONTRIBUTION", ""],
        ["Source:", facts["source"]],
        ["Title:", facts["title"]],
        ["Purpose:", facts["purpose"]],
        ["Contact:", facts["contact"]],
        ["Keywords:", facts["keywords"]],
    ]


def write_pdf(name: str) -> None:
    """Write NAME.pdf with running heads, the same bytes each time."""
    facts, blocks = read(name)
    styles = getSampleStyleSheet()
    body = ParagraphStyle(
        "body", parent=styles["BodyText"], fontName="Times-Roman", fontSize=11, leading=14, spaceAfter=6
    )
    story: list[Any] = [_table(cover(facts), body, [75 * mm, 95 * mm]), Spacer(1, 8 * mm)]
    for block in map(accepted, blocks):
        if block.startswith("#"):
            story.append(Paragraph(block.lstrip("# "), styles["Heading2"]))
        elif block.startswith("|"):
            story.append(_table(rows(block), body, [50 * mm] * 3))
        elif block:
            story.append(Paragraph(block.replace("`", ""), body))
    template = SimpleDocTemplate(
        str(HERE / f"{name}.pdf"),
        pagesize=A4,
        topMargin=25 * mm,
        bottomMargin=22 * mm,
        title=facts["title"],
        author=facts["source"],
        invariant=1,
    )

    def furniture(canvas: Any, document: Any) -> None:
        canvas.setFont("Times-Roman", 9)
        canvas.drawCentredString(A4[0] / 2, A4[1] - 15 * mm, f"- {document.page} -")
        canvas.drawCentredString(A4[0] / 2, 12 * mm, f"{facts['number']} (illustration)")

    template.build(story, onFirstPage=furniture, onLaterPages=furniture)


def _table(cells: list[list[str]], style: ParagraphStyle, widths: list[float]) -> Table:
    table = Table([[Paragraph(cell, style) for cell in row] for row in cells], colWidths=widths)
    table.setStyle(TableStyle([("GRID", (0, 0), (-1, -1), 0.5, "grey"), ("VALIGN", (0, 0), (-1, -1), "TOP")]))
    return table


def write_docx(name: str) -> None:
    """Write NAME.docx; marks in the source become tracked changes."""
    facts, blocks = read(name)
    document = WordDocument()
    properties = document.core_properties
    properties.title, properties.author = facts["title"], facts["source"]
    _word_table(document, cover(facts))
    for block in blocks:
        if block.startswith("#"):
            document.add_heading(block.lstrip("# "), level=1)
        elif block.startswith("|"):
            _word_table(document, rows(block))
        else:
            _tracked(document.add_paragraph(), block.replace("`", ""))
    document.save(str(HERE / f"{name}.docx"))


def _word_table(document: Any, cells: list[list[str]]) -> None:
    table = document.add_table(rows=0, cols=len(cells[0]), style="Table Grid")
    for row in cells:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text


def _tracked(paragraph: Any, block: str) -> None:
    """Fill a paragraph; a block that is one insertion gets a tracked paragraph mark too."""
    number = 0
    for kind, text in _runs(block):
        run = paragraph.add_run(text)
        if not kind:
            continue
        number += 1
        mark = _mark("w:ins" if kind == "++" else "w:del", number)
        run._r.addprevious(mark)
        mark.append(run._r)
        if kind == "--":
            for piece in run._r.findall(qn("w:t")):
                piece.tag = qn("w:delText")
    if re.fullmatch(r"\{\+\+[^{}]*\+\+\}", block):
        properties = paragraph._p.get_or_add_pPr()
        inner = OxmlElement("w:rPr")
        inner.append(_mark("w:ins", 99))
        properties.append(inner)


def _runs(block: str) -> Iterator[tuple[str, str]]:
    at = 0
    for match in MARK.finditer(block):
        if match.start() > at:
            yield "", block[at : match.start()]
        yield match[1], match[2]
        at = match.end()
    if at < len(block):
        yield "", block[at:]


def _mark(tag: str, number: int) -> Any:
    mark = OxmlElement(tag)
    for key, value in (("w:id", str(number)), ("w:author", AUTHOR), ("w:date", DATE)):
        mark.set(qn(key), value)
    return mark


def write_draft(name: str, target: str) -> None:
    """Write an Internet-Draft in its text layout: header, centered title, pages with form feeds."""
    facts, blocks = read(name)
    lines = [*_header(facts), ""]
    for block in blocks:
        if block.startswith("#"):
            lines += [block.lstrip("# "), ""]
        else:
            lines += [*textwrap.wrap(block, 72, initial_indent="   ", subsequent_indent="   "), ""]
    pages = [lines[at : at + LINES_ON_PAGE] for at in range(0, len(lines), LINES_ON_PAGE)]
    short = "Registrant Verification"
    text = []
    for number, page in enumerate(pages, 1):
        if number > 1:
            text += [f"Internet-Draft{short:^44}{facts['date']:>14}", "", ""]
        text += [
            *page,
            "",
            "",
            f"{facts['author'].split()[-1]:<22}{'Expires ' + facts['expires']:^28}{f'[Page {number}]':>22}",
        ]
        text.append("\f" if number < len(pages) else "")
    (HERE / target).write_text("\n".join(text), encoding="utf-8")


def _header(facts: dict[str, str]) -> list[str]:
    left = [facts["workgroup"], "Internet-Draft", f"Intended status: {facts['status']}", f"Expires: {facts['expires']}"]
    right = [facts["author"], facts["organization"], facts["date"], ""]
    head = [f"{a:<44}{b:>28}".rstrip() for a, b in zip(left, right, strict=True)]
    title = [line.center(72).rstrip() for line in textwrap.wrap(facts["title"], 60)]
    return ["", "", *head, "", "", *title, facts["docname"].center(72).rstrip(), ""]


if __name__ == "__main__":
    for each in ("new-network", "audio-payload", "careful-wallet"):
        write_pdf(each)
    for each in ("new-network", "street-cameras"):
        write_docx(each)
    draft = "draft-example-registrant-verification-00"
    write_draft(draft, "draft-example-regext-registrant-verification-00.txt")
