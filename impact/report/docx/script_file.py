"""The same script as a Word document."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from impact.present.cleaning import plain
from impact.records import Assessment
from impact.report.docx.document import document_on
from impact.report.docx.runs import WordRun, trimmed
from impact.report.quotes.quote import Piece
from impact.report.script import DraftLine, LineKind, spaced

if TYPE_CHECKING:
    from docx.text.paragraph import Paragraph

STYLES = {
    LineKind.TITLE: "Title",
    LineKind.HEADING: "Heading 1",
    LineKind.SUBHEADING: "Heading 2",
    LineKind.FIELD: "Fact",
    LineKind.TEXT: "Normal",
    LineKind.BULLET: "List Bullet",
    LineKind.QUIET: "Quiet",
}
BOLD = frozenset({"bold"})
MARKED = frozenset({"evidence"})
QUIET = frozenset({"quiet"})


def to_word(lines: Iterable[DraftLine], assessment: Assessment, footer: str) -> bytes:
    """Return the script as a DOCX file with a footer on each page; equal scripts give equal bytes."""
    document = document_on(assessment, footer)
    paragraphs: list[Paragraph] = []
    before: DraftLine | None = None
    for line in lines:
        if line.kind is LineKind.QUOTE:
            document.paragraph([WordRun(plain(line.label))], "Place")
            if line.stem:
                document.paragraph([WordRun(line.stem, QUIET)], "Quote")
            runs = trimmed(WordRun(spaced(run, code=line.code), _look(run)) for run in line.runs)
            paragraphs.append(document.paragraph(runs, "Quote"))
        else:
            label = [WordRun(f"{plain(line.label)}: ", BOLD)] if line.label else []
            paragraphs.append(document.paragraph([*label, WordRun(plain(line.text))], STYLES[line.kind]))
        opens = before and before.kind is LineKind.SUBHEADING and line.kind in {LineKind.TEXT, LineKind.BULLET}
        if line.kind is LineKind.QUOTE or opens:
            paragraphs[-1].paragraph_format.keep_with_next = True
        if (
            before and before.kind is line.kind is LineKind.TEXT and before.label
        ):  # the rights of a concern stay with it
            paragraphs[-2].paragraph_format.keep_with_next = True
        before = line
    for paragraph in paragraphs[-2:-1]:  # so that the last does not stand on a page alone
        paragraph.paragraph_format.keep_with_next = True
    return document.packed()


def _look(run: Piece) -> frozenset[str]:
    return MARKED if run.marked else QUIET if run.gap else frozenset()
