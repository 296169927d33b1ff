"""How far figures would move with other documents: bootstrap over documents."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy import ndarray

from impact.train.corpus.clauses import Labeled
from impact.train.evaluation.scores import FREQUENT, LabelsByRow

RESAMPLES = 1000
"""Source: project judgment; enough for two decimals of a 95 % interval."""

TAILS = (2.5, 97.5)
"""Percentiles that bound a 95 % interval."""


@dataclass(frozen=True, slots=True)
class Interval:
    """Bounds of a 95 % interval of a figure.

    Raises:
        ValueError: If the bounds are crossed.
    """

    figure: str
    low: float
    high: float

    def __post_init__(self) -> None:
        if not self.low <= self.high:
            raise ValueError(f"interval of {self.figure}: {self.low} to {self.high}")


def intervals(
    labeled: Sequence[Labeled], answers: LabelsByRow, labels: Sequence[str], seed: int, resamples: int = RESAMPLES
) -> tuple[Interval, ...]:
    """Return intervals of "micro_f1", "macro_f1_frequent", "anything_precision" and "anything_recall".

    Whole documents are drawn with replacement, as many as there are, for clauses of one document err alike. Which
    labels are frequent is told from all clauses once. The same seed gives the same intervals.
    """
    labels_counts, any_counts = _counts(labeled, answers, labels)
    documents = len(any_counts)
    drawn = np.random.default_rng(seed).multinomial(documents, [1 / documents] * documents, size=resamples)
    by_label = np.einsum("rd,dlk->rlk", drawn, labels_counts)
    hits, ours, true = np.moveaxis(drawn @ any_counts, -1, 0)
    frequent = labels_counts[:, :, 2].sum(axis=0) >= FREQUENT
    figures = {
        "micro_f1": _f1(by_label.sum(axis=1)),
        "macro_f1_frequent": _macro(by_label[:, frequent]),
        "anything_precision": _share(hits, ours),
        "anything_recall": _share(hits, true),
    }
    return tuple(Interval(name, *map(float, np.percentile(values, TAILS))) for name, values in figures.items())


def _counts(labeled: Sequence[Labeled], answers: LabelsByRow, labels: Sequence[str]) -> tuple[ndarray, ndarray]:
    """Return hits, said and true, in this order along the last axis, by document and label, and of anything."""
    numbers = {name: number for number, name in enumerate(dict.fromkeys(row.document for row in labeled))}
    places = {label: place for place, label in enumerate(labels)}
    by_label = np.zeros((len(numbers), len(labels), 3), dtype=int)
    anything = np.zeros((len(numbers), 3), dtype=int)
    for row in labeled:
        document, ours = numbers[row.document], answers[row.id]
        for kind, flags in enumerate((ours & row.proposes, ours, row.proposes)):
            for label in flags:
                by_label[document, places[label], kind] += 1
        anything[document] += (bool(ours and row.proposes), bool(ours), bool(row.proposes))
    return by_label, anything


def _macro(counts: ndarray) -> ndarray:
    """Return the mean F1 over the labels that a resample holds at all."""
    present = counts[..., 1] + counts[..., 2] > 0
    return _share(_f1(counts).sum(axis=1), present.sum(axis=1))


def _f1(counts: ndarray) -> ndarray:
    return _share(2 * counts[..., 0], counts[..., 1] + counts[..., 2])


def _share(part: ndarray, whole: ndarray) -> ndarray:
    """Return part / whole; 0 where a resample holds nothing to divide by, as the figures themselves do."""
    shares: ndarray = np.divide(part, whole, out=np.zeros(np.shape(whole)), where=whole > 0)
    return shares
