"""`portfolio.xlsx`: reading list, findings, coverage and failures, a sheet each (columns: docs/portfolio.md)."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from impact.batch.portfolio.coverage import ReadingGap, coverage_of
from impact.batch.portfolio.gather import Portfolio
from impact.tables.columns import sheets_of
from impact.tables.workbook import TableSheet, open_workbook

if TYPE_CHECKING:
    from pandas import DataFrame

FULL = "A sheet holds no more rows; all are in findings.parquet"


@contextmanager
def open_portfolio(path: Path, portfolio: Portfolio, proposals: "DataFrame") -> Iterator[TableSheet]:
    """Open the workbook, write every sheet but the findings, and yield theirs.

    Of `proposals`, a row is a document, with the columns of `PortfolioRow` first.
    """
    widths = sheets_of("portfolio.xlsx")
    with open_workbook(path, {"title": "Reading list"}, portfolio.now, streamed=True) as add_sheet:
        reading = add_sheet("Reading list", widths["Reading list"], linked="report")
        findings = add_sheet("Findings", widths["Findings"], full=FULL)
        done = proposals.loc[proposals["outcome"] == "done", [*widths["Reading list"]]]
        reading.add(done.itertuples(index=False, name=None))
        reading.add_filter()
        others: dict[str, list[tuple[str | int, ...]]] = {
            "Coverage": [_gap_cells(gap) for gap in coverage_of(portfolio).gaps],
            "Failures": [(record.name, record.stage, record.reason, record.hint) for record in portfolio.failures],
            "Duplicates": [(record.name, record.same_as) for record in portfolio.duplicates],
        }
        for name, rows in others.items():
            if rows or name != "Duplicates":
                add_sheet(name, widths[name]).add(rows)
        yield findings
        findings.add_filter()


def _gap_cells(gap: ReadingGap) -> tuple[str | int, ...]:
    summary = gap.ranked.summary
    return (gap.ranked.place or "", summary.number, summary.title, gap.what, summary.record.name)
