"""An SQLite file of an index, whose errors say what to do next."""

import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from impact.errors import ImpactError

WAIT = 60
"""Seconds for which another command that writes is waited for. Source: project judgment; it saves each portion."""

_UNWRITABLE = frozenset({sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH})
_DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR, sqlite3.SQLITE_MISMATCH})
_IN_USE = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})


class UnwritableError(ImpactError):
    """An index that this user may not write to."""


class IndexDatabase:
    """An SQLite file in the folder of an index; what is run outside a transaction is kept at once."""

    def __init__(self, path: Path, tables: str) -> None:
        """Open the file, and make the tables that it lacks.

        Raises:
            ImpactError: If it cannot be opened, or is damaged.
        """
        self._path = path
        try:
            # Whichever thread collects a library that is no longer used closes the file.
            self._base = sqlite3.connect(path, timeout=WAIT, isolation_level=None, check_same_thread=False)
            self._base.executescript(tables)
        except sqlite3.Error as error:
            raise self._refusal(error) from error

    @property
    def writing(self) -> bool:
        """Whether a transaction has begun."""
        return self._base.in_transaction

    def begin(self) -> None:
        """Begin a transaction; another process that writes is waited for."""
        self.run("BEGIN IMMEDIATE")

    def end(self, *, keep: bool) -> None:
        """Keep what the transaction wrote, or not; without a transaction nothing happens."""
        if self.writing:
            self.run("COMMIT" if keep else "ROLLBACK")

    def run(self, query: str, values: Sequence[object] = ()) -> int:
        """Run a statement and return the number of the row that it inserted last, 0 for none."""
        try:
            return self._base.execute(query, values).lastrowid or 0
        except sqlite3.Error as error:
            raise self._refusal(error) from error

    def run_all(self, query: str, rows: Iterable[Sequence[object]]) -> None:
        """Run a statement for each row of values."""
        try:
            self._base.executemany(query, rows)
        except sqlite3.Error as error:
            raise self._refusal(error) from error

    def rows(self, query: str, values: Sequence[object] = ()) -> list[Any]:
        """Return all rows that a query gives."""
        try:
            return self._base.execute(query, values).fetchall()
        except sqlite3.Error as error:
            raise self._refusal(error) from error

    def close(self) -> None:
        """Close the file; what was not kept is lost."""
        self._base.close()

    def _refusal(self, error: sqlite3.Error) -> ImpactError:
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
        folder = self._path.parent
        if code in _UNWRITABLE:
            message = f"{self._path} cannot be opened or written to: {error}"
            return UnwritableError(message, f"Ask the owner of {folder} for permission to write to it")
        if code in _IN_USE:
            message = f"{self._path} is in use by another command: {error}"
            return ImpactError(message, "Wait until the other command has ended, and try again")
        if code in _DAMAGED:
            message = f"{self._path} is damaged: {error}"
            return ImpactError(message, f"Delete {folder}; it is made anew when the library is opened")
        return ImpactError(f"{self._path} cannot be used: {error}", "Free disk space, and try again")
