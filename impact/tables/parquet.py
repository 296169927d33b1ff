"""Rows as Parquet."""

import gzip
import json
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from errno import EIO
from glob import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from impact.tables.columns import Column, cells_of
from impact.tables.engine import TYPES, connect

GROUP = 20_000
"""Rows of a row group. Source: some 20 MB of clauses of 1 kB, which are in memory at a time."""

LONGEST = 64 << 20
"""Bytes of a row as JSON. Source: a clause is no longer than its document, which has some 32 MB of text at most."""

_FASTEST = 1


@contextmanager
def open_parquet(path: Path, columns: Collection[Column]) -> Iterator[Callable[[Iterable[Any]], None]]:
    """Open a Parquet file, and yield what adds rows to it; the same rows give the same bytes.

    It is written at the end. Until then rows lie in a packed file beside it, so that memory does not grow with them.
    No text in the rows has half a surrogate pair.

    Raises:
        OSError: If it cannot be written.
    """
    aside = path.with_name(f".{path.name}.rows.part")
    names = [column.name for column in columns]
    try:
        with gzip.open(aside, "wt", compresslevel=_FASTEST, encoding="utf-8", newline="\n") as file:

            def add(rows: Iterable[Any]) -> None:
                for cells in cells_of(columns, rows):
                    file.write(json.dumps(dict(zip(names, cells, strict=True)), ensure_ascii=False) + "\n")

            yield add
        _convert(aside, path, columns)
    finally:
        aside.unlink(missing_ok=True)


def parquet_bytes(columns: Collection[Column], rows: Iterable[Any]) -> bytes:
    """Return rows as the bytes of a Parquet file."""
    with TemporaryDirectory(prefix="impact-") as folder:
        path = Path(folder, "rows.parquet")
        with open_parquet(path, columns) as add:
            add(rows)
        return path.read_bytes()


def _convert(rows: Path, path: Path, columns: Collection[Column]) -> None:
    from duckdb import IOException

    types = {column.name: TYPES[column.kind] for column in columns}
    with connect(threads=1) as database:
        read = database.read_json(
            escape(str(rows)),
            columns=types,
            format="newline_delimited",
            compression="gzip",
            maximum_object_size=LONGEST,
        )
        try:
            read.write_parquet(str(path), compression="zstd", row_group_size=GROUP)
        except IOException as error:
            raise OSError(EIO, str(error), str(path)) from error
