"""Erase a proposal: file, text and analyses go; the chain stays whole, with digests where there was content."""

import json
import logging
from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from impact.review.store import blobs, chain_links, filing, indexing
from impact.review.store.access import check_owner, find_row
from impact.review.store.chain import ERASE, ChainLink
from impact.review.store.clause_search import CLAUSE_SEARCH
from impact.review.store.store import Store
from impact.review.store.tables import AnalysisRow, JobRow, LinkRow, ProposalRow
from impact.review.store.upkeep import erased
from impact.review.store.upkeep.purging import purge
from impact.review.values import timestamps
from impact.review.values.erasure import ErasureReceipt, Remainder
from impact.review.values.proposal import State
from impact.review.values.refusals import StoreError
from impact.review.values.users import User

PROGRAM = "impact"
"""Who erases what nobody asked to be."""

_log = logging.getLogger("impact.review")

_UNSWEPT = Remainder(
    "files and old rows of the database, because the program could not clear the store; its log gives the reason",
    "an administrator has resolved that and the next sweep has run",
)
"""The message of the error names folders of the server, which is not for everybody who may erase."""

_SERVERS = Remainder(
    "reports and page images in the memory of any other server of this store that is running",
    "that server looks for erasures, once a minute",
)
_BACKUPS = Remainder(
    "backups of the store that were made before",
    "you delete them; a restored database is erased again at the next start of the server or by"
    " `impact review erase --expired`",
)


def erase(store: Store, by: User, proposal: str, now: datetime, why: str = "asked") -> ErasureReceipt:
    """Erase a proposal for good.

    What stays: links of the chain with digests of what they held, and a last one that says when it was erased, by whom,
    why ("asked", "retention" or "restored") and the digests of the files. A file that another proposal has too stays
    for that one. The receipt says what else is left, and until when.

    Raises:
        UnknownError: If there is no such proposal, or this person may not see it.
        ForbiddenError: If this person neither submitted it nor administers.
    """
    with store.writing() as session:
        chain_links.lock(session)
        row = find_row(session, by, proposal)
        check_owner(by, row)
        running = session.scalar(
            select(JobRow.id).where(JobRow.proposal == row.id, JobRow.state == State.RUNNING.value)
        )
        link = _erase(store, session, row, now, (by.name, why))
        _purge(session)
    receipt = _receipt(link)
    absent = [digest for digest in receipt.files if not blobs.path_of(store.files, digest).exists()]
    try:
        left = (*sweep(store), *_remaining(store, receipt.files, absent))
    except StoreError as error:
        _log.warning("after erasing %s: %s (%s)", proposal, error.message, error.hint)
        left = (_UNSWEPT,)
    remains = (*_running(running is not None), *left, _SERVERS, _BACKUPS)
    return replace(receipt, remains=remains)


def expire(store: Store, now: datetime) -> tuple[str, ...]:
    """Erase the proposals whose time has come and those that a restored backup brought back; return their ids.

    Files left by a program that was killed go too.
    """
    due = select(ProposalRow).where(ProposalRow.keep_until <= now).order_by(ProposalRow.created)
    gone: list[str] = []
    with store.writing() as session:
        chain_links.lock(session)
        for name in _among(session, erased.listed(store.files)):
            gone.append(name)
            _erase(store, session, session.get_one(ProposalRow, name), now, (PROGRAM, "restored"))
        for row in session.scalars(due).all():
            gone.append(row.id)
            _erase(store, session, row, now, (PROGRAM, "retention"))
        if gone:
            _purge(session)
    sweep(store, now - filing.GRACE)
    return tuple(gone)


def restored(store: Store) -> tuple[str, ...]:
    """Return the ids of proposals that were erased and are there: a database from an older backup was brought back."""
    return stored(store, erased.listed(store.files))


def stored(store: Store, proposals: Collection[str]) -> tuple[str, ...]:
    """Return those of these ids whose proposals are in the store, in order."""
    with store.reading() as session:
        return _among(session, proposals)


def _among(session: Session, proposals: Collection[str]) -> tuple[str, ...]:
    """Return the ids in the store that are among these, which may be more than a query may name."""
    return tuple(name for name in session.scalars(select(ProposalRow.id).order_by(ProposalRow.id)) if name in proposals)


def latest(store: Store) -> int:
    """Return the number of the link of the last erasure; 0 where nothing was erased."""
    with store.reading() as session:
        return session.scalar(select(func.max(LinkRow.seq)).where(LinkRow.kind == ERASE)) or 0


def receipts(store: Store) -> tuple[ErasureReceipt, ...]:
    """Return what was erased, oldest first, as the chain records it."""
    with store.reading() as session:
        return tuple(map(_receipt, _erasures(session)))


def _erasures(session: Session) -> Iterator[ChainLink]:
    query = select(LinkRow).where(LinkRow.kind == ERASE, LinkRow.body.is_not(None)).order_by(LinkRow.seq)
    return map(chain_links.to_link, session.scalars(query))


def _erase(store: Store, session: Session, row: ProposalRow, now: datetime, who_why: tuple[str, str]) -> ChainLink:
    digests = {row.digest}
    for files in session.scalars(select(AnalysisRow.files).where(AnalysisRow.proposal == row.id)):
        digests.update(files.values())
    digests.update(signature.digest for signature in chain_links.signatures(session, row.id))
    name, (by, why) = row.id, who_why
    session.execute(update(LinkRow).where(LinkRow.proposal == name, LinkRow.kind != ERASE).values(body=None))
    store.search.remove(session.connection(), name)
    indexing.forget(session.connection(), name)
    session.delete(row)
    session.flush()
    body = {"why": why, "by": by, "files": sorted(digests)}
    return chain_links.append(session, ERASE, name, body, now)


def _purge(session: Session) -> None:
    """Leave no word of erased clauses in the index; it takes seconds in a large store, so once for all of them."""
    connection = session.connection()
    CLAUSE_SEARCH[connection.dialect.name].purge(connection)


def sweep(store: Store, since: datetime | None = None) -> tuple[Remainder, ...]:
    """Take away files that nothing refers to, and what the database keeps of deleted rows; return what is left of them.

    What was erased goes on the list of `erased`. Files written since a moment are spared, as `filing.sweep` has it.
    """
    with store.reading() as session:
        recorded = {link.proposal for link in _erasures(session)}
    erased.add(store.files, recorded - erased.listed(store.files))
    stuck = filing.sweep(store, since)
    what = f"parts of files that a stopped program left and that could not be deleted ({stuck})"
    parts = (Remainder(what, "their permissions allow it"),) if stuck else ()
    return (*parts, *purge(store))


def _receipt(link: ChainLink) -> ErasureReceipt:
    body = json.loads(link.body or "{}")
    time, files = timestamps.from_text(link.time), tuple(body.get("files", ()))
    return ErasureReceipt(link.proposal, time, body.get("by", ""), body.get("why", ""), files, link.seq, link.hash)


def _remaining(store: Store, digests: Collection[str], absent: Collection[str]) -> Iterator[Remainder]:
    with store.reading() as session:
        shared = filing.referenced(session) & set(digests)
    stuck = [digest for digest in digests if digest not in shared and blobs.path_of(store.files, digest).exists()]
    if shared:
        yield Remainder(f"files that another proposal has too ({_short(shared)})", "that proposal is erased")
    if stuck:
        yield Remainder(f"files that could not be deleted ({_short(stuck)})", "their permissions allow it")
    if absent:
        what = f"perhaps files in the folder of another server ({_short(absent)}); they were not in this one"
        yield Remainder(what, "that server sweeps its folder, within the hour")


def _running(is_running: bool) -> Iterator[Remainder]:  # noqa: FBT001 (its only argument)
    if is_running:
        yield Remainder("an analysis in the memory of a worker, which keeps nothing of it", "it ends")


def _short(digests: Collection[str]) -> str:
    return ", ".join(digest[:12] for digest in sorted(digests))
