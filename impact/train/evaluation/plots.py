"""Where marks of plots lie, in units of their drawings; the template draws them."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt

from impact.train.evaluation.calibration import Calibration
from impact.train.evaluation.curves import Curve
from impact.train.evaluation.scores import LabelResult

SIDE = 300.0
"""Length of both axes of square plots; both run from 0 to 1."""

LARGEST = 13.0
"""Radius of the dot of the fullest interval."""

BAR = 260.0
"""Length of a bar that stands for 1."""

STEP = 26.0
"""Distance from bar to bar."""


@dataclass(frozen=True, slots=True)
class Dot:
    """A circle; `x` to the right and `y` downwards from the upper left corner of the plot."""

    x: float
    y: float
    radius: float


@dataclass(frozen=True, slots=True)
class PlotLine:
    """A line with a name; `points` as SVG wants them."""

    name: str
    points: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One label: `y` of its middle, length of the bar of F1, places of the marks of precision and recall."""

    result: LabelResult
    y: float
    f1: float
    precision: float
    recall: float


def reliability(calibration: Calibration) -> tuple[Dot, ...]:
    """Return a dot a bin, at its mean grade and share true, its area after its pairs."""
    most = max((bin_.pairs for bin_ in calibration.bins), default=1)
    return tuple(
        Dot(*_at(bin_.graded, bin_.true), round(max(2.5, LARGEST * sqrt(bin_.pairs / most)), 1))
        for bin_ in calibration.bins
    )


def lines(curves: Sequence[Curve]) -> tuple[PlotLine, ...]:
    """Return the curves as steps."""
    return tuple(_line(curve) for curve in curves)


def bars(results: Sequence[LabelResult]) -> tuple[Bar, ...]:
    """Return a bar a label, those with most positives first."""
    ordered = sorted(results, key=lambda result: (-result.true, result.label))
    return tuple(
        Bar(
            label_result,
            STEP * (place + 0.5),
            *(round(BAR * share, 1) for share in (label_result.f1, label_result.precision, label_result.recall)),
        )
        for place, label_result in enumerate(ordered)
    )


def _line(curve: Curve) -> PlotLine:
    places = [_at(recall, precision) for recall, precision in curve.points]
    steps = [f"{places[0][0]},{places[0][1]}"] if places else []
    for (_, last), (x, y) in pairwise(places):
        steps += [f"{x},{last}", f"{x},{y}"]
    return PlotLine(curve.name, " ".join(steps))


def _at(right: float, up: float) -> tuple[float, float]:
    return round(SIDE * right, 1), round(SIDE * (1 - up), 1)
