"""Decide on the findings and safeguards of a proposal, take back, be done."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from impact.records.report import Report
from impact.review.decide import summary
from impact.review.decide.blinding import Blinding, blinding_of, visible_events
from impact.review.decide.status import effective_events, last_effective
from impact.review.store import analyses, chain_links
from impact.review.store.access import find_row
from impact.review.store.store import Session, Store
from impact.review.store.tables import ProposalRow
from impact.review.values.decision import AS_IS, Action, Correction, Decision, Event, SubjectKind, added_id
from impact.review.values.refusals import ConflictError, ForbiddenError, RefusedError, UnknownError
from impact.review.values.subject import subjects
from impact.review.values.users import User
from impact.taxonomy import load


@dataclass(frozen=True, slots=True)
class DecisionDraft:
    """What a reviewer says of one finding or safeguard.

    Attributes:
        action: ACCEPT, REJECT, CORRECT, NOTE or ADD.
        subject: Id of the finding or safeguard; empty for ADD.
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
class _OpenProposal:
    """A proposal in an open session, as a reviewer finds it."""

    row: ProposalRow
    events: tuple[Event, ...]
    blinding: Blinding
    report: Report


def decide(store: Store, reviewer: User, proposal: str, draft: DecisionDraft, now: datetime) -> Event:
    """Say something of a finding or safeguard. What is said after opening settles it for all.

    Raises:
        UnknownError: If there is no such proposal, finding, clause, mechanism or safeguard.
        ForbiddenError: If this person does not decide.
        ConflictError: If the reviewer is done and waits for others, or there is no analysis.
        RefusedError: If the words lack what the action needs.
    """
    return decide_all(store, reviewer, proposal, (draft,), now)[0]


def decide_all(
    store: Store, reviewer: User, proposal: str, drafts: Iterable[DecisionDraft], now: datetime
) -> tuple[Event, ...]:
    """Say several things in their order: all of them, or none if one is refused; raises as `decide`."""
    _check_decides(reviewer)
    with store.writing() as session:
        case, events = _open(store, session, reviewer, proposal), []
        for draft in drafts:
            events.append(_decide(case, session, reviewer, draft, now))
            case = replace(case, events=(*case.events, events[-1]))
        _summarize(case, session)
        return tuple(events)


def undo(store: Store, reviewer: User, proposal: str, now: datetime, seq: int = 0) -> Event:
    """Take back what a reviewer said last, or the event with this number.

    What was said before opening cannot be taken back after it: it stands as what was said blind.

    Raises:
        UnknownError: If there is no such proposal, or no such event of this reviewer that still stands.
        ForbiddenError: If this person does not decide.
        ConflictError: If it was said before opening, and is opened now.
    """
    _check_decides(reviewer)
    with store.writing() as session:
        case = _open(store, session, reviewer, proposal)
        undone = _undo(case, session, reviewer, _last(case, reviewer, seq), now)
        _summarize(case, session, undone)
        return undone


def undo_act(store: Store, reviewer: User, proposal: str, now: datetime) -> tuple[Event, ...]:
    """Take back what a reviewer did last: one decision, or all that were made at once.

    Raises:
        UnknownError, ForbiddenError, ConflictError: As `undo`.
    """
    _check_decides(reviewer)
    with store.writing() as session:
        case = _open(store, session, reviewer, proposal)
        time = _last(case, reviewer).decision.time
        act = [
            event
            for event in effective_events(case.events)
            if event.decision.reviewer == reviewer.name and event.decision.time == time
        ]
        undone = [_undo(case, session, reviewer, event, now) for event in act]
        _summarize(case, session, *undone)
        return tuple(undone)


def finish(store: Store, reviewer: User, proposal: str, now: datetime) -> Blinding:
    """Say that a reviewer is done; once all who began are, and enough of them, their decisions are opened.

    Raises:
        UnknownError: If there is no such proposal.
        ForbiddenError: If this person does not decide.
        ConflictError: If the reviewer is done already, or there is no analysis.
    """
    _check_decides(reviewer)
    with store.writing() as session:
        case = _open(store, session, reviewer, proposal)
        if reviewer.name in case.blinding.done:
            raise ConflictError(f"{reviewer.name} has already finished {case.row.id}")
        event = _append(session, case, _done(case, reviewer, now), now)
        _summarize(case, session, event)
        return blinding_of((*case.events, event), case.row.readings, signed=case.blinding.signed)


def _decide(case: _OpenProposal, session: Session, reviewer: User, draft: DecisionDraft, now: datetime) -> Event:
    settles = reviewer.name in case.blinding.opened
    if reviewer.name in case.blinding.done and not settles:
        msg = f"{reviewer.name} has finished {case.row.id}, and other reviewers have not"
        raise ConflictError(msg, "Resume the review (undo), or wait for them")
    subject, kind, clause, label = _subject(case, reviewer, draft)
    try:
        decision = replace(
            _done(case, reviewer, now),
            action=draft.action,
            kind=kind,
            subject=subject,
            clause=clause,
            label=label,
            text=draft.text,
            correction=draft.correction,
            settles=settles,
        )
    except ValueError as error:
        raise RefusedError(str(error), "Complete the entry and try again") from error
    check_labels(decision)
    return _append(session, case, decision, now)


def _last(case: _OpenProposal, reviewer: User, seq: int = 0) -> Event:
    """Return the event that a reviewer can take back: the last, or the one with this number.

    Raises:
        UnknownError: If there is none.
        ConflictError: If it was said before opening, and is opened now.
    """
    settles = reviewer.name in case.blinding.opened
    last = last_effective(case.events, reviewer.name, seq=seq, settles=True if settles and not seq else None)
    if last is None:
        msg = f"{reviewer.name} has no decision on {case.row.id} that could be undone"
        raise UnknownError(msg, "`impact review show` lists the decisions")
    if settles and not last.decision.settles:
        msg = f"decision {last.seq} was made before the decisions were disclosed and cannot be undone"
        raise ConflictError(msg, "Decide again instead; the new decision settles it")
    return last


def _undo(case: _OpenProposal, session: Session, reviewer: User, event: Event, now: datetime) -> Event:
    settles = reviewer.name in case.blinding.opened
    undo = replace(_done(case, reviewer, now), action=Action.UNDO, undoes=event.seq, settles=settles)
    return _append(session, case, undo, now)


def _check_decides(reviewer: User) -> None:
    if not reviewer.decides:
        msg = f"{reviewer.name} has the role of {reviewer.role.value} and cannot decide"
        raise ForbiddenError(msg, "Ask an administrator for the role of reviewer")


def _open(store: Store, session: Session, reviewer: User, proposal: str) -> _OpenProposal:
    """Return a proposal with the chain locked, so that what is read still holds when something is added."""
    chain_links.lock(session)
    row = find_row(session, reviewer, proposal)
    if not row.analyses:
        raise ConflictError(f"{row.id} has not been analyzed yet", "Wait for the analysis; the list explains a failure")
    events = chain_links.events(session, row.id)
    signed = bool(chain_links.signatures(session, row.id))
    blinding = blinding_of(events, row.readings, signed=signed)
    return _OpenProposal(row, events, blinding, analyses.load_report(store, session, row))


def _subject(case: _OpenProposal, reviewer: User, draft: DecisionDraft) -> tuple[str, SubjectKind, str, str]:
    """Return id, kind, clause and label of what a draft is about."""
    if draft.action is Action.ADD:
        if draft.clause not in {clause.id for clause in case.report.clauses}:
            raise UnknownError(f"{case.row.id} has no clause {draft.clause!r}", "Give the id of a clause of the report")
        kind = SubjectKind.SAFEGUARD if draft.mechanism in load().safeguards else SubjectKind.FINDING
        name = added_id(case.row.digest, kind, draft.clause, draft.mechanism)
        _check_missed(case, draft, name)
        return name, kind, draft.clause, draft.mechanism
    for subject in subjects(case.report):
        if subject.id == draft.subject:
            return subject.id, subject.kind, subject.clause, subject.label
    for event in reversed(visible_events(case.events, reviewer, case.blinding)):
        before = event.decision
        if before.subject == draft.subject:
            return before.subject, before.kind, before.clause, before.label
    msg = f"{case.row.id} has no finding or safeguard {draft.subject!r}"
    raise UnknownError(msg, "`impact review findings` lists them")


def _check_missed(case: _OpenProposal, draft: DecisionDraft, name: str) -> None:
    """Refuse to add what the report has there, unless somebody added it when it had not."""
    listed = {(subject.clause, subject.label) for subject in subjects(case.report)}
    if (draft.clause, draft.mechanism) in listed and not any(
        event.decision.subject == name and event.decision.action is Action.ADD for event in case.events
    ):
        raise RefusedError(f"the report already has {draft.mechanism} in {draft.clause}", "Accept or correct it")


def check_labels(decision: Decision) -> None:
    """Refuse mechanisms and safeguards that the taxonomy does not have.

    Raises:
        UnknownError: If there is one.
    """
    taxonomy = load()
    is_finding = decision.kind is SubjectKind.FINDING
    labels = taxonomy.mechanisms.keys() if is_finding else taxonomy.safeguards.keys()
    added = decision.label if decision.action is Action.ADD else None
    for label in (added, decision.correction.label):
        if label is not None and label not in labels:
            msg = f"{label!r} is not the id of a {'mechanism' if is_finding else 'safeguard'}"
            raise UnknownError(msg, "`impact taxonomy` lists the ids")


def _done(case: _OpenProposal, reviewer: User, now: datetime) -> Decision:
    """Return the decision that a reviewer is done."""
    return Decision(
        proposal=case.row.id,
        document=case.row.digest,
        analysis=case.row.analyses,
        reviewer=reviewer.name,
        time=now,
        action=Action.DONE,
    )


def _summarize(case: _OpenProposal, session: Session, *more: Event) -> None:
    summary.keep(session, case.row.id, case.row.readings, (*case.events, *more))


def _append(session: Session, case: _OpenProposal, decision: Decision, now: datetime) -> Event:
    case.row.updated = now
    return chain_links.append_decision(session, decision, now)
