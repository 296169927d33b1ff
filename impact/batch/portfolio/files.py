"""Write all files of a portfolio, each report read one at a time."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from impact.batch.portfolio.frames import CLAUSES, FINDINGS, Frame, clause_rows, finding_rows
from impact.batch.portfolio.gather import Portfolio, gather, read_report
from impact.batch.portfolio.kinship import chains_of, matches_of, sweep
from impact.batch.portfolio.listing import to_csv
from impact.batch.portfolio.page import render
from impact.batch.portfolio.related import Ties, ties_of
from impact.batch.portfolio.workbook import Workbook
from impact.errors import ImpactError
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
        matches = matches_of(out, chains, portfolio, library)
        ties = ties_of(portfolio, chains, matches)
        links = [link for chain in chains for link in chain.links] + [match.link for match in matches]
        with _beside(out, names) as (page, table, book, findings, clauses):
            page.write_text(render(portfolio, taxonomy, chains, matches), encoding="utf-8", newline="\n")
            table.write_text(to_csv(portfolio, taxonomy, ties), encoding="utf-8", newline="")
            _stream(out, portfolio, (taxonomy, ties), (book, findings, clauses))
        sweep(out, links)
    except OSError as error:
        message = f"the portfolio in {out} cannot be written: {error.strerror or error}"
        raise ImpactError(message, "Free space or choose another folder; the reports themselves are kept") from error


def _stream(out: Path, portfolio: Portfolio, known: tuple[Taxonomy, Ties], places: tuple[Path, Path, Path]) -> None:
    """Write the files that hold every finding and every clause, a document at a time in reading order."""
    (taxonomy, ties), (book, findings, clauses) = known, places
    with (
        Workbook(book, portfolio, taxonomy, ties) as sheets,
        Frame(findings, FINDINGS) as found,
        Frame(clauses, CLAUSES) as read,
    ):
        for placed in portfolio.documents:
            report = read_report(out, placed.entry.record)
            if report is None:
                continue
            for row in finding_rows(placed, report, taxonomy):
                found.add(row)
                sheets.add_finding(row)
            for row in clause_rows(placed, report):
                read.add(row)


@contextmanager
def _beside(out: Path, names: tuple[str, ...]) -> Iterator[list[Path]]:
    """Yield a place beside each file; at the end put all in place, or remove them where something failed."""
    parts = [out / f".{name}.part" for name in names]
    try:
        yield parts
        for part, name in zip(parts, names, strict=True):
            part.replace(out / name)
    except BaseException:
        for part in parts:
            with suppress(OSError):
                part.unlink()
        raise
