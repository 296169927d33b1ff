"""Fuse the signals of a clause into chances that hold, and set from which chance a label counts."""

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from impact.train.fit import Parts

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

SPARED = 0.05
"""Share of the examples of which something is said that the gate may keep from the encoder. Source: measured on the
development clauses; micro-F1 falls by .002, for such clauses are still judged by the rest, and a quarter of the clauses
of an average document go on."""


@dataclass(frozen=True, slots=True, eq=False)
class Fusion:
    """How signals become a chance.

    Attributes:
        full: Weight of each of `impact.classify.heads.SIGNALS`, and a constant.
        light: The same without the vector.
        gate: Least chance by `light` from which the encoder is asked.
        threshold: Chance from which a label counts.
    """

    full: "Floats" = field(repr=False)
    light: "Floats" = field(repr=False)
    gate: float = 0.0
    threshold: float = 0.5

    def __post_init__(self) -> None:
        """Refuse chances outside of 0 to 1."""
        if not (0 <= self.gate <= 1 and 0 <= self.threshold <= 1):
            message = f"gate {self.gate} and threshold {self.threshold} are not from 0 to 1"
            raise ValueError(message)


def fit_fusion(found: "Floats", truth: "Floats") -> Fusion:
    """Return weights that all labels share, gate and threshold, fitted on documents on which nothing was trained.

    A logistic regression of so few numbers gives chances that hold (Platt 1999); the threshold is that of the highest
    micro-F1.

    Args:
        found: Signals, shape (examples, labels, signals).
        truth: Whether the example proposes the label, shape (examples, labels).
    """
    full, light = (weigh(found[..., :width], truth) for width in (found.shape[-1], found.shape[-1] - 1))
    chances = chance(full, found)
    threshold = best_threshold(chances, truth)
    gate = gate_for(chance(light, found).max(axis=1), chances.max(axis=1) >= threshold)
    return Fusion(full, light, gate, threshold)


def plain_fusion() -> Fusion:
    """Return how signals are fused where no real clause is at hand to fit it on. Source: rounded from the real ones."""
    import numpy as np

    full = np.array([0.5, 0.4, 1.1, 1.9], np.float32)
    light = np.array([1.0, 0.5, 1.4], np.float32)
    return Fusion(full, light, gate=0.0, threshold=0.5)


def chance(weights: "Floats", found: "Floats") -> "Floats":
    """Return the chance of each example and label, 0 to 1."""
    import numpy as np

    result: Floats = 1 / (1 + np.exp(-(found[..., : len(weights) - 1] @ weights[:-1] + weights[-1])))
    return result


def best_threshold(chances: "Floats", truth: "Floats") -> float:
    """Return the chance, to two digits, from which labels must count for the highest micro-F1; the lowest of equals."""
    import numpy as np
    from sklearn.metrics import f1_score

    grid = np.round(np.arange(0.1, 0.9, 0.01), 2)
    wanted = truth.ravel() > 0
    scores = [f1_score(wanted, chances.ravel() >= threshold, zero_division=0) for threshold in grid]
    return float(grid[int(np.argmax(scores))])


def gate_for(light: "Floats", said: "NDArray[np.bool_]") -> float:
    """Return the highest gate, to four digits, that lets through all but `SPARED` of the examples that are said.

    Args:
        light: Highest chance of each example without the vector.
        said: Whether the full fusion says anything of it.
    """
    import numpy as np

    if not said.any():
        return 0.0
    lowest = float(np.quantile(light[said], SPARED, method="lower"))
    return round(math.floor(1e4 * lowest) / 1e4, 4)


def weigh(found: "Floats", truth: "Floats") -> "Floats":
    """Return the weight of each signal, and a constant, for chances that hold on these examples."""
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=100, max_iter=500).fit(found.reshape(-1, found.shape[-1]), truth.ravel())
    return np.append(model.coef_[0], model.intercept_[0]).astype(np.float32)


def finish(parts: Parts, fusion: Fusion) -> "dict[str, Floats]":
    """Return all arrays by their names in `impact.classify.heads.Heads`."""
    return parts.arrays | {"full": fusion.full, "light": fusion.light}
