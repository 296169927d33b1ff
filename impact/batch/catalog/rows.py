"""What the Parquet parts of an archive say of a document: the portfolio's row with its origin, and its findings."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Any

from impact.batch.portfolio.gather import RankedDocument
from impact.batch.portfolio.listing import analyzed_values, record_values
from impact.batch.portfolio.order import tie_key
from impact.batch.portfolio.reasons import brief_of, reasons_of
from impact.batch.portfolio.summary import DocumentSummary, cut_around, summary_of
from impact.batch.record import Record, RecordOutcome
from impact.present.cleaning import shown
from impact.records import Level
from impact.records.report import Report, ReportFinding
from impact.tables.archived import (
    ARCHIVE_DOCUMENTS,
    ARCHIVE_FINDINGS,
    AnalysisKeyRow,
    ArchivedRow,
    FindingQuoteRow,
    stamp,
)
from impact.tables.parquet import parquet_bytes
from impact.tables.rows import FilingRow, FindingRow, PortfolioRow, finding_rows
from impact.tables.states import REMOVED
from impact.taxonomy.values import Taxonomy

QUOTE = 400
"""Characters of a clause that a row of a finding has. Source: project judgment; report.json has it whole."""

DIGEST = 12
"""Characters of the digest of a model. Source: as in reports."""

DocumentCells = tuple[ArchivedRow, PortfolioRow, FilingRow]
FindingCells = tuple[AnalysisKeyRow, FindingRow, FindingQuoteRow]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivedReading:
    """A reading of a document for an archive.

    Attributes:
        record: What came of it; its folder is the path of its results in the archive ("results/ab/cd/ID").
        source: Address of the document, its own in the archive, also where it lies in a container.
        meeting: Name of the meeting, as people write it; empty where there is none.
        at: When it was analyzed, or failed.
        program: Version of the program.

    Raises:
        ValueError: If it has no source, its time is of no time zone, or the record is that of a list of documents.
    """

    record: Record
    source: str
    meeting: str
    at: datetime
    program: str

    def __post_init__(self) -> None:
        stamp(self.at)
        if not self.source or self.record.outcome is RecordOutcome.LIST:
            msg = f"{self.record.name!r}: an archive has rows of documents with a source, not of lists"
            raise ValueError(msg)

    @property
    def id(self) -> str:
        """What tells this reading from others: of another source, time or content."""
        parts = (self.source, stamp(self.at), self.record.digest, self.record.versions)
        return sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class ArchivedDocument:
    """A reading as rows: that of the document, and those of its findings in the order of the text."""

    document: DocumentCells
    findings: tuple[FindingCells, ...] = ()


def archived(reading: ArchivedReading, report: Report | None, taxonomy: Taxonomy) -> ArchivedDocument:
    """Return a reading as rows; the report is None where the document was not analyzed.

    Raises:
        ValueError: If a document that was analyzed has no report, or another one has.
    """
    record = reading.record
    if (report is not None) != (record.outcome is RecordOutcome.DONE):
        msg = f"{record.name!r}: {record.outcome.value}, {'with' if report else 'without'} a report"
        raise ValueError(msg)
    if report is None:
        filing = FilingRow(part_of=shown(record.part_of), attached_to=shown(record.attached_to))
        return ArchivedDocument((_origin(reading, record.outcome.value), _bare(record), filing))
    summary = summary_of(record, report, taxonomy.mechanisms)
    document = RankedDocument(0, summary, reasons_of(summary, taxonomy), brief_of(summary, taxonomy))
    row = replace(_bare(record), **analyzed_values(document, taxonomy))
    filing = FilingRow(
        part_of=shown(record.part_of), attached_to=shown(record.attached_to), agenda_item=summary.agenda_item
    )
    return ArchivedDocument(
        (_analyzed_origin(reading, document, report), row, filing), tuple(_findings(reading, report, taxonomy))
    )


def removed(reading: ArchivedReading) -> ArchivedDocument:
    """Return the row by which a source that is gone, whose reading it was, leaves the lists."""
    record = reading.record
    row = PortfolioRow(outcome=REMOVED, name=shown(record.name), folder=shown(record.folder), document=record.digest)
    return ArchivedDocument((_origin(reading, REMOVED), row, FilingRow()))


def document_part(documents: Sequence[ArchivedDocument]) -> bytes:
    """Return the rows of documents as a Parquet part; write it behind `finding_part`, whose rows it announces."""
    return parquet_bytes(ARCHIVE_DOCUMENTS.values(), (document.document for document in documents))


def finding_part(documents: Sequence[ArchivedDocument]) -> bytes:
    """Return the rows of the findings of documents as a Parquet part; no bytes where there is no finding."""
    rows = [row for document in documents for row in document.findings]
    return parquet_bytes(ARCHIVE_FINDINGS.values(), rows) if rows else b""


def _bare(record: Record) -> PortfolioRow:
    values: dict[str, Any] = {name: shown(value) for name, value in record_values(record).items()}
    return PortfolioRow(**values)


def _origin(reading: ArchivedReading, state: str) -> ArchivedRow:
    return ArchivedRow(
        analysis=reading.id,
        source=shown(reading.source),
        analyzed_at=stamp(reading.at),
        meeting_name=shown(reading.meeting),
        state=state,
        order_key=tie_key("", reading.record.name),
        program=reading.program,
        versions=reading.record.versions,
    )


def _analyzed_origin(reading: ArchivedReading, document: RankedDocument, report: Report) -> ArchivedRow:
    summary = document.summary
    state = "assessed" if summary.has_place else "not assessed"
    quote = summary.quote
    models = tuple(f"{name} {digest[:DIGEST]}" for name, digest in report.provenance.models)
    return replace(
        _origin(reading, state),
        grade=summary.grade.value if summary.has_place or not summary.assessed else "",
        brief=document.brief,
        powers_high=_powers(summary, Level.HIGH),
        powers_medium=_powers(summary, Level.MEDIUM),
        powers_low=_powers(summary, Level.LOW),
        findings=sum(1 for _ in report.findings()),
        quote=quote.text if quote else "",
        quote_number=quote.number if quote else "",
        quote_page=quote.page if quote else 0,
        quote_mechanism=quote.mechanism if quote else "",
        order_key=tie_key(summary.number, reading.record.name),
        models=models,
    )


def _powers(summary: DocumentSummary, level: Level) -> tuple[str, ...]:
    return tuple(power.mechanism for power in summary.powers if power.firm is level)


def _findings(reading: ArchivedReading, report: Report, taxonomy: Taxonomy) -> Iterator[FindingCells]:
    key = AnalysisKeyRow(analysis=reading.id)
    for (clause, finding), row in zip(report.findings(), finding_rows(report, taxonomy), strict=True):
        quote = cut_around(clause.text, finding.evidence[0].quote, QUOTE)
        yield key, row, FindingQuoteRow(articles_secondary=_secondary(finding), quote=quote)


def _secondary(finding: ReportFinding) -> tuple[str, ...]:
    articles = (article for right in finding.rights if right.link == "secondary" for article in right.articles)
    return tuple(dict.fromkeys(articles))
