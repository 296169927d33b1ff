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


def outcomes(events: Iterable[Event], blinding: Blinding) -> dict[str, FinalStatus]:
    """Return what holds for each finding and safeguard on which an opened reviewer said anything, by its id."""
    sequence = tuple(events)
    blind = {name: own_statuses(sequence, name) for name in sorted(blinding.opened)}
    settled = settled_statuses(event for event in sequence if event.decision.reviewer in blinding.opened)
    subjects = dict.fromkeys(event.decision.subject for event in sequence if event.decision.subject)
    return {
        subject: _final(subject, blind, settled.get(subject))
        for subject in subjects
        if subject in settled or any(subject in statuses for statuses in blind.values())
    }


def _final(
    subject: str, blind: Mapping[str, Mapping[str, DecisionStatus]], settled: DecisionStatus | None
) -> FinalStatus:
    first = next((statuses[subject] for statuses in blind.values() if subject in statuses), settled)
    assert first is not None  # noqa: S101 (`outcomes` asks only for subjects of which somebody said something)
    undecided = DecisionStatus(first.subject, first.kind, first.clause, first.label)
    by_name = {name: statuses.get(subject, undecided) for name, statuses in blind.items()}
    decided = {name: status for name, status in by_name.items() if status.decided}
    settlement = settled if settled and settled.decided else None
    notes = tuple(note for status in (*by_name.values(), *((settled,) if settled else ())) for note in status.notes)
    difference = _difference(list(by_name.values()))
    conflict = Conflict(subject, difference, tuple(by_name.items()), settlement) if difference else None
    if settlement:
        return FinalStatus(replace(settlement, notes=notes), (settlement.by,), conflict)
    if not decided or (conflict and conflict.blocks):
        return FinalStatus(replace(undecided, notes=notes), (), conflict)
    return FinalStatus(replace(next(iter(decided.values())), notes=notes), tuple(decided), conflict)


def _difference(statuses: list[DecisionStatus]) -> Difference | None:
    decided = [status for status in statuses if status.decided]
    if len({status.stands for status in decided}) > 1:
        return Difference.VERDICT
    if len({status.correction for status in decided}) > 1:
        return Difference.CORRECTION
    return Difference.PARTIAL if 0 < len(decided) < len(statuses) else None
