"""Fuse the signals of a clause into chances that hold, and set from which chance a label counts."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from sklearn.linear_model import LogisticRegression

from impact.classify.heads import SIGNALS, Cuts, fuse, spoken, together
from impact.train.fit.weights import Bools, Floats, Parts

SPARED = 0.015
"""Share of the examples of which something is said that a gate may keep from its network. Source: measured on the
development clauses: .05 would lose .04 of the clauses that propose anything, .015 loses .009. bench/heads.py tells how
many clauses go on."""


RIGHT, MARGIN = 0.705, 0.005
"""Least share of the clauses spoken of that do propose something, and how much of micro-F1 may be given for finding
more. Source: project judgment; .70 is wanted, and on documents held out the share is a little lower than on those that
the cut was set on; no more than that, for a missed clause costs more than a false alarm. The second, project judgment:
within it micro-F1 on documents held out does not fall."""


TWICE = 4.0
"""Weight of a development clause on which two readers agreed, beside that of one reader's. Source: measured on held-out
development documents, see models/heads/README.md: on clauses read by two the calibration error falls by a third, on the
others it stays."""


@dataclass(frozen=True, slots=True, eq=False)
class Fusion:
    """How signals become a chance.

    Attributes:
        weights: By the names of `impact.classify.heads.SIGNALS`, as `impact.classify.heads.fuse` takes them.
        cuts: Those of "fast" and of "model".

    Raises:
        ValueError: If weights or cuts are not those of the ways of judging.
    """

    weights: Mapping[str, Floats] = field(repr=False)
    cuts: Mapping[str, Cuts]

    def __post_init__(self) -> None:
        if self.weights.keys() != SIGNALS.keys() or self.cuts.keys() != SIGNALS.keys() - {"light"}:
            raise ValueError(f"weights of {sorted(self.weights)} and cuts of {sorted(self.cuts)} for {sorted(SIGNALS)}")


def fit_fusion(
    scores: Mapping[str, Floats],
    truth: Floats,
    readers: Floats | None = None,
    talk: Bools | None = None,
    real: Bools | None = None,
) -> Fusion:
    """Return weights that all labels share, gates and thresholds, fitted on documents on which nothing was trained.

    A logistic regression of so few numbers gives chances that hold (Platt 1999).

    Args:
        scores: Signals by the names of `impact.classify.heads.SIGNALS`, shape (examples, labels, signals).
        truth: Whether the example proposes the label, shape (examples, labels).
        readers: How many have read the example, shape (examples,); one each where left out.
        talk: Whether the cues take the example for mere talk of the label, see `impact.classify.features`, shape
            (examples, labels); nowhere where left out.
        real: On which examples gates and thresholds are set, shape (examples,), all where left out: what we wrote
            proposes more than real documents do, and would lower them. Source: models/heads/README.md.
    """
    weights = {name: weigh(rows, truth, readers) for name, rows in scores.items()}
    here = np.ones(len(truth), bool) if real is None else real
    chances = {name: fuse(weights[name], rows[here]) for name, rows in scores.items()}
    free = None if talk is None else talk[here]
    lines = {way: cuts(chances[way], truth[here], free) for way in ("fast", "model")}
    labeled = {way: np.any(spoken(chances[way], *cut), axis=1) for way, cut in lines.items()}
    gates = {
        "fast": gate_for(together(chances["light"]), labeled["fast"] | labeled["model"]),
        "model": gate_for(together(chances["fast"]), labeled["model"]),
    }
    return Fusion(weights, {way: Cuts(gates[way], *cut) for way, cut in lines.items()})


def plain_fusion() -> Fusion:
    """Return how signals are fused where no real clause is at hand to fit it on. Source: rounded from the real ones."""
    weights = {
        "light": [0.7, 0.35, 1.05, 0.0],
        "fast": [0.3, 0.25, 0.5, 0.0, 0.7, -0.05],
        "model": [0.25, 0.2, 0.55, 0.0, 0.5, -0.05],
    }
    arrays = {name: np.array(numbers, np.float32) for name, numbers in weights.items()}
    return Fusion(arrays, {"fast": Cuts(), "model": Cuts()})


def cuts(chances: Floats, truth: Floats, talk: Bools | None = None) -> tuple[float, float]:
    """Return from which chance of anything to speak of a clause, and from which chance of its own a label then counts.

    The first is the lowest, to two digits, at which `RIGHT` of the clauses spoken of do propose something, where there
    is none that of the highest F1; the second is the lowest with a micro-F1 within `MARGIN` of the highest. All
    arguments have the shape (examples, labels); `talk` is where the program will keep silent.
    """
    grid, wanted = [float(line) for line in np.round(np.arange(0.1, 0.9, 0.01), 2)], truth > 0
    some, free = np.asarray(wanted.any(axis=1)), np.ones(wanted.shape, bool) if talk is None else ~talk
    labeled = {line: np.asarray((spoken(chances, line, 1.0) & free).any(axis=1)) for line in grid}
    right = [line for line in grid if _precision(some, labeled[line]) >= RIGHT]
    anything = right[0] if right else max(grid, key=lambda line: _f1(some, labeled[line]))
    scores = [_f1(wanted, spoken(chances, anything, line) & free) for line in grid]
    return anything, next(line for line, score in zip(grid, scores, strict=True) if score >= max(scores) - MARGIN)


def _precision(truth: Bools, reported: Bools) -> float:
    """Return the share of what is said that is true, 0 where nothing is; sklearn takes 5 ms to say so."""
    return float((truth & reported).sum() / max(1, reported.sum()))


def _f1(truth: Bools, reported: Bools) -> float:
    return float(2 * (truth & reported).sum() / max(1, truth.sum() + reported.sum()))


def gate_for(light: Floats, labeled: Bools) -> float:
    """Return the highest gate, to four digits, that lets through all but `SPARED` of the examples that are said.

    `light` is the chance of anything in each example without the network, `labeled` whether anything is said with it.
    """
    if not labeled.any():
        return 0.0
    lowest = float(np.quantile(light[labeled], SPARED, method="lower"))
    return round(math.floor(1e4 * lowest) / 1e4, 4)


def weigh(scores: Floats, truth: Floats, readers: Floats | None = None) -> Floats:
    """Return weights as `fuse` takes them, for chances that hold on these examples; arguments as for `fit_fusion`.

    Two regressions: one weighs the signals, the other bends their sum, for the surest clauses are less sure than a
    straight line has them. Source: measured on the development documents; the calibration error falls from .05 to .03.
    """
    wanted, rows = truth.ravel(), scores.reshape(-1, scores.shape[-1])
    counted = np.ones(len(truth)) if readers is None else np.where(np.asarray(readers) > 1, TWICE, 1.0)
    weights = np.repeat(counted, truth.shape[1])
    straight = LogisticRegression(C=1, max_iter=500).fit(rows, wanted, sample_weight=weights)
    total = straight.decision_function(rows)
    pairs = np.stack([total, total**2], axis=1)
    bent = LogisticRegression(C=100, fit_intercept=False, max_iter=500).fit(pairs, wanted, sample_weight=weights)
    scale, square = bent.coef_[0]
    line = scale * np.append(straight.coef_[0], straight.intercept_[0])
    return np.append(line, square / scale**2).astype(np.float32)


def finish(parts: Parts, fusion: Fusion) -> dict[str, Floats]:
    """Return all arrays by their names in `impact.classify.heads.Heads`."""
    return parts.arrays | dict(fusion.weights)
