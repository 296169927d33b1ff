"""DuckDB, which reads and writes Parquet: started so that it loads nothing from anywhere and leaves room for others."""

from typing import TYPE_CHECKING

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


def connect(threads: int = 0) -> "DuckDBPyConnection":
    """Return a database in memory that uses so many threads, or one a core for 0; whoever asks closes it."""
    import duckdb

    return duckdb.connect(config=SETTINGS | ({"threads": threads} if threads else {}))
