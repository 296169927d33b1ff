"""How well fused signals do on documents that neither the parts nor the fusion have seen."""

from collections.abc import Mapping, Sequence

import numpy as np
from sklearn.metrics import average_precision_score, precision_recall_fscore_support

from impact.classify.heads import SIGNALS, fuse, spoken
from impact.train.evaluation.calibration import FLOOR, calibrate
from impact.train.fit.fusion import cuts, weigh
from impact.train.fit.weights import Bools, Floats

FOLDS = 5
"""Parts into which development documents fall. Source: project judgment."""

_KINDS = ("precision", "recall", "f1")


def judged_unseen(
    scores: Floats, truth: Floats, documents: Sequence[str], readers: Floats | None = None, talk: Bools | None = None
) -> dict[str, float]:
    """Return how well a fusion does on documents that it was not fitted on, as `figures` of `labeled_unseen` gives it.

    The arguments are those of `labeled_unseen`; nothing for a single document.
    """
    if len(set(documents)) < 2:
        return {}
    return figures(*labeled_unseen(scores, truth, documents, readers, talk), truth)


def labeled_unseen(
    scores: Floats, truth: Floats, documents: Sequence[str], readers: Floats | None = None, talk: Bools | None = None
) -> tuple[Floats, Bools]:
    """Return the chance of each label in documents that the fusion was not fitted on, and which labels are said.

    Arguments as for `fit_fusion`; in the order of the names of their documents examples fall into `FOLDS` parts.

    Returns:
        Chances from 0 to 1 and what is said of them, both of shape (examples, labels).
    """
    names = sorted(set(documents))
    folds = np.array([names.index(name) % FOLDS for name in documents])
    chances, labeled = np.zeros(truth.shape, np.float32), np.zeros(truth.shape, bool)
    free = np.ones(truth.shape, bool) if talk is None else ~talk
    for fold in sorted(set(folds.tolist())):
        here = folds == fold
        if truth[~here].any():
            weights = weigh(scores[~here], truth[~here], None if readers is None else readers[~here])
            chances[here] = fuse(weights, scores[here])
            labeled[here] = spoken(chances[here], *cuts(fuse(weights, scores[~here]), truth[~here], ~free[~here]))
    return chances, labeled & free


def figures(chances: Floats, labeled: Bools, truth: Floats) -> dict[str, float]:
    """Return how well chances and labels said agree with the truth; all of shape (examples, labels).

    Returns:
        `precision`, `recall` and `f1` over all labels, `anything_precision` and so on, `average_precision` over all
        pairs, and `calibration_error` over the pairs with a chance from `FLOOR`.
    """
    wanted = truth > 0
    result: dict[str, float] = {}
    for name, ours, theirs in (("", labeled.ravel(), wanted.ravel()), ("anything_", labeled.any(1), wanted.any(1))):
        scores = precision_recall_fscore_support(theirs, ours, average="binary", zero_division=0)[:3]
        result |= {f"{name}{what}": float(score) for what, score in zip(_KINDS, scores, strict=True)}
    if wanted.any():
        result["average_precision"] = float(average_precision_score(wanted.ravel(), chances.ravel()))
    pairs = zip(chances.ravel().tolist(), wanted.ravel().tolist(), strict=True)
    result["calibration_error"] = calibrate(pair for pair in pairs if pair[0] >= FLOOR).error
    return {name: round(figure, 4) for name, figure in result.items()}


def ablation(
    scores: Mapping[str, Floats],
    truth: Floats,
    documents: Sequence[str],
    readers: Floats | None = None,
    talk: Bools | None = None,
) -> dict[str, dict[str, float]]:
    """Return `judged_unseen` by the names of the signals used: of each way of judging each alone, all but one, and all.

    `scores` as for `fit_fusion`; ways that it lacks are left out.
    """
    return {
        " + ".join(SIGNALS[way][signal] for signal in used): judged_unseen(
            scores[way][..., list(used)], truth, documents, readers, talk
        )
        for way in SIGNALS
        if way in scores and way != "light"
        for used in _choices(len(SIGNALS[way]))
    }


def _choices(count: int) -> list[tuple[int, ...]]:
    """Return each of the first numbers alone, all but one, and all."""
    every = range(count)
    alone = [(index,) for index in every]
    return [*alone, *(tuple(other for other in every if other != index) for index in reversed(every)), tuple(every)]
