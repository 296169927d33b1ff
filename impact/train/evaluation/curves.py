"""Precision against recall over all cuts of the grades."""

from collections.abc import Sequence
from dataclasses import dataclass

from sklearn.metrics import precision_recall_curve

from impact.train.corpus.clauses import Labeled
from impact.train.evaluation.scores import Grades, pairs

WANTED = (0.8, 0.9)
"""Recalls at which precision is told. Source: project judgment."""

POINTS = 200
"""Most points kept of a curve; what a plot can show. Source: project judgment."""


@dataclass(frozen=True, slots=True)
class Curve:
    """Precision and recall, both 0 to 1, recall never rising.

    Attributes:
        name: "micro" or "anything".
        points: Recall and precision, at most `POINTS` and some.
        at: Wanted recall, and the best precision of the cuts that reach it.
    """

    name: str
    points: tuple[tuple[float, float], ...]
    at: tuple[tuple[float, float], ...]

    def __post_init__(self) -> None:
        recalls = [recall for recall, _ in self.points]
        if recalls != sorted(recalls, reverse=True):
            raise ValueError(f"curve {self.name}: recall rises")


def curves(labeled: Sequence[Labeled], labels: Sequence[str], grades: Grades) -> tuple[Curve, ...]:
    """Return the curves over all pairs of clause and label, and over clauses by their best grade.

    Ungraded pairs count as graded 0, so that every recall is reached, at worst by saying everything of every clause.
    A curve without positives is absent.
    """
    graded = pairs(labeled, labels, grades)
    return tuple(_curve(name, *graded[name]) for name in ("micro", "anything") if any(graded[name][0]))


def _curve(name: str, true: Sequence[bool], graded: Sequence[float]) -> Curve:
    precisions, recalls, _ = precision_recall_curve(true, graded)
    points = list(zip(recalls.tolist(), precisions.tolist(), strict=True))
    at = tuple((wanted, max(precision for recall, precision in points if recall >= wanted)) for wanted in WANTED)
    step = max(1, len(points) // POINTS)
    thinned = [*points[:-1:step], points[-1]]
    return Curve(name, tuple(thinned), at)
