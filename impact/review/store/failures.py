"""What a failing database means to a person: one line, and a way on."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, ProgrammingError

from impact.review.store.columns import HINT
from impact.review.values.refusals import DamagedError, FullError, LostError, StoreError

_OURS = (IntegrityError, ProgrammingError, DataError)
"""What only a mistake of the program leads to."""

DAMAGED = HINT
FULL = "Free disk space, then try again; nothing of this was stored"
LOST = "Check that the database server runs and can be reached, then try again; what was completed is stored"
_AGAIN = "Try again, and check whether another program has locked it"

_KINDS: tuple[tuple[type[StoreError], str, str, tuple[str, ...]], ...] = (
    (DamagedError, "the database is damaged", DAMAGED, ("SQLITE_CORRUPT", "SQLITE_NOTADB", "XX001", "XX002")),
    (FullError, "the disk of the database is full", FULL, ("SQLITE_FULL", "53100")),
    (LostError, "the connection to the database was lost", LOST, ("08", "57P", "53300")),
    (DamagedError, "the disk of the database fails", DAMAGED, ("SQLITE_IOERR", "58030")),
    (LostError, "the database cannot be opened", "Check that its folder exists and may be read", ("SQLITE_CANTOPEN",)),
)
"""Kind, message, hint, and the beginnings of the codes of SQLite and PostgreSQL.

Source: https://www.sqlite.org/rescode.html; PostgreSQL's documentation, appendix A.
"""


@contextmanager
def telling() -> Iterator[None]:
    """Give place to what asks a database, and say what its failures mean.

    Raises:
        StoreError: If the database fails: `DamagedError`, `FullError`, `LostError`, or it does not let go in time.
    """
    try:
        yield
    except DBAPIError as error:
        refusal = refusal_of(error)
        if refusal is None:
            raise
        raise refusal from error


def refusal_of(error: DBAPIError) -> StoreError | None:
    """Return what a failure means; None for a mistake of the program."""
    code, what = _code(error), " ".join(str(error.orig).split())
    for kind, message, hint, codes in _KINDS:
        if code.startswith(codes):
            return kind(f"{message}: {what}", hint)
    if isinstance(error, _OURS):
        return None
    if "decode to UTF-8" in what:
        return DamagedError(f"the database is damaged: {what}", DAMAGED)
    if error.connection_invalidated or (not code and hasattr(error.orig, "sqlstate")):
        return LostError(f"the connection to the database was lost: {what}", LOST)
    return StoreError(f"the database cannot be written to: {what}", _AGAIN)


def _code(error: DBAPIError) -> str:
    return str(getattr(error.orig, "sqlite_errorname", None) or getattr(error.orig, "sqlstate", None) or "")
