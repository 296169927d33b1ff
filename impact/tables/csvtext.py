"""Rows as CSV."""

import csv
from collections.abc import Iterable
from io import StringIO
from typing import Any

from impact.tables.cells import guarded


def csv_text(names: Iterable[str], rows: Iterable[Iterable[Any]]) -> str:
    """Return rows of cells, in the order of the names, as CSV with a header row.

    It begins with a byte order mark, by which spreadsheets know UTF-8 (read it as "utf-8-sig"). A cell that a
    spreadsheet could take for a formula has an apostrophe before it; all else is as in the text.
    """
    written = StringIO("\ufeff", newline="")
    written.seek(0, 2)
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(names)
    writer.writerows(map(guarded, row) for row in rows)
    return written.getvalue()
