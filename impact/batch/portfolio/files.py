"""Write all files of a portfolio, each report read one at a time."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from impact.batch.portfolio.gather import Portfolio, gather, read_report
from impact.batch.portfolio.kinship import chains_of, reissues_of, sweep
from impact.batch.portfolio.listing import document_row, proposal_rows
from impact.batch.portfolio.page import render
from impact.batch.portfolio.related import Ties, ties_of
from impact.batch.portfolio.workbook import open_portfolio
from impact.batch.store import beside
from impact.errors import ImpactError
from impact.tables.frames import csv_text, frame_of, open_parquet
from impact.tables.rows import BATCH_CLAUSES, BATCH_FINDINGS, PROPOSALS, clause_rows, finding_rows
from impact.taxonomy import load
from impact.taxonomy.values import Taxonomy


def write_files(out: Path, now: datetime, names: tuple[str, ...], library: Path | None) -> None:
    """Write the files `names` (page, CSV, workbook, findings, clauses, in this order), all or none.

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
        with beside(out, names) as (page, *tables):
            page.write_text(render(portfolio, taxonomy, chains, reissues), encoding="utf-8", newline="\n")
            _stream(out, portfolio, (taxonomy, ties), tables)
        sweep(out, links)
    except OSError as error:
        message = f"the portfolio in {out} cannot be written: {error.strerror or error}"
        raise ImpactError(message, "Free space or choose another folder; the reports themselves are kept") from error


def _stream(out: Path, portfolio: Portfolio, known: tuple[Taxonomy, Ties], places: Sequence[Path]) -> None:
    """Write the tables; those of findings and clauses a document at a time in reading order."""
    (taxonomy, ties), (table, book, findings, clauses) = known, places
    proposals = frame_of(PROPOSALS.values(), ((row,) for row in proposal_rows(portfolio, taxonomy, ties)))
    table.write_text(csv_text(proposals), encoding="utf-8", newline="")
    with (
        open_portfolio(book, portfolio, proposals) as sheet,
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
            sheet.add(frame_of(BATCH_FINDINGS.values(), rows))
            add_clauses((document, row) for row in clause_rows(report))
