"""Erase a proposal: file, text and analyses go; the chain stays whole, with digests where there was content."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from impact.review.store import chain_links, filing, indexing
from impact.review.store.access import check_owner, find_row
from impact.review.store.chain import ERASE, ChainLink
from impact.review.store.clause_search import CLAUSE_SEARCH
from impact.review.store.store import Store
from impact.review.store.tables import AnalysisRow, LinkRow, ProposalRow
from impact.review.values.users import User


def erase(store: Store, by: User, proposal: str, now: datetime, why: str = "asked") -> ChainLink:
    """Erase a proposal for good.

    What stays: links of the chain with digests of what they held, and a last one that says when it was erased, why
    ("asked" or "retention") and the digests of the files. A file that another proposal has too stays for that one.

    Raises:
        UnknownError: If there is no such proposal, or this person may not see it.
        ForbiddenError: If this person neither submitted it nor administers.
    """
    with store.writing() as session:
        chain_links.lock(session)
        row = find_row(session, by, proposal)
        check_owner(by, row)
        link = _erase(store, session, row, now, why)
        _purge(session)
    sweep(store)
    return link


def expire(store: Store, now: datetime) -> tuple[str, ...]:
    """Erase the proposals whose time has come, and files left by a program that was killed; return their ids."""
    due = select(ProposalRow).where(ProposalRow.keep_until <= now).order_by(ProposalRow.created)
    erased: list[str] = []
    with store.writing() as session:
        chain_links.lock(session)
        for row in session.scalars(due).all():
            erased.append(row.id)
            _erase(store, session, row, now, "retention")
        if erased:
            _purge(session)
    sweep(store)
    return tuple(erased)


def _erase(store: Store, session: Session, row: ProposalRow, now: datetime, why: str) -> ChainLink:
    digests = {row.digest}
    for files in session.scalars(select(AnalysisRow.files).where(AnalysisRow.proposal == row.id)):
        digests.update(files.values())
    digests.update(signature.digest for signature in chain_links.signatures(session, row.id))
    name = row.id
    session.execute(update(LinkRow).where(LinkRow.proposal == name, LinkRow.kind != ERASE).values(body=None))
    store.search.remove(session.connection(), name)
    indexing.forget(session.connection(), name)
    session.delete(row)
    session.flush()
    body = {"why": why, "files": sorted(digests)}
    return chain_links.append(session, ERASE, name, body, now)


def _purge(session: Session) -> None:
    """Leave no word of erased clauses in the index; it takes seconds in a large store, so once for all of them."""
    connection = session.connection()
    CLAUSE_SEARCH[connection.dialect.name].purge(connection)


def sweep(store: Store) -> None:
    """Take away files that nothing refers to, and what SQLite keeps of deleted rows outside of its tables."""
    filing.sweep(store)
    if store.engine.dialect.name == "sqlite":
        with store.engine.connect() as connection:
            driver = connection.connection.driver_connection
            if driver is not None:
                driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")
