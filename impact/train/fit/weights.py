"""Train the weights of words on examples."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression

from impact.classify.heads import LIGHT, by_vectors, odds
from impact.classify.terms import Terms, learn
from impact.train.corpus.examples import Example

Floats = NDArray[np.float32]
Bools = NDArray[np.bool_]

WRITTEN = 0.7
"""Weight of a clause that we wrote beside a real one. Source: measured on the development clauses against .5 and 1, the
same within .003 of average precision."""

LEAST, MOST, MOST_HEADINGS = 2, 60_000, 12_000
"""Texts that a term must stand in, and terms at the most. Source: project judgment."""

HEADING = 0.5
"""Scale of headings beside words. Source: project judgment."""

POSITIVE = 4
"""Weight of clauses that propose a label beside those that do not. Source: measured on the development clauses against
1 and 2."""

LOOSE = 8.0
"""Inverse regularization of the weights of words. Source: measured on the development clauses; 3 was no better."""

NEVER = -8.0
"""Log odds of a label that no example proposes. Source: project judgment."""


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """Weights of words, and the output layer of the encoder, as arrays named as in `impact.classify.heads.Heads`."""

    terms: Terms
    headings: Terms
    arrays: dict[str, Floats] = field(repr=False)


@dataclass(frozen=True, slots=True, eq=False)
class Material:
    """Examples as arrays, all with the same order of rows.

    Attributes:
        truth: Whether the example proposes the label, shape (examples, labels).
        vectors: Encoder's vectors of the clauses in their settings, shape (examples, dimension).
        cues: How sure the cues are, 0 to 1, shape (examples, labels).
    """

    examples: tuple[Example, ...]
    truth: Floats
    vectors: Floats
    cues: Floats


def gather(examples: Sequence[Example], labels: Sequence[str], vector: Callable[[str, str], Floats]) -> Material:
    """Return examples as arrays; `vector` encodes a clause in its setting."""
    truth = np.array([[label in example.proposes for label in labels] for example in examples], np.float32)
    vectors = np.array([vector(example.view.text, example.view.setting) for example in examples], np.float32)
    return Material(tuple(examples), truth, vectors, np.array([e.view.confidence(labels) for e in examples]))


def fit_parts(material: Material, outputs: Floats) -> Parts:
    """Return the weights of words, trained on all of the material.

    Args:
        material: Clauses to learn from.
        outputs: As in `impact.classify.heads.Heads`; kept as they are.
    """
    terms = learn([example.view.text for example in material.examples], LEAST, MOST)
    headings = learn([example.view.setting for example in material.examples], LEAST, MOST_HEADINGS)
    rows = _rows(material, terms, headings)
    weights = np.array([WRITTEN if example.written else 1.0 for example in material.examples], np.float32)
    by_words = [_by_words(rows, truth, weights) for truth in material.truth.T]
    every = np.array([coefficients for coefficients, _ in by_words], np.float32).T
    arrays = {
        "terms": every[: len(terms.numbers)],
        "headings": every[len(terms.numbers) :] * np.float32(HEADING),
        "bias": np.array([constant for _, constant in by_words], np.float32),
        "outputs": outputs,
    }
    return Parts(terms, headings, arrays)


def _rows(material: Material, terms: Terms, headings: Terms) -> Any:
    """Return words and headings as a sparse matrix, shape (examples, terms + headings)."""
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
        indices = np.concatenate([columns for columns, _ in rows])
        parts.append(csr_matrix((values, indices, starts), shape=(len(texts), len(vocabulary.numbers))))
    return hstack(parts).tocsr()


def _by_words(rows: Any, truth: Floats, weights: Any) -> tuple[Floats, float]:
    """Return weights and constant of a label over sparse rows; nothing where the label is never proposed."""
    if truth.min() == truth.max():
        return np.zeros(rows.shape[1], np.float32), -NEVER if truth.any() else NEVER
    model = LogisticRegression(
        C=LOOSE, class_weight={0: 1, 1: POSITIVE}, solver="liblinear", dual=True, tol=1e-3, max_iter=200, random_state=0
    )
    model.fit(rows, truth, sample_weight=weights)
    return model.coef_[0].astype(np.float32), float(model.intercept_[0])


def signals(parts: Parts, material: Material) -> Floats:
    """Return the signals of "fast", shape (examples, labels, 4), see `impact.classify.heads.SIGNALS`."""
    rows = _rows(material, parts.terms, parts.headings)
    weights = np.vstack([parts.arrays["terms"], parts.arrays["headings"] / np.float32(HEADING)])
    by_terms = rows @ weights + parts.arrays["bias"]
    light = np.stack([by_terms, odds(material.cues)], axis=-1)
    return np.concatenate([light, by_vectors(parts.arrays["outputs"], material.vectors)], axis=-1).astype(np.float32)


def signals_by_way(parts: Parts, material: Material, score: Callable[[str, str], Floats]) -> dict[str, Floats]:
    """Return the signals of examples by the names of `impact.classify.heads.SIGNALS`.

    The shapes are (examples, labels, signals). `score` is asked for what the larger network says of a clause in its
    setting, shape (labels, 2).
    """
    fast = signals(parts, material)
    light = fast[..., : len(LIGHT)]
    network_scores = np.array(
        [score(example.view.text, example.view.setting) for example in material.examples], np.float32
    )
    return {"light": light, "fast": fast, "model": np.concatenate([light, network_scores], axis=-1)}
