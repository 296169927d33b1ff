"""The figures of an evaluation as one page with plots, each with a table of what it shows."""

from typing import Any

from impact.present.templates import template
from impact.train.evaluation import plots
from impact.train.evaluation.alarms import Alarms
from impact.train.evaluation.by_document import GRAVEST, OFTEN
from impact.train.evaluation.calibration import FLOOR
from impact.train.evaluation.curves import Curve
from impact.train.evaluation.evaluate import Baseline, Evaluation
from impact.train.evaluation.scores import FREQUENT
from impact.train.evaluation.swap import Swapped
from impact.train.evaluation.text import FIGURES, placed

RECALLS = tuple(place / 10 for place in range(1, 11))
"""Recalls at which the table beside the curves tells precision."""


def render(result: Evaluation, alarms: Alarms | None = None, swapped: Swapped | None = None) -> str:
    """Return the page: one file, nothing fetched, no script, no clause quoted."""
    parts: dict[str, Any] = {
        "result": result,
        "agreement": result.agreement,
        "alarms": alarms,
        "swapped": swapped,
        "placed": " ".join(placed(result.placement)),
        "programs": (*result.baselines, Baseline(", ".join(result.by), result.agreement)),
        "figures": FIGURES,
        "floor": FLOOR,
        "frequent": FREQUENT,
        "often": OFTEN,
        "gravest": GRAVEST,
        "plots": plots,
        "dots": plots.reliability(result.graded),
        "lines": plots.lines(result.curves),
        "bars": plots.bars(result.agreement.labels),
        "at": tuple((wanted, tuple(_best(curve, wanted) for curve in result.curves)) for wanted in RECALLS),
    }
    return template("train/evaluation.html").render(parts)


def _best(curve: Curve, wanted: float) -> float:
    """Return the best precision of the points of a curve that reach a recall."""
    return max((precision for recall, precision in curve.points if recall >= wanted), default=0.0)
