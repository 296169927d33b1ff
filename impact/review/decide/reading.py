"""Read what was decided, as far as a person may."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from impact.records.report import Report
from impact.review.decide.agreement import ReviewerAgreement, measure_agreement, ratings
from impact.review.decide.blinding import Blinding, blinding_of, visible_events
from impact.review.decide.carry_over import AnalysisComparison, compare_analyses
from impact.review.decide.conflict import Conflict, FinalStatus, outcomes
from impact.review.decide.status import DecisionStatus, effective_events, next_undecided, own_statuses
from impact.review.store import analyses, chain_links
from impact.review.store.access import find_row, to_proposal, visible_rows
from impact.review.store.store import Store
from impact.review.values.comment import FindingComment
from impact.review.values.decision import Action, Event, Signature
from impact.review.values.proposal import StoredProposal
from impact.review.values.subject import Subject, subjects
from impact.review.values.users import User


@dataclass(frozen=True, slots=True)
class Desk:
    """A proposal as it lies before one person: the report, what they decided, and what they may see of others.

    Attributes:
        report: None where there is no analysis.
        subjects: Findings gravest first, then safeguards, then what was added by people whose word this person may
            read.
        vanished: Standings on findings that this analysis no longer has; what was decided stays.
        own: What this person said, by id of the finding, before opening.
        events: All that this person may read, in order.
        blinding: How far the reviewers are. Names are shown; what they said is not, before it is opened.
        outcomes: What holds, by id of the finding; empty before this person may read what others said.
        signatures: Under any version, oldest first.
        comments: On findings and safeguards, oldest first, as far as this person may read them.
    """

    proposal: StoredProposal
    report: Report | None
    subjects: tuple[Subject, ...]
    vanished: tuple[DecisionStatus, ...]
    own: dict[str, DecisionStatus]
    events: tuple[Event, ...]
    blinding: Blinding
    outcomes: dict[str, FinalStatus]
    signatures: tuple[Signature, ...]
    comments: tuple[FindingComment, ...] = ()

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """Where reviewers differ, settled or not."""
        return tuple(final.conflict for final in self.outcomes.values() if final.conflict)

    def next_undecided(self, after: str = "") -> Subject | None:
        """Return what this person decides next, after the finding `after`; None when all is decided."""
        return next_undecided(self.subjects, self.own, after)


def open_desk(store: Store, viewer: User, proposal: str, number: int = 0) -> Desk:
    """Return a proposal as it lies before a person, with the analysis of a number; the latest if 0.

    Raises:
        UnknownError: If there is no such proposal or analysis, or this person may not see it.
    """
    with store.reading() as session:
        row = find_row(session, viewer, proposal)
        events = chain_links.events(session, row.id)
        signatures = chain_links.signatures(session, row.id)
        comments = chain_links.comments(session, row.id)
        report = analyses.load_report(store, session, row, number) if row.analyses else None
        stored = to_proposal(row)
    blinding = blinding_of(events, stored.readings, signed=bool(signatures))
    visible = visible_events(events, viewer, blinding)
    listed = _subjects(report, visible)
    decisions = own_statuses(visible, viewer.name)
    finals = outcomes(visible, blinding) if may_compare(viewer, blinding) else {}
    ids = {subject.id for subject in listed}
    return Desk(
        proposal=stored,
        report=report,
        subjects=listed,
        vanished=tuple(status for name, status in _statuses(decisions, finals).items() if name not in ids),
        own=decisions,
        events=visible,
        blinding=blinding,
        outcomes=finals,
        signatures=signatures,
        comments=tuple(comment for comment in comments if blinding.shows_comments(viewer, comment.author)),
    )


def may_compare(viewer: User, blinding: Blinding) -> bool:
    """Return whether a person may see what came of all opened decisions."""
    return bool(blinding.opened) and all(blinding.shows(viewer, name) for name in blinding.opened)


def _statuses(decisions: Mapping[str, DecisionStatus], finals: Mapping[str, FinalStatus]) -> dict[str, DecisionStatus]:
    return {**decisions, **{name: final.status for name, final in finals.items()}}


def _subjects(report: Report | None, events: tuple[Event, ...]) -> tuple[Subject, ...]:
    """Return the subjects of a report with those that were added and not taken back, each once."""
    if report is None:
        return ()
    clauses = {clause.id: clause for clause in report.clauses}
    listed = {subject.id: subject for subject in subjects(report)}
    for event in effective_events(events):
        decision = event.decision
        if decision.action is Action.ADD and decision.clause in clauses:
            listed.setdefault(
                decision.subject, Subject(decision.subject, decision.kind, clauses[decision.clause], decision.label)
            )
    return tuple(listed.values())


def analysis_changes(store: Store, viewer: User, proposal: str, earlier: int, later: int = 0) -> AnalysisComparison:
    """Return what changed from an analysis to a later one (the latest if 0), with what this person may read of it.

    Raises:
        UnknownError: As `open_desk`.
    """
    before, after = open_desk(store, viewer, proposal, earlier), open_desk(store, viewer, proposal, later)
    return compare_analyses(before.subjects, after.subjects, _statuses(after.own, after.outcomes))


def agreement_between(store: Store, viewer: User, chosen: Iterable[str] = ()) -> tuple[ReviewerAgreement, ...]:
    """Return how far reviewers agree, over all proposals (or those chosen) whose decisions this person may read.

    Raises:
        UnknownError: If one of those chosen is not there, or this person may not see it.
    """
    rated = []
    for proposal, events, blinding in _histories(store, viewer, chosen):
        names = sorted(name for name in blinding.opened if blinding.shows(viewer, name))
        if len(names) > 1:
            rated.append(ratings(proposal, {name: own_statuses(events, name) for name in names}))
    return measure_agreement(rated)


def list_events(store: Store, viewer: User, chosen: Iterable[str] = ()) -> tuple[Event, ...]:
    """Return the events that a person may read, over all proposals or those chosen, in the order of the chain.

    Raises:
        UnknownError: If one of those chosen is not there, or this person may not see it.
    """
    histories = _histories(store, viewer, chosen)
    visible = (event for _, events, blinding in histories for event in visible_events(events, viewer, blinding))
    return tuple(sorted(visible, key=lambda event: event.seq))


def _histories(store: Store, viewer: User, chosen: Iterable[str]) -> Iterator[tuple[str, tuple[Event, ...], Blinding]]:
    """Yield id, all events and the blinding of each proposal chosen, or of all that a person may see."""
    with store.reading() as session:
        for row in visible_rows(session, viewer, chosen):
            events = chain_links.events(session, row.id)
            signed = bool(chain_links.signatures(session, row.id))
            yield row.id, events, blinding_of(events, row.readings, signed=signed)
