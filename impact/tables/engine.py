"""DuckDB, which reads and writes Parquet: started so that it loads nothing from anywhere and leaves room for others."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from errno import EIO
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from impact.errors import ImpactError
from impact.tables.columns import Column

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "memory_limit": "2GB",
}
"""How it is started.

Source: duckdb.org, "Configuration"; it may take 80 % of the memory of a machine by default, and load extensions from
the network when a query asks for them.
"""

TYPES: dict[Any, str] = {
    str: "VARCHAR",
    tuple[str, ...]: "VARCHAR[]",
    int: "BIGINT",
    int | None: "BIGINT",
    float: "DOUBLE",
    bool: "BOOLEAN",
}
"""Types of columns, by kind."""

EMPTY: dict[Any, str | None] = {str: "", tuple[str, ...]: "[]", int: "0", int | None: None, float: "0", bool: "false"}
"""What a row of a part has, as text, in a column that the part lacks, by kind."""

_MEETING = "regexp_extract(filename, '/meeting=([^/]*)/[^/]*$', 1)"
"""The meeting of a part: its own folder says it, and no folder above the archive."""

Rows = list[dict[str, Any]]
Values = Mapping[str, Any]
"""Values by the names that a statement has for them behind a "$"."""

NO_VALUES: Values = MappingProxyType({})


def connect(threads: int = 0, spill: str = "") -> "DuckDBPyConnection":
    """Return a database in memory; whoever asks closes it.

    Args:
        threads: How many it uses; one a core for 0.
        spill: Folder for what does not fit into its memory; nothing is put aside without one.
    """
    import duckdb

    more = {"threads": threads} if threads else {}
    return duckdb.connect(config=SETTINGS | more | {"temp_directory": spill})


@dataclass(frozen=True, slots=True)
class PartSet:
    """The Parquet parts of a table, in folders by meeting.

    Attributes:
        paths: Paths, or addresses of the file system that the database is opened with.
        columns: What the table has; parts that another version wrote may lack some.
    """

    name: str
    paths: Sequence[str]
    columns: Mapping[str, Column]


class PartDatabase:
    """Tables over Parquet parts, asked in SQL; beside their own columns they have `meeting`, `file` and `line`."""

    def __init__(self, database: "DuckDBPyConnection") -> None:
        """Take the database over."""
        self._database = database

    def run(self, statement: str, values: Values = NO_VALUES) -> None:
        """Do what a statement says.

        Raises:
            OSError: If a part cannot be read.
        """
        with _readable():
            self._database.execute(statement, dict(values))

    def rows(self, query: str, values: Values = NO_VALUES) -> Rows:
        """Return the rows that a query gives, by names of columns; lists are tuples.

        Raises:
            OSError: If a part cannot be read.
        """
        with _readable():
            result = self._database.execute(query, dict(values))
            names = [column[0] for column in result.description]
            return [dict(zip(names, map(_cell, row), strict=True)) for row in result.fetchall()]

    def write(self, query: str, path: str, group: int) -> None:
        """Write the rows that a query gives as Parquet, in groups of so many.

        Raises:
            OSError: If a part cannot be read, or the file not be written.
        """
        with _readable():
            self._database.sql(query).write_parquet(path, compression="zstd", row_group_size=group)


@contextmanager
def open_parts(tables: Sequence[PartSet], filesystem: Any = None) -> Iterator[PartDatabase]:
    """Open Parquet parts as tables of a database, which lasts as long as the context.

    Args:
        tables: Without paths, a table is there and empty.
        filesystem: File system of fsspec to which the paths belong; None for paths of this machine.

    Raises:
        OSError: If a part cannot be read.
    """
    with TemporaryDirectory(prefix="impact-") as spill, connect(spill=spill) as database:
        if filesystem is not None:
            database.register_filesystem(filesystem)
        parts = PartDatabase(database)
        for table in tables:
            parts.run(_view(table))
        yield parts


def _cell(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def literal(text: str) -> str:
    """Return a text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"


def caseless(text: str) -> str:
    """Return what compares a text of a query without regard to case; a sigma is the same at the end of a word.

    Source: Unicode Character Database, CaseFolding.txt: U+03C2 folds to U+03C3. DuckDB's `lower` keeps them apart.
    """
    return f"replace(lower({text}), '\u03c2', '\u03c3')"


def _view(table: PartSet) -> str:
    if table.paths:
        names = ", ".join(f'"{name}"' for name in table.columns)
        columns = f"{names}, {_MEETING} AS meeting, file_index AS file, file_row_number AS line"
        return f"CREATE VIEW {table.name} AS SELECT {columns} FROM {_source(table)}"  # noqa: S608 (names of ours)
    kinds = ", ".join(f'"{name}" {TYPES[column.kind]}' for name, column in table.columns.items())
    return f"CREATE TABLE {table.name} ({kinds}, meeting VARCHAR, file BIGINT, line BIGINT)"


def _source(table: PartSet) -> str:
    """Return the parts as DuckDB reads them.

    Their columns are given: no part has to be opened to learn them, and those that a part lacks get an empty value.
    """
    paths = ", ".join(map(literal, table.paths))
    columns = ", ".join(_column(name, column) for name, column in table.columns.items())
    return (
        f"read_parquet([{paths}], schema = MAP {{{columns}}}, hive_partitioning = false, filename = true, "
        "file_row_number = true)"
    )


def _column(name: str, column: Column) -> str:
    empty = EMPTY[column.kind]
    value = "NULL::VARCHAR" if empty is None else literal(empty)
    return f"{literal(name)}: {{name: {literal(name)}, type: '{TYPES[column.kind]}', default_value: {value}}}"


@contextmanager
def _readable() -> Iterator[None]:
    import duckdb

    try:
        yield
    except (duckdb.IOException, duckdb.InvalidInputException) as error:  # a file that is gone, or is no Parquet
        raise OSError(EIO, str(error)) from error
    except duckdb.Error as error:
        if type(error) is duckdb.Error:  # what a file system of fsspec raised: a file that is gone
            raise OSError(EIO, str(error)) from error
        hint = "Free memory and disk space, check that impact is as new as what wrote the tables, then try again"
        raise ImpactError(f"the tables cannot be read ({type(error).__name__}: {error})", hint) from error
