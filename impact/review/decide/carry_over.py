"""What becomes of decisions when a newer analysis arrives: they stay with their findings, by id."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from impact.review.decide.status import DecisionStatus
from impact.review.values.subject import Subject


@dataclass(frozen=True, slots=True)
class CarriedSubject:
    """A finding or safeguard that both analyses have.

    Attributes:
        before, after: In the earlier and in the later analysis.
        changed: What differs: of "label", "level", "triple", "strength", "evidence", "doubtful".
        status: What was decided on it; None where nothing was.
    """

    before: Subject
    after: Subject
    changed: tuple[str, ...]
    status: DecisionStatus | None

    @property
    def asks(self) -> bool:
        """Whether a decision was made on something else than what is there now."""
        return bool(self.changed) and self.status is not None and self.status.decided


@dataclass(frozen=True, slots=True)
class AnalysisComparison:
    """Two analyses side by side.

    Attributes:
        carried: In both, in the order of the later.
        vanished: In the earlier alone, with what was decided on each; in its order.
        new: In the later alone, in its order.
    """

    carried: tuple[CarriedSubject, ...]
    vanished: tuple[tuple[Subject, DecisionStatus | None], ...]
    new: tuple[Subject, ...]


_COMPARED = ("label", "level", "triple", "strength", "evidence", "doubtful")


def compare_analyses(
    earlier: Iterable[Subject], later: Iterable[Subject], statuses: Mapping[str, DecisionStatus]
) -> AnalysisComparison:
    """Return what two analyses have in common and what not, with the decisions on it."""
    old, new = {subject.id: subject for subject in earlier}, {subject.id: subject for subject in later}
    return AnalysisComparison(
        carried=tuple(
            CarriedSubject(old[name], subject, _changes(old[name], subject), statuses.get(name))
            for name, subject in new.items()
            if name in old
        ),
        vanished=tuple((subject, statuses.get(name)) for name, subject in old.items() if name not in new),
        new=tuple(subject for name, subject in new.items() if name not in old),
    )


def _changes(before: Subject, after: Subject) -> tuple[str, ...]:
    return tuple(name for name in _COMPARED if getattr(before, name) != getattr(after, name))
