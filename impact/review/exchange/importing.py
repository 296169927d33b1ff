"""Take over decisions that were made in another store: all of a file or nothing."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from impact.review.decide import summary
from impact.review.decide.blinding import blinding_of
from impact.review.decide.record import check_labels
from impact.review.decide.status import last_effective
from impact.review.exchange import annotations, rows
from impact.review.store import analyses, chain_links
from impact.review.store.access import rows_of_document
from impact.review.store.accounts import roles
from impact.review.store.store import Session, Store
from impact.review.store.tables import ProposalRow
from impact.review.values.decision import Action, Decision, Event, SubjectKind, added_id, from_row
from impact.review.values.refusals import RefusedError, UnknownError
from impact.review.values.subject import subjects
from impact.review.values.users import Role, User

READERS: dict[str, Callable[[bytes], Iterator[tuple[int, Mapping[str, Any]]]]] = {
    **rows.READERS,
    "annotations": annotations.read,
}
SUFFIXES = {".jsonl": "jsonl", ".csv": "csv", ".json": "annotations", ".jsonld": "annotations"}
"""What a file of decisions holds, by the end of its name."""


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What came of an import: how many events are new, and how many were here already."""

    new: int
    known: int


@dataclass(slots=True)
class _Target:
    """A proposal while events are added to it.

    Attributes:
        about: Kind, clause and label by id of each finding and safeguard of any analysis.
        seqs: Number of an event here by its number in the file.
    """

    row: ProposalRow
    events: list[Event]
    about: dict[str, tuple[SubjectKind, str, str]] = field(default_factory=dict)
    clauses: set[str] = field(default_factory=set)
    seqs: dict[int, int] = field(default_factory=dict)


def import_decisions(store: Store, by: User, data: bytes, form: str, now: datetime) -> ImportResult:
    """Add the decisions of a file to this store, if all of them fit.

    They keep their reviewer and time, and get the hash that they had as their origin; what is here already is passed
    over, so that a file can be imported twice. Each is checked as if the reviewer said it now.

    What others said may be imported by administrators only; the form is a key of `READERS`.

    Raises:
        RefusedError: If anything does not fit; message and hint name the line and what to do. Nothing is kept then.
    """
    if form not in READERS:
        raise RefusedError(f"{form!r} is not a format for decisions", f"Choose from {', '.join(READERS)}")
    rows = list(READERS[form](data))
    new = 0
    with store.writing() as session:
        chain_links.lock(session)
        batch = _Import(store, session, by, now, roles(session), {})
        for number, row in rows:
            try:
                new += _add(batch, row)
            except (ValueError, RefusedError, UnknownError) as error:
                hint = getattr(error, "hint", "") or "Nothing was imported. Correct the file and try again"
                raise RefusedError(f"line {number}: {getattr(error, 'message', error)}", hint) from error
        for target in batch.targets.values() if new else ():
            summary.keep(session, target.row.id, target.row.readings, target.events)
    return ImportResult(new, len(rows) - new)


@dataclass(frozen=True, slots=True)
class _Import:
    """What an import has at hand.

    Attributes:
        roles: By name of each account.
        targets: By digest of the document.
    """

    store: Store
    session: Session
    by: User
    now: datetime
    roles: Mapping[str, Role]
    targets: dict[str, _Target]


def _add(batch: _Import, row: Mapping[str, Any]) -> bool:
    """Add one decision, if it fits; return whether it is new."""
    decision = from_row(row)
    seq, hash_ = row.get("seq"), row.get("hash")
    if not isinstance(seq, int) or not isinstance(hash_, str) or not hash_:
        raise RefusedError("the number or hash is missing", "Leave the columns seq and hash as they were exported")
    target = _target(batch, decision)
    origin = decision.origin or hash_
    same_event = next((event for event in target.events if origin in {event.hash, event.decision.origin}), None)
    if same_event:
        target.seqs[seq] = same_event.seq
        return False
    if decision.undoes and decision.undoes not in target.seqs:
        msg = f"it undoes event {decision.undoes}, which does not precede it in the file"
        raise RefusedError(msg, "Import all events of the reviewer in their original order")
    decision = replace(
        decision,
        proposal=target.row.id,
        analysis=min(decision.analysis, target.row.analyses),
        undoes=target.seqs.get(decision.undoes, 0),
        origin=origin,
    )
    _check(batch, target, decision)
    event = chain_links.append_decision(batch.session, decision, batch.now)
    target.events.append(event)
    target.seqs[seq] = event.seq
    target.row.updated = batch.now
    return True


def _target(batch: _Import, decision: Decision) -> _Target:
    if decision.document in batch.targets:
        return batch.targets[decision.document]
    rows = rows_of_document(batch.session, batch.by, decision.document)
    if not rows:
        msg = f"the document {decision.document[:12]} is not in this store"
        raise RefusedError(msg, "Add the document first: `impact review add FILE`")
    row = min(rows, key=lambda row: (row.id != decision.proposal, row.created))
    target = _Target(row, list(chain_links.events(batch.session, row.id)))
    for report in analyses.load_reports(batch.store, batch.session, row):
        target.about |= {subject.id: (subject.kind, subject.clause, subject.label) for subject in subjects(report)}
        target.clauses |= {clause.id for clause in report.clauses}
    batch.targets[decision.document] = target
    return target


def _check(batch: _Import, target: _Target, decision: Decision) -> None:
    """Refuse what the reviewer could not say here."""
    reviewer, role = decision.reviewer, batch.roles.get(decision.reviewer)
    blinding = blinding_of(target.events, target.row.readings, signed=False)
    opened, done = reviewer in blinding.opened, reviewer in blinding.done
    wrong = (
        (role is None, f"nobody here is called {reviewer!r}", "Make an account for this reviewer first"),
        (
            reviewer != batch.by.name and not batch.by.administers,
            f"{batch.by.name} may not import what {reviewer} said",
            "Ask an administrator",
        ),
        (role is Role.OFFICER, f"{reviewer} does not decide", ""),
        (decision.time > batch.now, "it was said in the future", "See whether the clock of this machine is right"),
        (
            decision.settles != opened,
            "it was said before the decisions were opened, or after, and here it is the other way round",
            "Import what all reviewers said, into a proposal with as many readings",
        ),
        (done and not opened and decision.action is not Action.UNDO, f"{reviewer} is done here", "Take that back"),
        (
            decision.action is Action.UNDO
            and not last_effective(target.events, reviewer, seq=decision.undoes, settles=decision.settles),
            "it takes back what does not stand, or what somebody else said",
            "",
        ),
        (
            not _fits(target, decision),
            f"there is no {decision.subject!r} in {decision.clause!r} of the document as read here",
            "",
        ),
    )
    for is_wrong, why, hint in wrong:
        if is_wrong:
            raise RefusedError(why, hint)
    if decision.subject:
        check_labels(decision)


def _fits(target: _Target, decision: Decision) -> bool:
    if not decision.subject:
        return True
    about = (decision.kind, decision.clause, decision.label)
    if decision.action is not Action.ADD and target.about.get(decision.subject) == about:
        return True
    is_added = decision.subject == added_id(target.row.digest, *about)
    return is_added and decision.clause in target.clauses
