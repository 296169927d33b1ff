"""Write all files of a portfolio, each report read one at a time."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from impact.batch.portfolio.gather import Portfolio, gather, read_report
from impact.batch.portfolio.kinship import chains_of, reissues_of, sweep
from impact.batch.portfolio.listing import ADDED_ROWS, added_rows, document_row, proposal_rows
from impact.batch.portfolio.page import render
from impact.batch.portfolio.related import ties_of
from impact.batch.portfolio.workbook import open_portfolio
from impact.batch.store import beside
from impact.errors import ImpactError
from impact.tables.columns import cells_of, columns_of, sheets_of
from impact.tables.csvtext import csv_text
from impact.tables.frames import frame_of
from impact.tables.parquet import open_parquet
from impact.tables.rows import BATCH_CLAUSES, BATCH_FINDINGS, PortfolioRow, clause_rows, finding_rows
from impact.tables.workbook import TableSheet
from impact.taxonomy import load
from impact.taxonomy.values import Taxonomy

FILE_NAMES = ("index.html", "portfolio.csv", "portfolio.xlsx", "findings.parquet", "clauses.parquet")


def write(out: Path, now: datetime, library: Path | None = None, *, refresh: int = 0) -> None:
    """Write the portfolio of the results in `out`: all files or none, each beside its place first.

    The same results, versions and `now`, which stands on the page and in the workbook, give the same bytes. In
    `library`, known proposals (`impact match --add`, or another batch), re-issues are looked for. With `refresh`, the
    page says that the batch runs, and reloads itself every so many seconds.

    Raises:
        ImpactError: If the folder cannot be written to.
    """
    taxonomy = load()
    try:
        portfolio = gather(out, now, taxonomy)
        chains = chains_of(out, portfolio, taxonomy)
        reissues = reissues_of(out, chains, portfolio, library)
        ties = ties_of(portfolio, chains, reissues)
        links = [link for chain in chains for link in chain.links] + [reissue.link for reissue in reissues]
        with beside(out, FILE_NAMES) as (page, *tables):
            page.write_text(
                render(portfolio, taxonomy, chains, reissues, refresh=refresh), encoding="utf-8", newline="\n"
            )
            kinds = [PortfolioRow, *added_rows(portfolio)]
            makers = (proposal_rows(portfolio, taxonomy, ties), *(ADDED_ROWS[kind](portfolio) for kind in kinds[1:]))
            proposals = frame_of(columns_of(*kinds).values(), zip(*makers, strict=True))
            cells = proposals.itertuples(index=False, name=None)
            tables[0].write_text(csv_text(proposals.columns, cells), encoding="utf-8", newline="")
            with open_portfolio(tables[1], portfolio, proposals) as sheet:
                _stream(out, portfolio, taxonomy, sheet, tables[2:])
        sweep(out, links)
    except OSError as error:
        hint = "Free disk space or choose another folder; the reports are kept"
        raise ImpactError(f"the portfolio in {out} cannot be written: {error.strerror or error}", hint) from error


def _stream(out: Path, portfolio: Portfolio, taxonomy: Taxonomy, sheet: TableSheet, places: Sequence[Path]) -> None:
    """Write findings and clauses, a document at a time in reading order."""
    findings, clauses = places
    shown = [BATCH_FINDINGS[name] for name in sheets_of("portfolio.xlsx")["Findings"]]
    with (
        open_parquet(findings, BATCH_FINDINGS.values()) as add_findings,
        open_parquet(clauses, BATCH_CLAUSES.values()) as add_clauses,
    ):
        for ranked in portfolio.documents:
            report = read_report(out, ranked.summary.record)
            if report is None:
                continue
            document = document_row(ranked)
            rows = [(document, row) for row in finding_rows(report, taxonomy)]
            add_findings(rows)
            sheet.add(cells_of(shown, rows))
            add_clauses((document, row) for row in clause_rows(report))
