"""`findings.csv`: a row for each finding, for spreadsheets and pandas (columns: docs/findings-csv.md)."""

from dataclasses import asdict, replace

from impact.present.words import confidence, unassessed_words
from impact.records import Grade
from impact.report.jsonfile import report_of
from impact.report.view.sentences import paired
from impact.report.view.subject import ReportSubject
from impact.tables.frames import cell_frame, csv_text, frame_of
from impact.tables.rows import (
    SOURCE_FINDINGS,
    SOURCE_FINDINGS_READ_TWICE,
    FindingRow,
    SecondReaderRow,
    SourceRow,
    finding_rows,
)


def render(subject: ReportSubject) -> str:
    """Return the findings as CSV with a header row, firm ones before doubtful ones, and the gravest first.

    Where the document was not assessed, a row without a finding says so. Where there was a second reader, a column
    shows what it makes of each finding.
    """
    proposal, document = subject.assessment.proposal, subject.assessment.document
    source = SourceRow(document=document.id, source=document.source, number=proposal.number, title=proposal.title)
    rows = rows_of(subject)
    if subject.assessment.unassessed and not rows:
        return csv_text(cell_frame(SOURCE_FINDINGS, [_unassessed(source, subject.assessment.unassessed)]))
    if subject.assessment.second is None:
        return csv_text(frame_of(SOURCE_FINDINGS.values(), [(source, row) for row in rows]))
    opinions = (SecondReaderRow(second_reader=rated.finding.second or "") for rated in subject.assessment.findings)
    twice = [(source, row, second) for row, second in zip(rows, opinions, strict=True)]
    return csv_text(frame_of(SOURCE_FINDINGS_READ_TWICE.values(), twice))


def _unassessed(source: SourceRow, code: str) -> dict[str, str]:
    """Return the cells of the row that says that the document was not assessed; all others are empty."""
    cells = asdict(source) | {"level": Grade.UNASSESSED.value, "reason": unassessed_words(code)}
    return dict.fromkeys(SOURCE_FINDINGS, "") | cells


def rows_of(subject: ReportSubject) -> list[FindingRow]:
    """Return a row for each finding, in the order of the assessment; compounds stand in the rows of their findings."""
    assessment, taxonomy = subject.assessment, subject.taxonomy
    members = {compound.id: paired(compound, assessment) for compound in assessment.compounds}
    rows = {row.finding: row for row in finding_rows(report_of(assessment, taxonomy), taxonomy, members)}
    return [
        replace(
            rows[rated.finding.id],
            confidence=rated.finding.confidence,  # of which the report has four decimals only
            confidence_words=confidence(rated.finding)[0],
        )
        for rated in assessment.findings
    ]
