"""Rows as a data frame of pandas, and as Parquet."""

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

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


@contextmanager
def open_parquet(path: Path, columns: Collection[Column]) -> Iterator[Callable[[Iterable[Any]], None]]:
    """Open a Parquet file, which is written a row group at a time, and yield what adds rows to it.

    No text in the rows has half a surrogate pair.
    """
    import pyarrow as pa
    from pyarrow.parquet import ParquetWriter

    types = {
        str: pa.string(),
        tuple[str, ...]: pa.list_(pa.string()),
        int: pa.int64(),
        float: pa.float64(),
        bool: pa.bool_(),
    }
    schema = pa.schema([pa.field(column.name, types[column.kind]) for column in columns])
    group: list[Any] = []
    with ParquetWriter(path, schema, compression="zstd") as writer:

        def write() -> None:
            table = pa.Table.from_pandas(frame_of(columns, group), schema, preserve_index=False)
            writer.write_table(table.replace_schema_metadata(None))
            group.clear()

        def add(rows: Iterable[Any]) -> None:
            for row in rows:
                group.append(row)
                if len(group) >= GROUP:
                    write()

        yield add
        if group:
            write()
