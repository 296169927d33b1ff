"""Decide on the findings and safeguards of a proposal, take back, be done."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from impact.review.decide.blinding import Blinding, blinding_of, visible_events
from impact.review.decide.status import last_effective
from impact.review.store import analyses, blobs, chain_links
from impact.review.store.access import find_row
from impact.review.store.store import Store
from impact.review.store.tables import ProposalRow
from impact.review.values.decision import AS_IS, Action, Correction, Decision, Event, SubjectKind, added_id
from impact.review.values.refusals import ConflictError, ForbiddenError, RefusedError, UnknownError
from impact.review.values.subject import passages, subjects
from impact.review.values.users import User
from impact.taxonomy import load


@dataclass(frozen=True, slots=True)
class DecisionDraft:
    """What a reviewer says of one finding or safeguard.

    Attributes:
        action: ACCEPT, REJECT, CORRECT, NOTE or ADD.
        subject: Id of the finding or safeguard; empty for ADD.
        text: Reason, note or remark.
        correction: For CORRECT; for ADD what severity and strength the reviewer gives.
        clause, mechanism: For ADD: where what was missed; a safeguard is added likewise.
    """

    action: Action
    subject: str = ""
    text: str = ""
    correction: Correction = AS_IS
    clause: str = ""
    mechanism: str = ""


@dataclass(frozen=True, slots=True)
class _Place:
    """A proposal in an open session, as a reviewer finds it."""

    found: ProposalRow
    events: tuple[Event, ...]
    state: Blinding
    report: Mapping[str, Any]


def decide(store: Store, reviewer: User, proposal: str, word: DecisionDraft, now: datetime) -> Event:
    """Say something of a finding or safeguard. What is said after opening settles it for all.

    Raises:
        UnknownError: If there is no such proposal, finding, clause, mechanism or safeguard.
        ForbiddenError: If this person does not decide.
        ConflictError: If the reviewer is done and waits for others, or there is no analysis.
        RefusedError: If the words lack what the action needs.
    """
    return decide_all(store, reviewer, proposal, (word,), now)[0]


def decide_all(
    store: Store, reviewer: User, proposal: str, words: Iterable[DecisionDraft], now: datetime
) -> tuple[Event, ...]:
    """Say several things in their order: all of them, or none if one is refused; raises as `decide`."""
    _may_decide(reviewer)
    with store.writing() as session:
        return tuple(
            _decide(_place(store, session, reviewer, proposal), session, reviewer, word, now) for word in words
        )


def undo(store: Store, reviewer: User, proposal: str, now: datetime, seq: int = 0) -> Event:
    """Take back what a reviewer said last, or the event with this number.

    What was said before opening cannot be taken back after it: it stands as what was said blind.

    Raises:
        UnknownError: If there is no such proposal, or no such event of this reviewer that still stands.
        ForbiddenError: If this person does not decide.
        ConflictError: If it was said before opening, and is opened now.
    """
    _may_decide(reviewer)
    with store.writing() as session:
        here = _place(store, session, reviewer, proposal)
        settles = reviewer.name in here.state.opened
        last = last_effective(here.events, reviewer.name, seq=seq, settles=True if settles and not seq else None)
        if last is None:
            msg = f"{reviewer.name} has nothing to take back in {here.found.id}"
            raise UnknownError(msg, "See what was said with `impact review show`")
        if settles and not last.decision.settles:
            msg = f"event {last.seq} was said before the decisions were opened, and stands"
            raise ConflictError(msg, "Decide anew instead; the new word settles it")
        word = replace(_blank(here, reviewer, now), action=Action.UNDO, undoes=last.seq, settles=settles)
        return _written(session, here, word, now)


def finish(store: Store, reviewer: User, proposal: str, now: datetime) -> Blinding:
    """Say that a reviewer is done; once all who began are, and enough of them, their decisions are opened.

    Raises:
        UnknownError: If there is no such proposal.
        ForbiddenError: If this person does not decide.
        ConflictError: If the reviewer is done already, or there is no analysis.
    """
    _may_decide(reviewer)
    with store.writing() as session:
        here = _place(store, session, reviewer, proposal)
        if reviewer.name in here.state.done:
            msg = f"{reviewer.name} is done with {here.found.id} already"
            raise ConflictError(msg)
        event = _written(session, here, _blank(here, reviewer, now), now)
        return blinding_of((*here.events, event), here.found.readings, signed=here.state.signed)


def _decide(here: _Place, session: Session, reviewer: User, word: DecisionDraft, now: datetime) -> Event:
    settles = reviewer.name in here.state.opened
    if reviewer.name in here.state.done and not settles:
        msg = f"{reviewer.name} is done with {here.found.id}, and others are not"
        raise ConflictError(msg, "Take back that you are done (undo), or wait for them")
    subject, kind, clause, label = _about(here, reviewer, word)
    try:
        decision = replace(
            _blank(here, reviewer, now),
            action=word.action,
            kind=kind,
            subject=subject,
            clause=clause,
            label=label,
            text=word.text,
            correction=word.correction,
            settles=settles,
        )
    except ValueError as error:
        raise RefusedError(str(error), "Say what is missing and try again") from error
    check_labels(decision)
    return _written(session, here, decision, now)


def _may_decide(reviewer: User) -> None:
    if not reviewer.decides:
        msg = f"{reviewer.name} is {reviewer.role.value} and does not decide"
        raise ForbiddenError(msg, "Ask an administrator for the role of a reviewer")


def _place(store: Store, session: Session, reviewer: User, proposal: str) -> _Place:
    """Return a proposal with the chain held, so that what is asked of it still holds when something is added."""
    chain_links.lock(session)
    found = find_row(session, reviewer, proposal)
    if not found.analyses:
        msg = f"{found.id} is not analyzed yet"
        raise ConflictError(msg, "Wait until it is done; a failed one says why in the list")
    events = chain_links.events(session, found.id)
    signed = bool(chain_links.signatures(session, found.id))
    report = blobs.get(store.files, dict(analyses.find(session, found).files)[analyses.REPORT])
    return _Place(found, events, blinding_of(events, found.readings, signed=signed), analyses.parse_report(report))


def _about(here: _Place, reviewer: User, word: DecisionDraft) -> tuple[str, SubjectKind, str, str]:
    """Return id, kind, clause and label of what a word is about."""
    if word.action is Action.ADD:
        if word.clause not in passages(here.report):
            msg = f"{here.found.id} has no clause {word.clause!r}"
            raise UnknownError(msg, "Give the id of a clause of the report")
        kind = SubjectKind.SAFEGUARD if word.mechanism in load().safeguards else SubjectKind.FINDING
        name = added_id(here.found.digest, kind, word.clause, word.mechanism)
        _check_missed(here, word, name)
        return name, kind, word.clause, word.mechanism
    known = {subject.id: (subject.kind, subject.clause, subject.label) for subject in subjects(here.report)}
    said = {one.decision.subject: one.decision for one in visible_events(here.events, reviewer, here.state)}
    if word.subject in known:
        return (word.subject, *known[word.subject])
    if word.subject in said:
        before = said[word.subject]
        return before.subject, before.kind, before.clause, before.label
    msg = f"{here.found.id} has no finding or safeguard {word.subject!r}"
    raise UnknownError(msg, "See them with `impact review findings`")


def _check_missed(here: _Place, word: DecisionDraft, name: str) -> None:
    """Refuse to add what the report has there, unless somebody added it when it had not.

    Raises:
        RefusedError: If so.
    """
    there = any((subject.clause, subject.label) == (word.clause, word.mechanism) for subject in subjects(here.report))
    if there and not any(
        event.decision.subject == name and event.decision.action is Action.ADD for event in here.events
    ):
        msg = f"the report has {word.mechanism} in {word.clause} already"
        raise RefusedError(msg, "Accept it, or change it")


def check_labels(decision: Decision) -> None:
    """Refuse mechanisms and safeguards that the taxonomy does not have.

    Raises:
        UnknownError: If there is one.
    """
    taxonomy = load()
    known = set(taxonomy.mechanisms if decision.kind is SubjectKind.FINDING else taxonomy.safeguards)
    added = decision.label if decision.action is Action.ADD else None
    for label in (added, decision.correction.label):
        if label is not None and label not in known:
            msg = f"{label!r} is no {'mechanism' if decision.kind is SubjectKind.FINDING else 'safeguard'}"
            raise UnknownError(msg, "See `impact taxonomy` for the ids")


def _blank(here: _Place, reviewer: User, now: datetime) -> Decision:
    """Return the word that a reviewer is done."""
    return Decision(
        proposal=here.found.id,
        document=here.found.digest,
        analysis=here.found.analyses,
        reviewer=reviewer.name,
        time=now,
        action=Action.DONE,
    )


def _written(session: Session, here: _Place, decision: Decision, now: datetime) -> Event:
    here.found.updated = now
    return chain_links.append_decision(session, decision, now)
