"""The figures of an evaluation as one page with plots, each with a table of what it shows."""

from functools import cache
from typing import TYPE_CHECKING, Any

from impact.train.corpus.swap import Swapped
from impact.train.evaluation import plots
from impact.train.evaluation.alarms import Alarms
from impact.train.evaluation.by_document import GRAVEST, OFTEN
from impact.train.evaluation.calibration import FLOOR
from impact.train.evaluation.curves import Curve
from impact.train.evaluation.evaluate import Baseline, Evaluation
from impact.train.evaluation.scores import FREQUENT
from impact.train.evaluation.text import FIGURES, placed

if TYPE_CHECKING:
    from jinja2 import Environment

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
    return _environment().get_template("evaluation.html").render(parts)


def _best(curve: Curve, wanted: float) -> float:
    """Return the best precision of the points of a curve that reach a recall."""
    return max((precision for recall, precision in curve.points if recall >= wanted), default=0.0)


@cache
def _environment() -> "Environment":
    from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=ChoiceLoader([PackageLoader("impact.train"), PackageLoader("impact.report")]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters["two"] = "{:.2f}".format
    environment.filters["three"] = "{:.3f}".format
    environment.filters["share"] = _share
    return environment


def _share(part: int, whole: int) -> str:
    return f"{part} of {whole}" + (f" ({100 * part / whole:.0f} %)" if whole else "")
