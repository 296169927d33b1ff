"""Proposals in the store: submit, find, restrict, keep and erase."""

import json
import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, asc, desc, func, or_, select, text
from sqlalchemy.orm import Session

from impact.records.level import RANKS, UNRANKED
from impact.review.store import blobs, chain_links, filing, jobs
from impact.review.store.access import (
    check_names,
    check_owner,
    find_folder,
    find_row,
    folders_of,
    in_folder,
    may_see,
    restrict_row,
    to_proposal,
)
from impact.review.store.clause_search import CLAUSE_SEARCH, terms_of
from impact.review.store.search import index_words
from impact.review.store.store import Store
from impact.review.store.tables import ClauseTextRow, FacetRow, FolderRow, ProposalRow
from impact.review.values.proposal import ProposalPage, ProposalQuery, State, StoredProposal, Submission
from impact.review.values.refusals import ConflictError, UnknownError
from impact.review.values.users import User

MOST_BESIDE = 200
"""Proposals that came with another and are listed. Source: project judgment; contributions have under twenty."""

MOST_WORDS = 32
"""Words of a question that count. Source: project judgment; a title has fewer."""

ORDERS: dict[str, tuple[Any, ...]] = {
    "newest": (desc(ProposalRow.created), desc(ProposalRow.id)),
    "oldest": (asc(ProposalRow.created), asc(ProposalRow.id)),
    "gravest": (desc(ProposalRow.level_rank), desc(ProposalRow.created), desc(ProposalRow.id)),
    "title": (asc(func.lower(ProposalRow.title)), asc(ProposalRow.id)),
}


@filing.recording
def submit(store: Store, by: User, submission: Submission, now: datetime) -> tuple[StoredProposal, bool]:
    """Keep a file and queue its analysis. Whoever submits it is always among those who may see it.

    Returns:
        The proposal, and whether it is new: a file that is there already, and that this person may see, stays as it is.

    Raises:
        UnknownError: If a name is nobody's.
        StoreError: If the file cannot be kept.
    """
    names = None if submission.restricted_to is None else {*submission.restricted_to, by.name}
    with store.writing() as session:
        chain_links.lock(session)  # so that nobody erases the file while its row is being made
        (digest,) = filing.write(store, session, submission.data)
        same = select(ProposalRow).where(ProposalRow.digest == digest, may_see(by)).order_by(ProposalRow.created)
        existing = session.scalars(same).first()
        if existing:
            return _value(session, by, existing), False
        check_names(session, (names or set()) - {by.name})
        folder = find_folder(session, by, submission.folder).id if submission.folder else None
        created = ProposalRow(
            id=secrets.token_hex(8),
            digest=digest,
            source=submission.source,
            state=State.QUEUED.value,
            submitted_by=by.name,
            readings=submission.readings,
            created=now,
            updated=now,
            keep_until=submission.keep_until,
            folder=folder,
            came_with=submission.came_with,
            listed=json.dumps(asdict(submission.listed)) if submission.listed else "",
        )
        restrict_row(created, names)
        session.add(created)
        session.flush()
        store.search.index(session.connection(), created.id, index_words(created.source))
        jobs.queue(session, created.id, dict(submission.options), now)
        session.flush()
        session.refresh(created)
        return _value(session, by, created), True


def get(store: Store, viewer: User, proposal: str) -> StoredProposal:
    """Return a proposal by its id or the beginning of it.

    Raises:
        UnknownError: If there is none, or this person may not see it.
    """
    with store.reading() as session:
        return _value(session, viewer, find_row(session, viewer, proposal))


def came_with(store: Store, viewer: User, proposal: StoredProposal) -> tuple[StoredProposal, ...]:
    """Return the cover or message with which a proposal came, and what came with itself; of these what one may see."""
    with store.reading() as session:
        beside = or_(ProposalRow.came_with == proposal.id, ProposalRow.id == (proposal.came_with or None))
        query = select(ProposalRow).where(may_see(viewer), beside).order_by(ProposalRow.created, ProposalRow.id)
        return tuple(to_proposal(row) for row in session.scalars(query.limit(MOST_BESIDE)))


def original(store: Store, viewer: User, proposal: str) -> bytes:
    """Return the file as it was submitted.

    Raises:
        UnknownError: As `get`.
    """
    return blobs.get(store.files, get(store, viewer, proposal).digest)


def find(store: Store, viewer: User, query: ProposalQuery) -> ProposalPage:
    """Return the proposals asked for, of those that a person may see.

    Raises:
        UnknownError: If the order is none of `ORDERS`.
    """
    if query.order not in ORDERS:
        raise UnknownError(f"{query.order!r} is not a valid order", f"Choose from {', '.join(ORDERS)}")
    conditions = [may_see(viewer), *_conditions(store, viewer, query)]
    with store.reading() as session:
        total = session.scalar(select(func.count()).select_from(ProposalRow).where(*conditions)) or 0
        statement = select(ProposalRow).where(*conditions).order_by(*ORDERS[query.order])
        rows = session.scalars(statement.offset(query.offset).limit(query.limit)).all()
        folders = folders_of(session, viewer, rows)
        return ProposalPage(total, tuple(to_proposal(row, folders.get(row.id, "")) for row in rows))


def facets(store: Store, viewer: User) -> dict[str, tuple[tuple[str, int], ...]]:
    """Return what the proposals that a person may see can be filtered by, with how many have it.

    Returns:
        By "group", "right" and "mechanism": pairs of a value and a number, most frequent first.
    """
    visible = select(ProposalRow.id).where(may_see(viewer))
    count = func.count()
    with store.reading() as session:
        groups = session.execute(
            select(ProposalRow.group, count).where(may_see(viewer), ProposalRow.group != "").group_by(ProposalRow.group)
        ).all()
        query = select(FacetRow.kind, FacetRow.value, count).where(FacetRow.proposal.in_(visible))
        rows = session.execute(query.group_by(FacetRow.kind, FacetRow.value)).all()
    counts = {"group": [(name, number) for name, number in groups], "right": [], "mechanism": []}
    for kind, name, number in rows:
        counts[kind].append((name, number))
    return {kind: tuple(sorted(values, key=lambda pair: (-pair[1], pair[0]))) for kind, values in counts.items()}


def restrict(store: Store, by: User, proposal: str, names: Iterable[str] | None, now: datetime) -> StoredProposal:
    """Let only these people, the submitter and administrators see a proposal; all, if None.

    Raises:
        UnknownError: If there is no such proposal, or a name is nobody's.
        ForbiddenError: If this person neither submitted it nor administers.
    """

    def change(session: Session, row: ProposalRow) -> None:
        chosen = None if names is None else {*names, row.submitted_by}
        check_names(session, (chosen or set()) - {row.submitted_by})
        restrict_row(row, chosen)

    return _changed(store, by, proposal, now, change)


def set_retention(store: Store, by: User, proposal: str, until: datetime | None, now: datetime) -> StoredProposal:
    """Say until when a proposal is kept; for ever, if None. Raises as `restrict`."""

    def change(_session: Session, row: ProposalRow) -> None:
        row.keep_until = until

    return _changed(store, by, proposal, now, change)


def analyze_again(store: Store, by: User, proposal: str, options: Mapping[str, str], now: datetime) -> StoredProposal:
    """Queue another analysis, by a newer model for instance; decisions stay attached.

    Raises:
        UnknownError: If there is no such proposal.
        ForbiddenError: If this person neither submitted it nor decides.
        ConflictError: If one is queued or running.
    """
    with store.writing() as session:
        row = find_row(session, by, proposal, lock=True)
        if not by.decides:
            check_owner(by, row)
        if row.state in {State.QUEUED, State.RUNNING}:
            raise ConflictError(f"{row.id} is being analyzed", "Wait for the analysis")
        jobs.queue(session, row.id, options, now)
        row.state, row.reason, row.hint, row.updated = State.QUEUED.value, "", "", now
        session.flush()
        return _value(session, by, row)


def move(store: Store, by: User, proposal: str, folder: str, now: datetime) -> StoredProposal:
    """Put a proposal in a folder, or in none if empty.

    Whoever submitted it or administers may move it anywhere. Others may put it in a folder if it is in none, and take
    it out of a folder of their own.

    Raises:
        UnknownError: If there is no such proposal or folder.
        ForbiddenError: If this person may not.
    """
    return move_all(store, by, (proposal,), folder, now)[0]


def move_all(store: Store, by: User, chosen: Iterable[str], folder: str, now: datetime) -> tuple[StoredProposal, ...]:
    """Put proposals in a folder, or in none if empty: all of them, or none if one is refused; raises as `move`."""
    with store.writing() as session:
        target = find_folder(session, by, folder).id if folder else None
        rows = [find_row(session, by, proposal, lock=True) for proposal in sorted(set(chosen))]
        for row in rows:
            before = session.get(FolderRow, row.folder) if row.folder else None
            if before and before.owner != by.name:
                check_owner(by, row)
            row.folder, row.updated = target, now
        session.flush()
        return tuple(_value(session, by, row) for row in rows)


def _changed(
    store: Store, by: User, proposal: str, now: datetime, change: Callable[[Session, ProposalRow], None]
) -> StoredProposal:
    with store.writing() as session:
        chain_links.lock(session)
        row = find_row(session, by, proposal, lock=True)
        check_owner(by, row)
        change(session, row)
        row.updated = now
        session.flush()
        return _value(session, by, row)


def _conditions(store: Store, viewer: User, query: ProposalQuery) -> Iterable[ColumnElement[bool]]:
    query_words = index_words(query.text)[:MOST_WORDS]
    if query_words:
        yield text(store.search.condition).bindparams(words=store.search.to_parameter(query_words))  # type: ignore[misc]
        yield from _phrases(store, query.text)
    if query.chosen is not None:
        yield ProposalRow.id.in_(query.chosen)
    if query.folder:
        yield in_folder(viewer, query.folder)
    if query.group:
        yield ProposalRow.group == query.group
    if query.level is not None:
        ranks = [rank for rank, (grade, _) in enumerate(RANKS) if grade == query.level]
        yield ProposalRow.level_rank.in_(ranks or [UNRANKED])
        yield ProposalRow.level != ""
    if query.state is not None:
        yield ProposalRow.state == query.state.value
    for kind, name in (("right", query.right), ("mechanism", query.mechanism)):
        if name:
            with_it = select(FacetRow.proposal).where(FacetRow.kind == kind, FacetRow.value == name)
            yield ProposalRow.id.in_(with_it)


def _phrases(store: Store, question: str) -> Iterable[ColumnElement[bool]]:
    """Yield that a clause, or what the proposal is called, has each phrase that stands in quotation marks."""
    search = CLAUSE_SEARCH[store.engine.dialect.name]
    for number, term in enumerate(term for term in terms_of(question) if term.whole):
        condition = text(search.condition.replace(":terms", f":terms{number}"))
        bound = condition.bindparams(**{f"terms{number}": search.to_parameter([term])})
        yield ProposalRow.id.in_(select(ClauseTextRow.proposal).where(bound))


def _value(session: Session, viewer: User, row: ProposalRow) -> StoredProposal:
    return to_proposal(row, folders_of(session, viewer, [row]).get(row.id, ""))
