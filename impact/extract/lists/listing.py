"""Lists of documents, as a meeting has them (XLSX, CSV): rows of number, title, source and agenda item."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from impact.errors import UnreadableError
from impact.extract.blocks.decode import decode
from impact.extract.detect.list_columns import WITHIN, ListColumns, columns_in, separator_of
from impact.extract.lists.workbook import MOST_CELLS, MOST_ROWS, sheets
from impact.extract.options import Options

LONGEST = 500
"""Characters of a field that are kept. Source: project judgment; titles have up to 300."""

NUMBER = re.compile(r"(?=.{0,40}\d)[^\s,;]{1,40}(?: [^\s,;]{1,20}){0,2}")
"""What the number of a document looks like: a digit in up to three words. Source: project judgment."""

Row = tuple[str, str, str, str]
"""Number, title, organizations, agenda item."""


def read_list(data: bytes, name: str, letter: str, ready: Callable[[], None]) -> bytes:  # noqa: ARG001
    """Return the rows of a list of documents as JSON, none if the table is none; a task of `impact.sandbox`."""
    ready()
    return json.dumps(list(rows_of(data, name, Options()))).encode()


def rows_of(data: bytes, name: str, options: Options) -> Iterator[Row]:
    """Yield the rows of all lists of documents in a workbook or CSV file.

    Raises:
        UnreadableError: If it is damaged; possibly after some rows.
    """
    if data.startswith(b"PK"):
        for _, rows in sheets(data, name, options):
            yield from _listed(rows)
    else:
        yield from _listed(csv_rows(decode(data, name).text))


def _listed(rows: Iterable[list[str]]) -> Iterator[Row]:
    """Yield the rows below the head of a list; nothing where there is no such head."""
    waiting = iter(rows)
    for cells in islice(waiting, WITHIN):
        columns = columns_in(cells)
        if columns:
            yield from _below(columns, waiting)
            return


def _below(columns: ListColumns, rows: Iterable[list[str]]) -> Iterator[Row]:
    for cells in rows:
        number, title, organizations, item = (" ".join(cell[:LONGEST].split()) for cell in columns.of(cells))
        if NUMBER.fullmatch(number):
            yield number, title, organizations, item


def csv_rows(text: str) -> Iterator[list[str]]:
    """Yield the rows of a CSV file whose head names the columns of a list; none if no row does."""
    separator = separator_of(text)
    if separator:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        try:
            yield from (cells[:MOST_CELLS] for cells in islice(reader, MOST_ROWS))
        except csv.Error as error:
            raise UnreadableError(f"a row of the list is damaged ({error})", "Export the list again") from error
