"""How things stand: what a reviewer's events come to, finding by finding."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from impact.review.values.decision import AS_IS, Action, Correction, Event, SubjectKind
from impact.review.values.subject import Subject


class ReviewVerdict(StrEnum):
    """What was decided; ADDED is a finding that the program missed, as the reviewer says."""

    UNDECIDED = "undecided"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    CORRECTED = "corrected"
    ADDED = "added"


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
        text: Reason or remark given with it.
        correction: What was put in place of what the program said.
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


def effective_events(events: Iterable[Event]) -> tuple[Event, ...]:
    """Return the events that nobody took back, without those that only take back.

    Whoever takes back an event of somebody else takes back nothing.
    """
    all_ = tuple(events)
    undone = {(one.decision.undoes, one.decision.reviewer) for one in all_ if one.decision.action is Action.UNDO}
    return tuple(
        one for one in all_ if one.decision.action is not Action.UNDO and (one.seq, one.decision.reviewer) not in undone
    )


def own_statuses(events: Iterable[Event], reviewer: str) -> dict[str, DecisionStatus]:
    """Return how things stand for one reviewer alone, by id of the finding: only what was said before opening."""
    return _folded(events, lambda one: one.decision.reviewer == reviewer and not one.decision.settles)


def settled_statuses(events: Iterable[Event]) -> dict[str, DecisionStatus]:
    """Return what was settled after opening, by whomever, by id of the finding."""
    return _folded(events, lambda one: one.decision.settles)


def last_effective(
    events: Iterable[Event], reviewer: str, *, seq: int = 0, settles: bool | None = None
) -> Event | None:
    """Return the event that a reviewer would take back next; None if there is none.

    Args:
        events: In order.
        reviewer: Whose.
        seq: If given, only the event with this number.
        settles: If given, only events from before opening (False) or after it (True).
    """
    mine = [one for one in effective_events(events) if one.decision.reviewer == reviewer]
    wanted = [
        one for one in mine if (not seq or one.seq == seq) and (settles is None or one.decision.settles is settles)
    ]
    return wanted[-1] if wanted else None


def next_undecided(
    subjects: Sequence[Subject],
    standings: Mapping[str, DecisionStatus],
    after: str = "",
    kind: SubjectKind | None = None,
) -> Subject | None:
    """Return what to decide next: the first after `after`, then from the top again; None when all is decided."""
    wanted = [subject for subject in subjects if kind is None or subject.kind is kind]
    start = next((place + 1 for place, one in enumerate(wanted) if one.id == after), 0)
    for one in [*wanted[start:], *wanted[:start]]:
        if one.id not in standings or not standings[one.id].decided:
            return one
    return None


def _folded(events: Iterable[Event], counts: Callable[[Event], bool]) -> dict[str, DecisionStatus]:
    made: dict[str, DecisionStatus] = {}
    for one in effective_events(events):
        if one.decision.subject and counts(one):
            made[one.decision.subject] = _followed(made.get(one.decision.subject), one)
    return made


def _followed(before: DecisionStatus | None, event: Event) -> DecisionStatus:
    """Return how a finding stands after one more event."""
    said = event.decision
    base = before or DecisionStatus(said.subject, said.kind, said.clause, said.label)
    if said.action is Action.NOTE:
        return replace(base, time=said.time, notes=(*base.notes, (said.reviewer, said.text)))
    return replace(
        base,
        verdict=_VERDICTS[said.action],
        text=said.text,
        correction=said.correction,
        by=said.reviewer,
        time=said.time,
    )
