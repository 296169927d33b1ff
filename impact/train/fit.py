"""Train the heads: word weights and vector head on all examples, their fusion on documents that neither has seen."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from impact.classify.heads import odds
from impact.classify.terms import Terms, learn
from impact.train.examples import Example

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

FOLDS = 4
"""Parts into which documents fall for the fusion. Source: project judgement; more cost time and change little."""

WRITTEN = 0.7
"""Weight of a clause that we wrote beside a real one. Source: measured on the development clauses against .5 and 1, the
same within .003 of average precision."""

LEAST, MOST, MOST_HEADINGS = 2, 60_000, 12_000
"""Texts that a term must stand in, and terms at the most. Source: project judgement."""

HEADING = 0.5
"""Scale of headings beside words. Source: project judgement."""

STRENGTH, POSITIVE, ANYTHING = 8.0, 4.0, 1.5
"""Inverse regularization of the word weights, and weights of clauses that propose the label, or anything. Source:
measured on the development clauses: 3 for 8 and 2 for 4 were no better."""

UNITS, EPOCHS, DECAY, SCALE = 384, 6, 0.03, 8.0
"""Hidden units of the vector head, passes, L2 penalty, and factor on vectors of length 1. Source: measured on the
development clauses against 256 units, 8 to 15 passes, and penalties of .001 and .01."""


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """Word weights and vector head as arrays, named as in `impact.classify.heads.Heads`."""

    terms: Terms
    headings: Terms
    arrays: "dict[str, Floats]" = field(repr=False)


@dataclass(frozen=True, slots=True, eq=False)
class Material:
    """Examples as arrays, all with the same order of rows.

    Attributes:
        examples: What they are made of.
        truth: Whether the example proposes the label, shape (examples, labels).
        vectors: Encoder's vectors of clause and setting side by side, shape (examples, 2 * dimension).
        cues: Confidence in proposing and excess of talk, shape (examples, labels, 2).
    """

    examples: tuple[Example, ...]
    truth: "Floats"
    vectors: "Floats"
    cues: "Floats"

    def of(self, rows: "NDArray[np.int64]") -> "Material":
        """Return some of the examples."""
        return Material(
            tuple(self.examples[row] for row in rows.tolist()), self.truth[rows], self.vectors[rows], self.cues[rows]
        )


def gather(examples: Sequence[Example], labels: Sequence[str], vector: "Callable[[str], Floats]") -> Material:
    """Return examples as arrays; `vector` encodes a text."""
    import numpy as np

    known: dict[str, Floats] = {}
    for example in examples:
        for text in (example.view.text, example.view.setting):
            if text not in known:
                known[text] = vector(text)
    truth = np.array([[label in example.proposes for label in labels] for example in examples], np.float32)
    vectors = np.array([np.concatenate([known[e.view.text], known[e.view.setting]]) for e in examples], np.float32)
    return Material(tuple(examples), truth, vectors, np.array([e.view.cue_columns(labels) for e in examples]))


def fit_parts(material: Material, seed: int) -> Parts:
    """Return word weights and vector head, trained on all of the material."""
    import numpy as np

    terms = learn([example.view.text for example in material.examples], LEAST, MOST)
    headings = learn([example.view.setting for example in material.examples], LEAST, MOST_HEADINGS)
    rows = _rows(material, terms, headings)
    weights = np.array([WRITTEN if example.written else 1.0 for example in material.examples])
    columns = [*material.truth.T, material.truth.any(axis=1)]
    fitted = [
        _logistic(rows, truth, weights, ANYTHING if place == len(columns) - 1 else POSITIVE)
        for place, truth in enumerate(columns)
    ]
    every = np.array([coefficients for coefficients, _ in fitted], np.float32).T
    arrays = {
        "terms": every[: len(terms.numbers)],
        "headings": every[len(terms.numbers) :] * np.float32(HEADING),
        "bias": np.array([constant for _, constant in fitted], np.float32),
    }
    return Parts(terms, headings, arrays | _network(material, seed))


def _rows(material: Material, terms: Terms, headings: Terms) -> Any:
    """Return words and headings as a sparse matrix, shape (examples, terms + headings)."""
    import numpy as np
    from scipy.sparse import csr_matrix, hstack

    parts = []
    for vocabulary, scale, texts in (
        (terms, 1.0, [example.view.text for example in material.examples]),
        (headings, HEADING, [example.view.setting for example in material.examples]),
    ):
        rows = [vocabulary.row(text) for text in texts]
        starts = [0]
        for columns, _ in rows:
            starts.append(starts[-1] + len(columns))
        values = np.concatenate([values for _, values in rows]) * scale
        found = np.concatenate([columns for columns, _ in rows])
        parts.append(csr_matrix((values, found, starts), shape=(len(texts), len(vocabulary.numbers))))
    return hstack(parts).tocsr()


def _logistic(rows: Any, truth: "Floats", weights: Any, positive: float) -> "tuple[Floats, float]":
    """Return weights and constant of a logistic regression; zeros where the label is never proposed."""
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    if truth.sum() == 0:
        return np.zeros(rows.shape[1], np.float32), -5.0
    model = LogisticRegression(
        C=STRENGTH,
        class_weight={0: 1, 1: positive},
        solver="liblinear",
        dual=True,
        tol=1e-3,
        max_iter=200,
        random_state=0,
    ).fit(rows, truth, sample_weight=weights)
    return model.coef_[0].astype(np.float32), float(model.intercept_[0])


def _network(material: Material, seed: int) -> "dict[str, Floats]":
    """Return a network with one hidden layer over the vectors, trained for all labels at once."""
    import warnings

    import numpy as np
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.neural_network import MLPClassifier

    network = MLPClassifier(
        (UNITS,), alpha=DECAY, batch_size=256, max_iter=EPOCHS, learning_rate_init=1e-3, random_state=seed
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        network.fit(material.vectors * np.float32(SCALE), material.truth.astype(np.int64))
    (hidden, out), (hidden_bias, out_bias) = network.coefs_, network.intercepts_
    found = {"hidden": hidden * SCALE, "hidden_bias": hidden_bias, "out": out, "out_bias": out_bias}
    return {name: array.astype(np.float32) for name, array in found.items()}


def signals(parts: Parts, material: Material) -> "Floats":
    """Return the signals of examples, shape (examples, labels, 5), see `impact.classify.heads.SIGNALS`."""
    import numpy as np

    rows = _rows(material, parts.terms, parts.headings)
    weights = np.vstack([parts.arrays["terms"], parts.arrays["headings"] / np.float32(HEADING)])
    by_terms = (rows @ weights + parts.arrays["bias"]).astype(np.float32)
    hidden = np.maximum(material.vectors @ parts.arrays["hidden"] + parts.arrays["hidden_bias"], 0)
    by_vectors = hidden @ parts.arrays["out"] + parts.arrays["out_bias"]
    anything = np.repeat(by_terms[:, -1:], by_vectors.shape[1], axis=1)
    columns = (by_terms[:, :-1], anything, odds(material.cues[..., 0]), material.cues[..., 1], by_vectors)
    return np.stack(columns, axis=-1).astype(np.float32)
