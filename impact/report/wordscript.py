"""The same script as a Word document."""

from collections.abc import Iterable
from datetime import datetime

from impact.records import Assessment
from impact.report.cleaning import clipped, plain
from impact.report.identity import identity_of
from impact.report.script import Kind, Line
from impact.report.wordsheet import Sheet, Words

HEADER = 90
STYLES = {
    Kind.TITLE: "Title",
    Kind.HEADING: "Heading 1",
    Kind.SUBHEADING: "Heading 2",
    Kind.FIELD: "Fact",
    Kind.TEXT: "Normal",
    Kind.BULLET: "List Bullet",
    Kind.QUIET: "Quiet",
}
BOLD = frozenset({"bold"})
MARKED = frozenset({"evidence"})
QUIET = frozenset({"quiet"})


def to_word(lines: Iterable[Line], assessment: Assessment, footer: str) -> bytes:
    """Return the script as a DOCX file; equal scripts give equal bytes.

    Args:
        lines: The script.
        assessment: What it is about, for the header and the time in the file.
        footer: What the foot of each page says.
    """
    made = datetime.fromisoformat(assessment.provenance.made_at)
    sheet = Sheet(clipped(identity_of(assessment).name, HEADER), made, footer)
    for line in lines:
        if line.kind is Kind.QUOTE:
            sheet.paragraph([Words(plain(line.label))], "Place")
            sheet.paragraph([Words(run.text, _look(run.marked, run.gap)) for run in line.runs], "Quote")
        else:
            label = [Words(f"{plain(line.label)}: ", BOLD)] if line.label else []
            sheet.paragraph([*label, Words(plain(line.text))], STYLES[line.kind])
    return sheet.packed()


def _look(marked: bool, gap: bool) -> frozenset[str]:  # noqa: FBT001 - the two marks of a piece
    return MARKED if marked else QUIET if gap else frozenset()
