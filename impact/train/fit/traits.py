"""Fitting a chance on named traits, and what it says of documents that it was not fitted on."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from impact.trait_weights import Traits, TraitWeights

FOLDS, ROUNDS = 8, 5

Column = NDArray[Any]


def fitted(
    rows: Sequence[Traits],
    right: Sequence[bool],
    penalty: float,
    scales: Mapping[str, float] | None = None,
    heads: str = "",
) -> TraitWeights:
    """Return weights by which traits give the chance of being right.

    Args:
        rows: Traits of what was judged.
        right: Whether it was right.
        penalty: Inverse strength of the penalty on weights of traits of variance 1.
        scales: Scale of the traits whose names begin so, instead of variance 1.
        heads: Digest of the heads, where the traits hear them.
    """
    names = sorted({name for row in rows for name in row})
    columns = np.array([[row.get(name, 0.0) for name in names] for row in rows])
    mean, scale = columns.mean(0), columns.std(0) + 1e-6
    for start, factor in (scales or {}).items():
        scale[[name.startswith(start) for name in names]] = 1 / factor
    model = LogisticRegression(C=penalty, max_iter=3000).fit((columns - mean) / scale, np.array(right))
    weights = model.coef_[0] / scale
    bias = float(model.intercept_[0] - weights @ mean)
    traits = {name: round(float(weight), 4) for name, weight in zip(names, weights, strict=True)}
    return TraitWeights(round(bias, 4), traits, heads)


def unseen(
    rows: Sequence[Traits],
    right: Sequence[bool],
    documents: Sequence[str],
    penalty: float,
    scales: Mapping[str, float] | None = None,
) -> Column:
    """Return the chance of each row by weights fitted to other documents, mean over several partings."""
    names = sorted(set(documents))
    chances = np.zeros(len(rows))
    for seed in range(ROUNDS):
        folds = dict(zip(names, np.random.default_rng(seed).permutation(len(names)) % FOLDS, strict=True))
        for fold in range(FOLDS):
            others = [at for at, name in enumerate(documents) if folds[name] != fold]
            weights = fitted([rows[at] for at in others], [right[at] for at in others], penalty, scales)
            for at, name in enumerate(documents):
                if folds[name] == fold:
                    chances[at] += weights.chance(rows[at]) / ROUNDS
    return chances
