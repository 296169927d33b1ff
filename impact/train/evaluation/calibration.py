"""Whether grades mean what they say: of the pairs graded .7, seven in ten should be right."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from impact.train.corpus.clauses import Labeled
from impact.train.evaluation.scores import Grades, LabelsByRow

BINS = 10
"""Bins of equal width from 0 to 1. Source: project judgment; the usual number for the expected calibration error."""

FLOOR = 0.05
"""Grade below which a pair of clause and label is left out, lest thousands of sure noes hide all else. Source: project
judgment."""


@dataclass(frozen=True, slots=True)
class Bin:
    """Pairs with grades from `low` to below `high` (the last bin holds 1): how many, their mean grade, the share true.

    Raises:
        ValueError: If it is empty or a share is outside of 0 to 1.
    """

    low: float
    high: float
    pairs: int
    graded: float
    true: float

    def __post_init__(self) -> None:
        if self.pairs < 1 or not 0 <= self.graded <= 1 or not 0 <= self.true <= 1:
            msg = f"bin {self.low} to {self.high}: {self.pairs} pairs, graded {self.graded}, true {self.true}"
            raise ValueError(msg)


@dataclass(frozen=True, slots=True)
class Calibration:
    """Bins from low to high; empty bins are absent."""

    bins: tuple[Bin, ...]

    @property
    def pairs(self) -> int:
        """How many pairs were looked at."""
        return sum(interval.pairs for interval in self.bins)

    @property
    def error(self) -> float:
        """Expected calibration error: mean distance of grade and share true, bins weighed by their pairs; 0 if empty.

        Source: Naeini, Cooper, Hauskrecht: Obtaining Well Calibrated Probabilities Using Bayesian Binning, 2015.
        """
        total = self.pairs
        return sum(part.pairs * abs(part.graded - part.true) for part in self.bins) / total if total else 0.0


def calibrate(graded: Iterable[tuple[float, bool]]) -> Calibration:
    """Return the bins of pairs of a grade, 0 to 1, and whether readers agree."""
    members: dict[int, list[tuple[float, bool]]] = {}
    for grade, true in graded:
        members.setdefault(min(int(grade * BINS), BINS - 1), []).append((grade, true))
    return Calibration(
        tuple(
            Bin(
                place / BINS,
                (place + 1) / BINS,
                len(group),
                min(1.0, sum(grade for grade, _ in group) / len(group)),
                sum(true for _, true in group) / len(group),
            )
            for place, group in sorted(members.items())
        )
    )


def of_grades(labeled: Sequence[Labeled], grades: Grades) -> Calibration:
    """Return the calibration over every clause and label graded `FLOOR` or more."""
    return calibrate(
        (grade, label in row.proposes)
        for row in labeled
        for label, grade in grades.get(row.id, {}).items()
        if grade >= FLOOR
    )


def of_labels(labeled: Sequence[Labeled], grades: Grades, answers: LabelsByRow) -> Calibration:
    """Return the calibration over every clause and label that the program says."""
    return calibrate(
        (grades.get(row.id, {}).get(label, 0.0), label in row.proposes) for row in labeled for label in answers[row.id]
    )
