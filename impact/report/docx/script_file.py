"""The same script as a Word document."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from impact.present.cleaning import clipped, plain
from impact.records import Assessment
from impact.report.docx.runs import WordRun, trimmed
from impact.report.docx.sheet import WordDocument
from impact.report.drafts.script import DraftLine, LineKind, spaced
from impact.report.quotes.quote import Piece
from impact.report.view.identity import identity_of

if TYPE_CHECKING:
    from docx.text.paragraph import Paragraph

HEADER = 90
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
    """Return the script as a DOCX file; equal scripts give equal bytes.

    Args:
        lines: The script.
        assessment: What it is about, for the header and the time in the file.
        footer: What the foot of each page says.
    """
    made = datetime.fromisoformat(assessment.provenance.made_at)
    sheet = WordDocument(clipped(identity_of(assessment).name, HEADER), made, footer)
    told: list[Paragraph] = []
    before: DraftLine | None = None
    for line in lines:
        if line.kind is LineKind.QUOTE:
            sheet.paragraph([WordRun(plain(line.label))], "Place")
            if line.stem:
                sheet.paragraph([WordRun(line.stem, QUIET)], "Quote")
            runs = trimmed(WordRun(spaced(run, code=line.code), _look(run)) for run in line.runs)
            told.append(sheet.paragraph(runs, "Quote"))
        else:
            label = [WordRun(f"{plain(line.label)}: ", BOLD)] if line.label else []
            told.append(sheet.paragraph([*label, WordRun(plain(line.text))], STYLES[line.kind]))
        opens = before and before.kind is LineKind.SUBHEADING and line.kind in {LineKind.TEXT, LineKind.BULLET}
        if line.kind is LineKind.QUOTE or opens:
            told[-1].paragraph_format.keep_with_next = True
        if (
            before and before.kind is line.kind is LineKind.TEXT and before.label
        ):  # the rights of a concern stay with it
            told[-2].paragraph_format.keep_with_next = True
        before = line
    for last_but_one in told[-2:-1]:  # so that the last does not stand on a page alone
        last_but_one.paragraph_format.keep_with_next = True
    return sheet.packed()


def _look(run: Piece) -> frozenset[str]:
    return MARKED if run.marked else QUIET if run.gap else frozenset()
