"""How things stand: what a reviewer's events come to, finding by finding."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from impact.review.values.decision import AS_IS, Action, Correction, Event, Kind
from impact.review.values.subject import Subject


class Verdict(StrEnum):
    """What was decided; ADDED is a finding that the program missed, as the reviewer says."""

    UNDECIDED = "undecided"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    CORRECTED = "corrected"
    ADDED = "added"


_VERDICTS = {
    Action.ACCEPT: Verdict.ACCEPTED,
    Action.REJECT: Verdict.REJECTED,
    Action.CORRECT: Verdict.CORRECTED,
    Action.ADD: Verdict.ADDED,
}


@dataclass(frozen=True, slots=True)
class Standing:
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
    kind: Kind
    clause: str
    label: str
    verdict: Verdict = Verdict.UNDECIDED
    text: str = ""
    correction: Correction = AS_IS
    by: str = ""
    time: datetime | None = None
    notes: tuple[tuple[str, str], ...] = ()

    @property
    def decided(self) -> bool:
        """Whether there is a verdict."""
        return self.verdict is not Verdict.UNDECIDED

    @property
    def kept_label(self) -> str:
        """The mechanism or safeguard that the reviewer sees in the clause; empty if none, or not decided."""
        return (self.correction.label or self.label) if self.stands else ""

    @property
    def stands(self) -> bool:
        """Whether the reviewer lets it stand, corrected or not."""
        return self.decided and self.verdict is not Verdict.REJECTED


def alive(events: Iterable[Event]) -> tuple[Event, ...]:
    """Return the events that nobody took back, without those that only take back.

    Whoever takes back an event of somebody else takes back nothing.
    """
    all_ = tuple(events)
    undone = {(one.decision.undoes, one.decision.reviewer) for one in all_ if one.decision.action is Action.UNDO}
    return tuple(
        one for one in all_ if one.decision.action is not Action.UNDO and (one.seq, one.decision.reviewer) not in undone
    )


def own(events: Iterable[Event], reviewer: str) -> dict[str, Standing]:
    """Return how things stand for one reviewer alone, by id of the finding: only what was said before opening."""
    return _folded(events, lambda one: one.decision.reviewer == reviewer and not one.decision.settles)


def settled(events: Iterable[Event]) -> dict[str, Standing]:
    """Return what was settled after opening, by whomever, by id of the finding."""
    return _folded(events, lambda one: one.decision.settles)


def last_alive(events: Iterable[Event], reviewer: str, *, seq: int = 0, settles: bool | None = None) -> Event | None:
    """Return the event that a reviewer would take back next; None if there is none.

    Args:
        events: In order.
        reviewer: Whose.
        seq: If given, only the event with this number.
        settles: If given, only events from before opening (False) or after it (True).
    """
    mine = [one for one in alive(events) if one.decision.reviewer == reviewer]
    wanted = [
        one for one in mine if (not seq or one.seq == seq) and (settles is None or one.decision.settles is settles)
    ]
    return wanted[-1] if wanted else None


def next_undecided(
    subjects: Sequence[Subject], standings: Mapping[str, Standing], after: str = "", kind: Kind | None = None
) -> Subject | None:
    """Return what to decide next: the first after `after`, then from the top again; None when all is decided."""
    wanted = [subject for subject in subjects if kind is None or subject.kind is kind]
    start = next((place + 1 for place, one in enumerate(wanted) if one.id == after), 0)
    for one in [*wanted[start:], *wanted[:start]]:
        if one.id not in standings or not standings[one.id].decided:
            return one
    return None


def _folded(events: Iterable[Event], counts: Callable[[Event], bool]) -> dict[str, Standing]:
    made: dict[str, Standing] = {}
    for one in alive(events):
        if one.decision.subject and counts(one):
            made[one.decision.subject] = _followed(made.get(one.decision.subject), one)
    return made


def _followed(before: Standing | None, event: Event) -> Standing:
    """Return how a finding stands after one more event."""
    said = event.decision
    base = before or Standing(said.subject, said.kind, said.clause, said.label)
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
