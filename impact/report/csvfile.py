"""`findings.csv`: a row for each finding, for spreadsheets and pandas (columns: docs/findings-csv.md)."""

from dataclasses import asdict, replace

from impact.present.words import confidence, unassessed_words
from impact.records import Grade, ReviewRecord, ReviewVerdict
from impact.report.jsonfile import report_of
from impact.report.view.sentences import paired
from impact.report.view.subject import ReportSubject
from impact.tables.columns import cells_of, columns_of
from impact.tables.csvtext import csv_text
from impact.tables.rows import SOURCE_FINDINGS, FindingRow, ReviewRow, SecondReaderRow, SourceRow, finding_rows


def render(subject: ReportSubject) -> str:
    """Return the findings as CSV with a header row, firm ones before doubtful ones, and the gravest first.

    Where the document was not assessed, a row without a finding says so. Where there was a second reader, a column
    shows what it makes of each finding; where reviewers decided, further columns show what they did.
    """
    proposal, document = subject.assessment.proposal, subject.assessment.document
    source = SourceRow(document=document.id, source=document.source, number=proposal.number, title=proposal.title)
    rows = rows_of(subject)
    if subject.assessment.unassessed and not rows:
        return csv_text(SOURCE_FINDINGS, [_unassessed(source, subject.assessment.unassessed).values()])
    parts: list[list[object]] = [[source] * len(rows), list(rows)]
    if subject.assessment.second:
        parts.append(
            [SecondReaderRow(second_reader=found.finding.second or "") for found in subject.assessment.findings]
        )
    if subject.assessment.review:
        review = subject.assessment.review
        parts.append([_decision(review, found.finding.id) for found in subject.assessment.findings])
    columns = columns_of(
        SourceRow,
        FindingRow,
        *([SecondReaderRow] if subject.assessment.second else []),
        *([ReviewRow] if subject.assessment.review else []),
    )
    return csv_text(columns, cells_of(columns.values(), zip(*parts, strict=True)))


def _decision(review: ReviewRecord, finding: str) -> ReviewRow:
    """Return what was decided on a finding."""
    item = review.item(finding)
    return ReviewRow(
        decision=item.verdict.value if item else ReviewVerdict.UNDECIDED.value,
        decided_by=item.by if item else (),
        remark=item.remark if item else "",
        notes=tuple(f"{name}: {text}" for name, text in item.notes) if item else (),
        comments=tuple(f"{comment.author}, {comment.time}: {comment.text}" for comment in item.comments)
        if item
        else (),
        signed=tuple(f"{name}, {time}" for name, time in review.signatures),
    )


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
