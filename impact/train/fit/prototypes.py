"""Boil many labeled vectors down to a few hundred, each with the share of its clauses that propose each label."""

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

Floats = NDArray[np.float32]
Bools = NDArray[np.bool_]


MOST, MOST_OWN, MEMBERS = 600, 300, 2
"""Prototypes of real and of written clauses at the most, and examples to each at the least where there are fewer.
Source: measured on the development clauses by bench/experiments.py; five times as many do hardly better."""

PASSES = 15
"""Times that every example is given to the nearest prototype anew. Source: project judgment."""


def prototypes_of(vectors: Floats, truth: Floats, weights: Floats, own: Bools) -> dict[str, Floats]:
    """Return the prototypes of real clauses and of written ones, each from its kind alone; see `prototypes`.

    `own` says of each example whether it was written for training, shape (examples,).
    """
    kinds = [(kind, most) for kind, most in ((~own, MOST), (own, MOST_OWN)) if kind.any()]
    groups = [prototypes(vectors[kind], truth[kind], weights[kind], most) for kind, most in kinds]
    marks = [
        np.full(len(group["sizes"]), own[kind][0], np.float32) for group, (kind, _) in zip(groups, kinds, strict=True)
    ]
    return {name: np.concatenate([group[name] for group in groups]) for name in groups[0]} | {
        "own": np.concatenate(marks)
    }


def prototypes(vectors: Floats, truth: Floats, weights: Floats, most: int = MOST) -> dict[str, Floats]:
    """Return spherical k-means of the vectors as arrays named as in `impact.classify.heads.Heads`.

    The same examples give the same prototypes on the same kind of machine. Source: Dhillon and Modha 2001.

    Args:
        vectors: Of length 1, shape (examples, dimension).
        truth: Whether the example proposes the label, shape (examples, labels).
        weights: How much each example counts, shape (examples,).
        most: How many prototypes at the most.
    """
    count, rows = max(1, min(most, len(vectors) // MEMBERS)), np.arange(len(vectors))
    chosen = np.random.default_rng(0).choice(len(vectors), count, replace=False)
    centers = vectors[np.sort(chosen)]
    members = csr_matrix((count, len(vectors)), dtype=np.float32)
    for _ in range(PASSES):
        nearest = (vectors @ centers.T).argmax(axis=1)
        members = csr_matrix((weights, (nearest, rows)), shape=(count, len(vectors)), dtype=np.float32)
        sums = members @ vectors
        lengths = np.linalg.norm(sums, axis=1, keepdims=True)
        centers = np.where(lengths > 0, sums / np.maximum(lengths, np.float32(1e-9)), centers)
    sizes = np.asarray(members.sum(axis=1), np.float32).ravel()
    filled = sizes > 0
    shares = (members @ truth)[filled] / sizes[filled, None]
    return {"prototypes": centers[filled], "shares": shares, "sizes": sizes[filled]}
