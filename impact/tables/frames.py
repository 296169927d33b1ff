"""Rows as a data frame of pandas, and data frames as CSV and Parquet."""

from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from impact.tables.cells import guarded
from impact.tables.columns import Column

if TYPE_CHECKING:
    from pandas import DataFrame

DTYPES = {int: "int64", float: "float64", bool: "bool"}
"""Of the columns of a frame by their kind; all others hold Python's values as they are."""

GROUP = 20_000
"""Rows of a row group, and so the most that is in memory. Source: some 20 MB of clauses of 1 kB."""


def frame_of(columns: Iterable[Column], rows: Iterable[Any]) -> "DataFrame":
    """Return rows as a data frame."""
    from pandas import DataFrame, Series

    records = list(rows)
    values = {
        column.name: Series(map(column.value, records), dtype=DTYPES.get(column.kind, "object")) for column in columns
    }
    return DataFrame(values)


def csv_text(frame: "DataFrame") -> str:
    """Return a frame as CSV with a header row.

    It begins with a byte order mark, by which spreadsheets know UTF-8 (read it as "utf-8-sig"). A cell that a
    spreadsheet could take for a formula has an apostrophe before it; all else is as in the text.
    """
    return "\ufeff" + frame.map(guarded).to_csv(index=False, lineterminator="\n")


class ParquetTable:
    """A Parquet file that is written a row group at a time."""

    def __init__(self, path: Path, columns: Iterable[Column]) -> None:
        """Open the file."""
        import pyarrow as pa
        from pyarrow.parquet import ParquetWriter

        types = {
            str: pa.string(),
            tuple[str, ...]: pa.list_(pa.string()),
            int: pa.int64(),
            float: pa.float64(),
            bool: pa.bool_(),
        }
        self._columns = tuple(columns)
        self._schema = pa.schema([pa.field(column.name, types[column.kind]) for column in self._columns])
        self._writer = ParquetWriter(path, self._schema, compression="zstd")
        self._rows: list[Any] = []

    def add(self, rows: Iterable[Any]) -> None:
        """Add rows, which have no half surrogate pair."""
        for row in rows:
            self._rows.append(row)
            if len(self._rows) >= GROUP:
                self._flush()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Write the rows that are left and close the file."""
        try:
            if error is None and self._rows:
                self._flush()
        finally:
            self._writer.close()

    def _flush(self) -> None:
        import pyarrow as pa

        frame = frame_of(self._columns, self._rows)
        table = pa.Table.from_pandas(frame, self._schema, preserve_index=False)
        self._writer.write_table(table.replace_schema_metadata(None))
        self._rows.clear()
