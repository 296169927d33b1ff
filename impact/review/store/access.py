"""Rows of proposals: who may see them, and what values they make."""

import json
import re
from collections.abc import Iterable, Iterator

from sqlalchemy import BindParameter, ColumnElement, and_, exists, or_, select, true, tuple_
from sqlalchemy.orm import Session, lazyload

from impact.records import Level, ListedRow
from impact.review.store.tables import (
    ClauseTextRow,
    FolderReaderRow,
    FolderRow,
    ProposalRow,
    ReaderRow,
    TouchRow,
    UserRow,
    value_of,
)
from impact.review.values.proposal import State, StoredProposal
from impact.review.values.refusals import ForbiddenError, UnknownError
from impact.review.values.users import User

_PREFIX = re.compile("[0-9a-f]{4,16}")
"""The beginning of an id that is enough to name a proposal, if no other begins so. Source: git's own shortest."""

_PAIRS = 10_000
"""Pairs that a query names. Source: SQLite takes 32,766 values, PostgreSQL 65,535."""


def may_see(viewer: User) -> ColumnElement[bool]:
    """Return what holds for the proposals that a person may see."""
    return may_see_as(viewer.name, administers=viewer.administers)


def may_see_as(name: str | BindParameter[str], *, administers: bool) -> ColumnElement[bool]:
    """Return what `may_see` does, also for a name that is given later."""
    if administers:
        return true()
    named = exists().where(ReaderRow.proposal == ProposalRow.id, ReaderRow.name == name)
    return or_(ProposalRow.restricted.is_(False), named)


def find_row(session: Session, viewer: User, proposal: str, *, lock: bool = False) -> ProposalRow:
    """Return the row of a proposal that a person may see, by its id or the beginning of it that no other id has.

    With `lock`, others are kept from changing it until the session ends.

    Raises:
        UnknownError: If there is none, or this person may not see it.
    """
    query = select(ProposalRow).where(may_see(viewer))
    if lock:
        query = query.with_for_update(of=ProposalRow)
    row = session.scalars(query.where(ProposalRow.id == proposal)).first()
    if row is None and _PREFIX.fullmatch(proposal):
        candidates = session.scalars(query.where(ProposalRow.id.startswith(proposal)).limit(2)).all()
        row = candidates[0] if len(candidates) == 1 else None
    if row is None:
        raise UnknownError(f"there is no proposal {proposal!r}", "The list shows the available proposals")
    return row


def visible_rows(session: Session, viewer: User, chosen: Iterable[str]) -> list[ProposalRow]:
    """Return the rows of the proposals chosen, each once, or of all that a person may see; raises as `find_row`."""
    wanted = {row.id: row for row in (find_row(session, viewer, proposal) for proposal in chosen)}
    query = select(ProposalRow).where(may_see(viewer)).order_by(ProposalRow.id)
    return list(wanted.values()) if wanted else list(session.scalars(query))


def rows_of_document(session: Session, viewer: User, digest: str) -> list[ProposalRow]:
    """Return the rows of the proposals with this file that a person may see."""
    return list(session.scalars(select(ProposalRow).where(ProposalRow.digest == digest, may_see(viewer))))


def find_rows(session: Session, viewer: User, chosen: Iterable[str]) -> list[ProposalRow]:
    """Return the rows of those of these proposals that a person may see, by one query for all."""
    query = select(ProposalRow).where(may_see(viewer), ProposalRow.id.in_(tuple(chosen)))
    return list(session.scalars(query.options(lazyload(ProposalRow.readers))))


def clauses_of(session: Session, places: Iterable[tuple[str, str]]) -> dict[tuple[str, str], ClauseTextRow]:
    """Return the clauses with these pairs of a proposal and the id of a clause, by that pair."""
    clauses: dict[tuple[str, str], ClauseTextRow] = {}
    for pairs in _stretches(places):
        query = select(ClauseTextRow).where(tuple_(ClauseTextRow.proposal, ClauseTextRow.clause).in_(pairs))
        clauses |= {(row.proposal, row.clause): row for row in session.scalars(query)}
    return clauses


def reported_of(session: Session, places: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    """Return those of these pairs of a proposal and the id of a finding that its latest report has."""
    reported: set[tuple[str, str]] = set()
    for pairs in _stretches(places):
        pair = TouchRow.proposal, TouchRow.finding
        query = select(*pair).where(tuple_(*pair).in_(pairs)).distinct()
        reported |= {(proposal, finding) for proposal, finding in session.execute(query)}
    return reported


def _stretches(places: Iterable[tuple[str, str]]) -> Iterator[list[tuple[str, str]]]:
    wanted = sorted(set(places))
    return (wanted[start : start + _PAIRS] for start in range(0, len(wanted), _PAIRS))


def visible_ids(session: Session, viewer: User, proposals: Iterable[str]) -> tuple[str, ...]:
    """Return the ids of those of these proposals that a person may see."""
    query = select(ProposalRow.id).where(may_see(viewer), ProposalRow.id.in_(tuple(proposals)))
    return tuple(session.scalars(query))


def may_see_folder(viewer: User) -> ColumnElement[bool]:
    """Return what holds for the folders that a person may see."""
    if viewer.administers:
        return true()
    named = exists().where(FolderReaderRow.folder == FolderRow.id, FolderReaderRow.name == viewer.name)
    return or_(FolderRow.restricted.is_(False), named)


def find_folder(session: Session, viewer: User, folder: str) -> FolderRow:
    """Return the row of a folder that a person may see.

    Raises:
        UnknownError: If there is none, or this person may not see it.
    """
    row = session.scalars(select(FolderRow).where(FolderRow.id == folder, may_see_folder(viewer))).first()
    if row is None:
        raise UnknownError(f"there is no folder {folder!r}", "The list of folders shows those that you may see")
    return row


def in_folder(viewer: User, folder: str) -> ColumnElement[bool]:
    """Return what holds for the proposals in a folder, if a person may see that folder."""
    seen = exists().where(FolderRow.id == folder, may_see_folder(viewer))
    return and_(ProposalRow.folder == folder, seen)


def folders_of(session: Session, viewer: User, rows: Iterable[ProposalRow]) -> dict[str, str]:
    """Return the folder of each of these proposals that is in one that a person may see, by id."""
    listed = {row.id: row.folder for row in rows if row.folder}
    if not listed:
        return {}
    query = select(FolderRow.id).where(FolderRow.id.in_(set(listed.values())), may_see_folder(viewer))
    seen = set(session.scalars(query))
    return {proposal: folder for proposal, folder in listed.items() if folder in seen}


def check_names(session: Session, names: Iterable[str]) -> None:
    """Refuse names without an account.

    Raises:
        UnknownError: If there is one.
    """
    wanted = set(names)
    missing = wanted - set(session.scalars(select(UserRow.name).where(UserRow.name.in_(wanted))))
    if missing:
        listed = ", ".join(sorted(missing))
        raise UnknownError(f"there is no account with the name {listed}", "Enter the names of existing accounts")


def to_proposal(row: ProposalRow, folder: str = "") -> StoredProposal:
    """Return the value of a row; `folder` is its folder, if the person who asks may see that."""
    return value_of(
        StoredProposal,
        row,
        folder=folder,
        state=State(row.state),
        organizations=tuple(row.organizations),
        listed=ListedRow(**json.loads(row.listed)) if row.listed else None,
        level=Level(row.level) if row.level else None,
        firm_level=Level(row.firm_level or row.level) if row.level else None,
        restricted_to=tuple(sorted(reader.name for reader in row.readers)) if row.restricted else None,
    )


def restrict_row(row: ProposalRow, names: Iterable[str] | None) -> None:
    """Let only these people see a proposal; all, if None."""
    row.restricted = names is not None
    row.readers = [ReaderRow(name=name) for name in sorted(set(names or ()))]


def check_owner(viewer: User, row: ProposalRow) -> None:
    """Refuse who neither submitted a proposal nor is an administrator.

    Raises:
        ForbiddenError: If so.
    """
    if not viewer.administers and row.submitted_by != viewer.name:
        msg = f"only {row.submitted_by} or an administrator can do this with {row.id}"
        raise ForbiddenError(msg, "Ask one of these people")
