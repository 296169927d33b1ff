"""Read what was decided, as far as a person may."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from impact.review.decide.agreement import ReviewerAgreement, measure_agreement, ratings
from impact.review.decide.blinding import Blinding, blinding_of, visible_events
from impact.review.decide.carry_over import AnalysisComparison, compare_analyses
from impact.review.decide.conflict import Conflict, FinalStatus, outcomes
from impact.review.decide.status import DecisionStatus, effective_events, next_undecided, own_statuses
from impact.review.store import analyses, blobs, chain_links
from impact.review.store.access import find_row, may_see, to_proposal
from impact.review.store.store import Store
from impact.review.store.tables import ProposalRow
from impact.review.values.decision import Action, Event, Signature
from impact.review.values.proposal import StoredProposal
from impact.review.values.subject import Subject, added, passages, subjects
from impact.review.values.users import User


@dataclass(frozen=True, slots=True)
class Desk:
    """A proposal as it lies before one person: the report, what they decided, and what they may see of others.

    Attributes:
        proposal: The proposal.
        report: Parsed report.json of the analysis; empty where there is none.
        subjects: Findings gravest first, then safeguards, then what was added by people whose word this person may
            read.
        vanished: Standings on findings that this analysis no longer has; what was decided stays.
        own: What this person said, by id of the finding, before opening.
        events: All that this person may read, in order.
        blinding: How far the reviewers are. Names are shown; what they said is not, before it is opened.
        outcomes: What holds, by id of the finding; empty before this person may read what others said.
        signatures: Under any version, oldest first.
    """

    proposal: StoredProposal
    report: dict[str, Any]
    subjects: tuple[Subject, ...]
    vanished: tuple[DecisionStatus, ...]
    own: dict[str, DecisionStatus]
    events: tuple[Event, ...]
    blinding: Blinding
    outcomes: dict[str, FinalStatus]
    signatures: tuple[Signature, ...]

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """Where reviewers differ, settled or not."""
        return tuple(final.conflict for final in self.outcomes.values() if final.conflict)

    def next_undecided(self, after: str = "") -> Subject | None:
        """Return what this person decides next, after the finding `after`; None when all is decided."""
        return next_undecided(self.subjects, self.own, after)


def open_desk(store: Store, viewer: User, proposal: str, number: int = 0) -> Desk:
    """Return a proposal as it lies before a person.

    Args:
        store: Where.
        viewer: Who reads.
        proposal: Its id or the beginning of it.
        number: Of the analysis; the latest if 0.

    Raises:
        UnknownError: If there is no such proposal or analysis, or this person may not see it.
    """
    with store.reading() as session:
        found = find_row(session, viewer, proposal)
        events = chain_links.events(session, found.id)
        signatures = chain_links.signatures(session, found.id)
        report = _report(store, session, viewer, found.id, number) if found.analyses else {}
        stored = to_proposal(found)
    state = blinding_of(events, stored.readings, signed=bool(signatures))
    seen = visible_events(events, viewer, state)
    listed = _subjects(report, seen)
    known = {one.id for one in listed}
    mine = own_statuses(seen, viewer.name)
    held = outcomes(seen, state) if may_compare(viewer, state) else {}
    standings = {**mine, **{name: one.status for name, one in held.items()}}
    return Desk(
        proposal=stored,
        report=report,
        subjects=listed,
        vanished=tuple(one for name, one in standings.items() if name not in known),
        own=mine,
        events=seen,
        blinding=state,
        outcomes=held,
        signatures=signatures,
    )


def may_compare(viewer: User, state: Blinding) -> bool:
    """Return whether a person may see what came of all opened decisions."""
    return bool(state.opened) and all(state.shows(viewer, name) for name in state.opened)


def _report(store: Store, session: Session, viewer: User, proposal: str, number: int) -> dict[str, Any]:
    one = analyses.find(session, find_row(session, viewer, proposal), number)
    return analyses.parse_report(blobs.get(store.files, dict(one.files)[analyses.REPORT]))


def _subjects(report: dict[str, Any], seen: tuple[Event, ...]) -> tuple[Subject, ...]:
    """Return the subjects of a report with those that were added and not taken back, each once."""
    if not report:
        return ()
    places = passages(report)
    listed = {subject.id: subject for subject in subjects(report)}
    for one in effective_events(seen):
        said = one.decision
        if said.action is Action.ADD and said.clause in places:
            listed.setdefault(said.subject, added(places[said.clause], said.subject, said.label, said.kind))
    return tuple(listed.values())


def analysis_changes(store: Store, viewer: User, proposal: str, earlier: int, later: int = 0) -> AnalysisComparison:
    """Return what changed from an analysis to a later one (the latest if 0), with what this person may read of it.

    Raises:
        UnknownError: As `open_desk`.
    """
    before, after = open_desk(store, viewer, proposal, earlier), open_desk(store, viewer, proposal, later)
    standings = {**after.own, **{name: one.status for name, one in after.outcomes.items()}}
    return compare_analyses(before.subjects, after.subjects, standings)


def agreement_between(store: Store, viewer: User, chosen: Iterable[str] = ()) -> tuple[ReviewerAgreement, ...]:
    """Return how far reviewers agree, over all proposals (or those chosen) whose decisions this person may read.

    Raises:
        UnknownError: If one of those chosen is not there, or this person may not see it.
    """
    rated = []
    with store.reading() as session:
        for found in _rows(session, viewer, chosen):
            events = chain_links.events(session, found.id)
            state = blinding_of(events, found.readings, signed=bool(chain_links.signatures(session, found.id)))
            names = sorted(name for name in state.opened if state.shows(viewer, name))
            if len(names) > 1:
                rated.append(ratings(found.id, {name: own_statuses(events, name) for name in names}))
    return measure_agreement(rated)


def list_events(store: Store, viewer: User, chosen: Iterable[str] = ()) -> tuple[Event, ...]:
    """Return the events that a person may read, over all proposals or those chosen, in the order of the chain.

    Raises:
        UnknownError: If one of those chosen is not there, or this person may not see it.
    """
    events: list[Event] = []
    with store.reading() as session:
        for found in _rows(session, viewer, chosen):
            every = chain_links.events(session, found.id)
            state = blinding_of(every, found.readings, signed=bool(chain_links.signatures(session, found.id)))
            events += visible_events(every, viewer, state)
    return tuple(sorted(events, key=lambda event: event.seq))


def _rows(session: Session, viewer: User, chosen: Iterable[str]) -> list[ProposalRow]:
    """Return the proposals chosen, each once, or all that a person may see."""
    wanted = {found.id: found for found in (find_row(session, viewer, one) for one in chosen)}
    asked = select(ProposalRow).where(may_see(viewer)).order_by(ProposalRow.id)
    return list(wanted.values()) if wanted else list(session.scalars(asked))
