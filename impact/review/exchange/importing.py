"""Take over decisions that were made in another store: all of a file or nothing."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from impact.review.decide.blinding import blinding_of
from impact.review.decide.record import check_labels
from impact.review.decide.status import effective_events
from impact.review.exchange import annotations, rows
from impact.review.store import analyses, blobs, chain_links
from impact.review.store.access import may_see
from impact.review.store.store import Store
from impact.review.store.tables import AnalysisRow, ProposalRow, UserRow
from impact.review.values.decision import Action, Decision, Event, SubjectKind, added_id, from_row
from impact.review.values.refusals import RefusedError, UnknownError
from impact.review.values.subject import passages, subjects
from impact.review.values.users import Role, User

READERS: dict[str, Callable[[bytes], Iterator[tuple[int, Mapping[str, Any]]]]] = {
    **rows.READERS,
    "annotations": annotations.read,
}


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What came of an import: how many events are new, and how many were here already."""

    new: int
    known: int


@dataclass(slots=True)
class _Shelf:
    """A proposal while events are added to it.

    Attributes:
        about: Kind, clause and label by id of each finding and safeguard of any analysis.
        places: Number of an event here by its number in the file.
    """

    found: ProposalRow
    events: list[Event]
    about: dict[str, tuple[SubjectKind, str, str]]
    clauses: set[str]
    places: dict[int, int] = field(default_factory=dict)


def import_decisions(store: Store, by: User, data: bytes, form: str, now: datetime) -> ImportResult:
    """Add the decisions of a file to this store, if all of them fit.

    They keep their reviewer and time, and get the hash that they had as their origin; what is here already is passed
    over, so that a file can be taken twice. Each is checked as if the reviewer said it now.

    Args:
        store: Where.
        by: Who imports: what others said may be imported by administrators only.
        data: The file.
        form: "jsonl", "csv" or "annotations".
        now: The time.

    Raises:
        RefusedError: If anything does not fit; message and hint name the line and what to do. Nothing is kept then.
    """
    if form not in READERS:
        msg = f"{form!r} is no form of decisions"
        raise RefusedError(msg, f"Choose from {', '.join(READERS)}")
    given = list(READERS[form](data))
    shelves: dict[str, _Shelf] = {}
    new = 0
    with store.writing() as session:
        chain_links.lock(session)
        names = {row.name: row for row in session.scalars(select(UserRow))}
        for number, row in given:
            try:
                new += _one(_Door(store, session, by, now, names, shelves), row)
            except (ValueError, RefusedError, UnknownError) as error:
                hint = getattr(error, "hint", "") or "Nothing was imported; mend the file and try again"
                msg = f"line {number}: {getattr(error, 'message', error)}"
                raise RefusedError(msg, hint) from error
    return ImportResult(new, len(given) - new)


@dataclass(frozen=True, slots=True)
class _Door:
    """What an import has at hand."""

    store: Store
    session: Session
    by: User
    now: datetime
    names: Mapping[str, UserRow]
    shelves: dict[str, _Shelf]


def _one(door: _Door, row: Mapping[str, Any]) -> bool:
    """Add one decision; return whether it is new.

    Raises:
        RefusedError, ValueError: If it does not fit.
    """
    said = from_row(row)
    seq, hash_ = row.get("seq"), row.get("hash")
    if not isinstance(seq, int) or not isinstance(hash_, str) or not hash_:
        msg = "number or hash is missing"
        raise RefusedError(msg, "Leave the columns seq and hash as they were exported")
    shelf = _shelf(door, said)
    origin = said.origin or hash_
    known = next((event for event in shelf.events if origin in {event.hash, event.decision.origin}), None)
    if known:
        shelf.places[seq] = known.seq
        return False
    if said.undoes and said.undoes not in shelf.places:
        msg = f"it takes back event {said.undoes}, which is not in the file before it"
        raise RefusedError(msg, "Import all events of the reviewer, in their order")
    mine = replace(
        said,
        proposal=shelf.found.id,
        analysis=min(said.analysis, shelf.found.analyses),
        undoes=shelf.places.get(said.undoes, 0),
        origin=origin,
    )
    _check(door, shelf, mine)
    event = chain_links.append_decision(door.session, mine, door.now)
    shelf.events.append(event)
    shelf.places[seq] = event.seq
    shelf.found.updated = door.now
    return True


def _shelf(door: _Door, said: Decision) -> _Shelf:
    if said.document in door.shelves:
        return door.shelves[said.document]
    asked = select(ProposalRow).where(ProposalRow.digest == said.document, may_see(door.by))
    found = sorted(door.session.scalars(asked), key=lambda row: (row.id != said.proposal, row.created))
    if not found:
        msg = f"the document {said.document[:12]} is not in this store"
        raise RefusedError(msg, "Add the document first: `impact review add FILE`")
    shelf = _Shelf(found[0], list(chain_links.events(door.session, found[0].id)), {}, set())
    kept = select(AnalysisRow).where(AnalysisRow.proposal == found[0].id)
    for row in door.session.scalars(kept):
        report = analyses.parse_report(blobs.get(door.store.files, row.files[analyses.REPORT]))
        shelf.about |= {subject.id: (subject.kind, subject.clause, subject.label) for subject in subjects(report)}
        shelf.clauses |= passages(report).keys()
    door.shelves[said.document] = shelf
    return shelf


def _check(door: _Door, shelf: _Shelf, said: Decision) -> None:
    """Refuse what the reviewer could not say here.

    Raises:
        RefusedError: If so.
    """
    who = door.names.get(said.reviewer)
    state = blinding_of(shelf.events, shelf.found.readings, signed=False)
    opened, done = said.reviewer in state.opened, said.reviewer in state.done
    wrong = (
        (who is None, f"nobody here is called {said.reviewer!r}", "Make an account for this reviewer first"),
        (
            said.reviewer != door.by.name and not door.by.administers,
            f"{door.by.name} may not import what {said.reviewer} said",
            "Ask an administrator",
        ),
        (who is not None and who.role == Role.OFFICER.value, f"{said.reviewer} does not decide", ""),
        (said.time > door.now, "it was said in the future", "See whether the clock of this machine is right"),
        (
            said.settles != opened,
            "it was said before the decisions were opened, or after, and here it is the other way round",
            "Import what all reviewers said, into a proposal with as many readings",
        ),
        (done and not opened and said.action is not Action.UNDO, f"{said.reviewer} is done here", "Take that back"),
        (not _is_own(shelf.events, said), "it takes back what does not stand, or what somebody else said", ""),
        (not _fits(shelf, said), f"there is no {said.subject!r} in {said.clause!r} of the document as read here", ""),
    )
    for is_wrong, why, hint in wrong:
        if is_wrong:
            raise RefusedError(why, hint)
    if said.subject:
        check_labels(said)


def _is_own(events: Iterable[Event], said: Decision) -> bool:
    if said.action is not Action.UNDO:
        return True
    return any(
        one.seq == said.undoes and one.decision.reviewer == said.reviewer and one.decision.settles == said.settles
        for one in effective_events(events)
    )


def _fits(shelf: _Shelf, said: Decision) -> bool:
    if not said.subject:
        return True
    if said.action is not Action.ADD and shelf.about.get(said.subject) == (said.kind, said.clause, said.label):
        return True
    is_added = said.subject == added_id(shelf.found.digest, said.kind, said.clause, said.label)
    return is_added and said.clause in shelf.clauses
