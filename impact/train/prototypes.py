"""Boil many labelled vectors down to a few hundred, each with the share of its clauses that propose each label."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

MOST, MEMBERS = 600, 2
"""Prototypes at the most, and examples to each at the least where there are fewer. Source: measured on the development
clauses by bench/experiments.py; 300 and 1,000 do as well."""

PASSES = 15
"""Times that every example is given to the nearest prototype anew. Source: project judgement."""


def prototypes(vectors: "Floats", truth: "Floats", weights: "Floats", most: int = MOST) -> "dict[str, Floats]":
    """Return spherical k-means of the vectors as arrays named as in `impact.classify.heads.Heads`.

    The same examples give the same prototypes on the same kind of machine. Source: Dhillon and Modha 2001.

    Args:
        vectors: Of length 1, shape (examples, dimension).
        truth: Whether the example proposes the label, shape (examples, labels).
        weights: How much each example counts, shape (examples,).
        most: How many prototypes at the most.
    """
    import numpy as np
    from scipy.sparse import csr_matrix

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
    held = sizes > 0
    shares = (members @ truth)[held] / sizes[held, None]
    return {"prototypes": centers[held], "shares": shares, "sizes": sizes[held]}
