"""Leaves no word of deleted rows in the files of the database, as far as a program may reach them."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, func, select, update
from sqlalchemy.exc import DBAPIError

from impact.review.store.chain import ERASE
from impact.review.store.failures import refusal_of
from impact.review.store.store import Store
from impact.review.store.tables import HeadRow, LinkRow
from impact.review.values.erasure import Remainder
from impact.review.values.refusals import StoreError

TABLES = (
    *("clause_words", "texts", "clauses", "extracts", "links", "analyses", "jobs", "facets", "touches", "proposals"),
    "pg_statistic",
)
"""Tables with words of documents and reviewers, or with digests of files, that PostgreSQL writes anew.

The last has what the planner sampled before step 0014; who does not own the database cannot have it written anew.
"""

PATIENCE = 2000
"""Milliseconds to wait for others who read or write. Source: project judgment; a person waits for the answer."""

LONGEST = 30_000
"""Milliseconds that writing a table anew may take, during which others wait. Source: project judgment."""

LATER = "the server tries again every hour, and `impact review erase --expired` does at once"
_LOG = Remainder(
    "PostgreSQL's write-ahead log (pg_wal), its archives and standby servers may contain words of the document",
    "the database server has recycled the log; ask those who run it",
)


def purge(store: Store) -> tuple[Remainder, ...]:
    """Purge what erasures since the last purge left in the database; return what could not be.

    Raises:
        StoreError: If the database fails meanwhile.
    """
    try:
        return _purge(store)
    except (sqlite3.Error, DBAPIError) as error:
        refusal = refusal_of(error) if isinstance(error, DBAPIError) else None
        what = " ".join(str(error).split())
        raise refusal or StoreError(f"the database could not be purged of erased rows: {what}", LATER) from error


def _purge(store: Store) -> tuple[Remainder, ...]:
    with store.reading() as session:
        last = session.scalar(select(func.max(LinkRow.seq)).where(LinkRow.kind == ERASE)) or 0
        done = session.scalars(select(HeadRow.purged)).one()
    is_sqlite = store.engine.dialect.name == "sqlite"
    left = _truncate(store) if is_sqlite else _rewrite(store) if last > done else ()
    if not left and last > done:
        with store.writing() as session:
            session.execute(update(HeadRow).where(HeadRow.purged < last).values(purged=last))
        if is_sqlite:
            _truncate(store)
    return left if is_sqlite else (*left, _LOG)


def _truncate(store: Store) -> tuple[Remainder, ...]:
    """Empty the log of SQLite, which overwrites deleted rows in its tables by itself (`secure_delete`)."""
    with store.engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        (before,) = driver.execute("PRAGMA busy_timeout").fetchone()
        driver.execute(f"PRAGMA busy_timeout = {PATIENCE}")
        try:
            busy, _, _ = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        finally:
            driver.execute(f"PRAGMA busy_timeout = {before}")
    if not busy:
        return ()
    return (
        Remainder(
            "the log of the database (review.sqlite-wal), because another program is reading", f"it ends; {LATER}"
        ),
    )


def _rewrite(store: Store) -> tuple[Remainder, ...]:
    """Have PostgreSQL write the tables anew: deleted rows stay in their files otherwise, even after `VACUUM`."""
    left: list[str] = []
    with _alone(store) as connection:
        for table in TABLES:
            try:
                connection.exec_driver_sql(f"VACUUM (FULL) {table}")
            except DBAPIError:
                left.append(table)
    if not left:
        return ()
    what = (
        f"old rows in the files of the database (tables {', '.join(left)}), because others use them or they are large"
    )
    return (Remainder(what, f"`VACUUM FULL` has run; {LATER}"),)


@contextmanager
def _alone(store: Store) -> Iterator[Connection]:
    """Give a connection without a transaction that does not wait for long."""
    with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql(f"SET lock_timeout = {PATIENCE}")
        connection.exec_driver_sql(f"SET statement_timeout = {LONGEST}")
        try:
            yield connection
        finally:
            connection.exec_driver_sql("RESET lock_timeout")
            connection.exec_driver_sql("RESET statement_timeout")
