"""Fuse the signals of a clause into chances, make the chances honest, and set where they count."""

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from impact.train.fit import FOLDS, Material, Parts, fit_parts, signals

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

SPARED = 0.01
"""Share of what the full fusion says that the gate may lose. Source: project judgement."""


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


def unseen_signals(material: Material, seed: int, told: "Callable[[str], None]") -> "tuple[Floats, Floats]":
    """Return the signals of all real examples from parts that never saw their document, and the truth.

    Documents fall into `FOLDS` parts in the order of their names, shuffled by the seed; what we wrote is always
    trained on.
    """
    import numpy as np

    names = sorted({example.document for example in material.examples if not example.written})
    order = np.random.default_rng(seed).permutation(len(names))
    fold = {names[place]: number % FOLDS for number, place in enumerate(order.tolist())}
    folds = np.array([-1 if example.written else fold[example.document] for example in material.examples])
    found, truth = [], []
    for number in range(FOLDS):
        told(f"part {number + 1} of {FOLDS}: train on the others")
        held = material.of(np.flatnonzero(folds == number))
        if not held.examples:
            continue
        found.append(signals(fit_parts(material.of(np.flatnonzero(folds != number)), seed), held))
        truth.append(held.truth)
    return np.concatenate(found), np.concatenate(truth)


def fit_fusion(found: "Floats", truth: "Floats") -> Fusion:
    """Return weights that all labels share, from signals (examples, labels, signals) and truth (examples, labels)."""
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    flat, wanted = found.reshape(-1, found.shape[-1]), truth.ravel()
    fitted = []
    for width in (flat.shape[1], flat.shape[1] - 1):
        model = LogisticRegression(max_iter=300).fit(flat[:, :width], wanted)
        fitted.append(np.append(model.coef_[0], model.intercept_[0]).astype(np.float32))
    return Fusion(fitted[0], fitted[1])


def plain_fusion() -> Fusion:
    """Return how signals are fused where no real clause is at hand to fit it on. Source: rounded from the real ones."""
    import numpy as np

    full = np.array([0.5, 0.3, 0.6, -0.5, 0.4, 0.0], np.float32)
    light = np.array([0.7, 0.4, 0.7, -0.5, 0.0], np.float32)
    return Fusion(full, light, gate=0.0, threshold=0.5)


def calibrate(fusion: Fusion, found: "Floats", truth: "Floats") -> Fusion:
    """Return the fusion with chances that hold, and the threshold of the highest micro-F1, on other documents.

    Each set of weights is scaled and shifted by a logistic regression of two numbers (Platt 1999).

    Args:
        fusion: Weights.
        found: Signals of examples on which nothing was trained, shape (examples, labels, signals).
        truth: Whether they propose the label, shape (examples, labels).
    """
    full, light = (_scaled(weights, found, truth) for weights in (fusion.full, fusion.light))
    chances = chance(full, found)
    threshold = best_threshold(chances, truth)
    gate = gate_for(chance(light, found).max(axis=1), chances.max(axis=1) >= threshold)
    return replace(fusion, full=full, light=light, gate=gate, threshold=threshold)


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
    return float(np.floor(1e4 * np.quantile(light[said], SPARED)) / 1e4)


def _scaled(weights: "Floats", found: "Floats", truth: "Floats") -> "Floats":
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    scores = (found[..., : len(weights) - 1] @ weights[:-1] + weights[-1]).reshape(-1, 1)
    model = LogisticRegression(C=1e4, max_iter=300).fit(scores, truth.ravel())
    scaled = weights * np.float32(model.coef_[0, 0])
    scaled[-1] += np.float32(model.intercept_[0])
    return scaled


def finish(parts: Parts, fusion: Fusion) -> "dict[str, Floats]":
    """Return all arrays by their names in `impact.classify.heads.Heads`."""
    return parts.arrays | {"full": fusion.full, "light": fusion.light}
