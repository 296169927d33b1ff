"""A batch on one page and in tables: which documents to read first and why (docs/portfolio.md).

Everything is made from DIR/*/record.json and report.json alone, so that it can be made again from results.
"""

from datetime import datetime
from pathlib import Path

FILE_NAMES = ("index.html", "portfolio.csv", "portfolio.xlsx", "findings.parquet", "clauses.parquet")


def write(out: Path, now: datetime, library: Path | None = None) -> None:
    """Write the portfolio of the results in `out`: all files or none, each beside its place first.

    The same results, versions and `now` give the same bytes.

    Args:
        out: The folder of a batch.
        now: When the portfolio is made; stands on the page and in the workbook.
        library: Folder of known proposals (`impact match --add`, or another batch) to look for re-issues of.

    Raises:
        ImpactError: If the folder cannot be written to.
    """
    from impact.batch.portfolio.files import write_files

    write_files(out, now, FILE_NAMES, library)


__all__ = ["FILE_NAMES", "write"]
