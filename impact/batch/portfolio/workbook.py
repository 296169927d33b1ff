"""`portfolio.xlsx`: reading list, findings, coverage and failures, a sheet each (columns: docs/portfolio.md)."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from impact.batch.portfolio.coverage import ReadingGap, coverage_of
from impact.batch.portfolio.gather import Portfolio
from impact.tables.columns import Column, cell_columns
from impact.tables.frames import frame_of
from impact.tables.rows import BATCH_FINDINGS, PROPOSALS
from impact.tables.workbook import TableSheet, Workbook

if TYPE_CHECKING:
    from pandas import DataFrame

READING = {
    "place": 7,
    "level": 9,
    "number": 18,
    "title": 48,
    "reason": 80,
    "group": 12,
    "organizations": 32,
    "report": 26,
    "newest_revision": 32,
    "resembles": 48,
    "date": 12,
    "language": 10,
    "clauses_read": 12,
    "pages": 8,
    "pages_unread": 13,
    "name": 32,
}
FINDINGS = {
    "place": 7,
    "number": 18,
    "title": 36,
    "level": 9,
    "mechanism_name": 30,
    "clause_number": 14,
    "page": 7,
    "strength": 12,
    "confidence_words": 12,
    "text": 80,
    "evidence": 40,
    "rights_primary": 30,
    "articles_primary": 30,
    "scale": 7,
    "scope": 7,
    "irremediability": 15,
    "reason": 60,
    "safeguards": 24,
    "compounds": 24,
    "change": 11,
    "name": 32,
    "finding": 18,
}
GAPS = {"place": 7, "number": 18, "title": 48, "what was not read or not assessed": 80, "name": 32}
FAILED = {"name": 48, "stage": 11, "reason": 70, "hint": 60}
SAME = {"name": 48, "has the same bytes as": 48}


class PortfolioBook:
    """The workbook, open for findings; everything else is in it from the start."""

    def __init__(self, path: Path, portfolio: Portfolio, proposals: "DataFrame") -> None:
        """Open the file and write every sheet but the findings.

        Args:
            path: Where to write it.
            portfolio: What to show.
            proposals: A row a document, with the columns `PROPOSALS`.
        """
        self._book = Workbook(path, {"title": "Reading list"}, portfolio.now, streamed=True)
        reading = self._book.sheet("Reading list", _columns(PROPOSALS, READING), linked="report")
        full = "A sheet holds no more rows; all are in findings.parquet"
        self._findings: TableSheet = self._book.sheet("Findings", _columns(BATCH_FINDINGS, FINDINGS), full=full)
        reading.add(proposals.loc[proposals["outcome"] == "done", list(READING)])
        reading.add_filter()
        self._add("Coverage", GAPS, (_gap_cells(gap) for gap in coverage_of(portfolio).gaps))
        failures = ((record.name, record.stage, record.reason, record.hint) for record in portfolio.failures)
        self._add("Failures", FAILED, failures)
        if portfolio.duplicates:
            self._add("Duplicates", SAME, ((record.name, record.same_as) for record in portfolio.duplicates))

    def add_findings(self, findings: "DataFrame") -> None:
        """Add findings, a frame with the columns `BATCH_FINDINGS`."""
        self._findings.add(findings[list(FINDINGS)])

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Write the file."""
        self._findings.add_filter()
        self._book.__exit__(kind, error, trace)

    def _add(self, name: str, widths: Mapping[str, int], rows: Iterable[tuple[Any, ...]]) -> None:
        columns = cell_columns(widths)
        named = (dict(zip(widths, row, strict=True)) for row in rows)
        self._book.sheet(name, columns).add(frame_of(columns, named))


def _gap_cells(gap: ReadingGap) -> tuple[str | int, ...]:
    summary = gap.ranked.summary
    return (gap.ranked.place or "", summary.number, summary.title, gap.what, summary.record.name)


def _columns(columns: Mapping[str, Column], widths: Mapping[str, int]) -> list[Column]:
    """Return the columns of a sheet with the names that people read."""
    return [columns[name].as_(width, name.replace("_", " ")) for name, width in widths.items()]
