"""Where reviewers differ, and what holds in the end."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from impact.review.decide.blinding import Blinding
from impact.review.decide.status import DecisionStatus, own_statuses, settled_statuses
from impact.review.values.decision import Event


class Difference(StrEnum):
    """How reviewers differ: in whether it stands, in what it is, or in that only some decided."""

    VERDICT = "verdict"
    CORRECTION = "correction"
    PARTIAL = "partial"


@dataclass(frozen=True, slots=True)
class Conflict:
    """A finding or safeguard on which reviewers differ.

    Attributes:
        statuses: Name and standing of each reviewer who is opened, by name; undecided ones too.
        settled: What was settled since; None while it is open.
    """

    subject: str
    difference: Difference
    statuses: tuple[tuple[str, DecisionStatus], ...]
    settled: DecisionStatus | None

    @property
    def blocks(self) -> bool:
        """Whether nobody can sign before it is settled: a decision of one reviewer alone stands as it is."""
        return self.settled is None and self.difference is not Difference.PARTIAL


@dataclass(frozen=True, slots=True)
class FinalStatus:
    """What holds for a finding or safeguard.

    Attributes:
        status: As settled, else as agreed, else as the only one who decided said; undecided in an open conflict.
        by: Names of those whose word it is.
        conflict: Where they differ or differed; None where they do not.
    """

    status: DecisionStatus
    by: tuple[str, ...]
    conflict: Conflict | None = None


def conflicts(events: Iterable[Event], state: Blinding) -> tuple[Conflict, ...]:
    """Return where the opened reviewers differ, in the order in which the findings were first decided."""
    return tuple(final.conflict for final in outcomes(events, state).values() if final.conflict)


def outcomes(events: Iterable[Event], state: Blinding) -> dict[str, FinalStatus]:
    """Return what holds for each finding and safeguard on which an opened reviewer said anything, by its id."""
    sequence = tuple(events)
    said = {name: own_statuses(sequence, name) for name in sorted(state.opened)}
    after = settled_statuses(one for one in sequence if one.decision.reviewer in state.opened)
    order = dict.fromkeys(one.decision.subject for one in sequence if one.decision.subject)
    known = [subject for subject in order if subject in after or any(subject in each for each in said.values())]
    return {subject: _final(subject, said, after.get(subject)) for subject in known}


def _final(subject: str, said: Mapping[str, Mapping[str, DecisionStatus]], after: DecisionStatus | None) -> FinalStatus:
    blank = next((each[subject] for each in said.values() if subject in each), after)
    assert blank is not None  # noqa: S101 (a subject is known only if somebody said something of it)
    nothing = DecisionStatus(blank.subject, blank.kind, blank.clause, blank.label)
    each = {name: standings.get(subject, nothing) for name, standings in said.items()}
    decided = {name: one for name, one in each.items() if one.decided}
    settles = after if after and after.decided else None
    notes = tuple(note for one in (*each.values(), *((after,) if after else ())) for note in one.notes)
    difference = _difference(list(each.values()))
    conflict = Conflict(subject, difference, tuple(each.items()), settles) if difference else None
    if settles:
        return FinalStatus(replace(settles, notes=notes), (settles.by,), conflict)
    if not decided or (conflict and conflict.blocks):
        return FinalStatus(replace(nothing, notes=notes), (), conflict)
    return FinalStatus(replace(next(iter(decided.values())), notes=notes), tuple(decided), conflict)


def _difference(standings: list[DecisionStatus]) -> Difference | None:
    decided = [standing for standing in standings if standing.decided]
    if len({one.stands for one in decided}) > 1:
        return Difference.VERDICT
    if len({one.correction for one in decided}) > 1:
        return Difference.CORRECTION
    return Difference.PARTIAL if 0 < len(decided) < len(standings) else None
