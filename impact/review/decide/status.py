"""How things stand: what a reviewer's events come to, finding by finding."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from impact.records import ReviewVerdict
from impact.review.values.decision import AS_IS, Action, Correction, Decision, Event, SubjectKind
from impact.review.values.subject import Subject

_VERDICTS = {
    Action.ACCEPT: ReviewVerdict.ACCEPTED,
    Action.REJECT: ReviewVerdict.REJECTED,
    Action.CORRECT: ReviewVerdict.CORRECTED,
    Action.ADD: ReviewVerdict.ADDED,
}


@dataclass(frozen=True, slots=True)
class DecisionStatus:
    """What was decided on one finding or safeguard.

    Attributes:
        subject, kind, clause, label: As in `Decision`.
        verdict: That of the last event which gives one.
        by: Who gave the verdict; empty where there is none.
        time: When the last event was, a note included.
        notes: Name and words of each note, in order.
    """

    subject: str
    kind: SubjectKind
    clause: str
    label: str
    verdict: ReviewVerdict = ReviewVerdict.UNDECIDED
    text: str = ""
    correction: Correction = AS_IS
    by: str = ""
    time: datetime | None = None
    notes: tuple[tuple[str, str], ...] = ()

    @property
    def decided(self) -> bool:
        """Whether there is a verdict."""
        return self.verdict is not ReviewVerdict.UNDECIDED

    @property
    def effective_label(self) -> str:
        """The mechanism or safeguard that the reviewer sees in the clause; empty if none, or not decided."""
        return (self.correction.label or self.label) if self.stands else ""

    @property
    def stands(self) -> bool:
        """Whether the reviewer lets it stand, corrected or not."""
        return self.decided and self.verdict is not ReviewVerdict.REJECTED


def undecided(subject: Subject) -> DecisionStatus:
    """Return how a finding stands on which nobody said anything."""
    return DecisionStatus(subject.id, subject.kind, subject.clause, subject.label)


def effective_events(events: Iterable[Event]) -> tuple[Event, ...]:
    """Return the events that nobody took back, without those that only take back.

    Whoever takes back an event of somebody else takes back nothing.
    """
    sequence = tuple(events)
    undone = {
        (event.decision.undoes, event.decision.reviewer) for event in sequence if event.decision.action is Action.UNDO
    }
    return tuple(
        event
        for event in sequence
        if event.decision.action is not Action.UNDO and (event.seq, event.decision.reviewer) not in undone
    )


def own_statuses(events: Iterable[Event], reviewer: str) -> dict[str, DecisionStatus]:
    """Return how things stand for one reviewer alone, by id of the finding: only what was said before opening."""
    return _folded(events, lambda decision: decision.reviewer == reviewer and not decision.settles)


def settled_statuses(events: Iterable[Event]) -> dict[str, DecisionStatus]:
    """Return what was settled after opening, by whomever, by id of the finding."""
    return _folded(events, lambda decision: decision.settles)


def last_effective(
    events: Iterable[Event], reviewer: str, *, seq: int = 0, settles: bool | None = None
) -> Event | None:
    """Return the event that a reviewer would take back next; None if there is none.

    If given, it is only the event with the number `seq`, or one from before opening (not `settles`) or after it.
    """
    for event in reversed(effective_events(events)):
        if (
            event.decision.reviewer == reviewer
            and (not seq or event.seq == seq)
            and (settles is None or event.decision.settles is settles)
        ):
            return event
    return None


def next_undecided(
    subjects: Sequence[Subject], statuses: Mapping[str, DecisionStatus], after: str = ""
) -> Subject | None:
    """Return what to decide next: the first after `after`, then from the top again; None when all is decided."""
    start = next((place + 1 for place, subject in enumerate(subjects) if subject.id == after), 0)
    for subject in [*subjects[start:], *subjects[:start]]:
        if subject.id not in statuses or not statuses[subject.id].decided:
            return subject
    return None


def _folded(events: Iterable[Event], counts: Callable[[Decision], bool]) -> dict[str, DecisionStatus]:
    statuses: dict[str, DecisionStatus] = {}
    for event in effective_events(events):
        decision = event.decision
        if decision.subject and counts(decision):
            before = statuses.get(decision.subject) or DecisionStatus(
                decision.subject, decision.kind, decision.clause, decision.label
            )
            statuses[decision.subject] = _followed(before, decision)
    return statuses


def _followed(status: DecisionStatus, decision: Decision) -> DecisionStatus:
    """Return how a finding stands after one more decision."""
    if decision.action is Action.NOTE:
        return replace(status, time=decision.time, notes=(*status.notes, (decision.reviewer, decision.text)))
    return replace(
        status,
        verdict=_VERDICTS[decision.action],
        text=decision.text,
        correction=decision.correction,
        by=decision.reviewer,
        time=decision.time,
    )
