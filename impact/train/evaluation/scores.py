"""Counts of agreement between the program and readers: by label, all labels together, anything at all."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sklearn.metrics import average_precision_score, multilabel_confusion_matrix
from sklearn.preprocessing import MultiLabelBinarizer

from impact.train.corpus.clauses import Labeled

FREQUENT = 8
"""Positives from which a label counts for the second macro-F1. Source: project judgment."""

LabelsByRow = Mapping[str, frozenset[str]]
"""The labels that each labeled clause is said to propose, by its id."""

Grades = Mapping[str, Mapping[str, float]]
"""The chance, 0 to 1, that a clause proposes a label, by the clause's id and the label; absent is 0."""


@dataclass(frozen=True, slots=True)
class LabelResult:
    """Agreement on one label: `hits` of `said` by the program and `true` by readers.

    Attributes:
        average_precision: Mean precision over all cuts of the grades, 0 to 1; None without grades or positives.

    Raises:
        ValueError: If there are more hits than labels reported or true.
    """

    label: str
    hits: int
    reported: int
    true: int
    average_precision: float | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.hits <= min(self.reported, self.true):
            raise ValueError(f"{self.label}: {self.hits} hits of {self.reported} said and {self.true} true")

    @property
    def precision(self) -> float:
        """Share of what was said that readers said too; 0 where nothing was said."""
        return self.hits / self.reported if self.reported else 0.0

    @property
    def recall(self) -> float:
        """Share of what readers said that was found; 0 where they said nothing."""
        return self.hits / self.true if self.true else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.hits / (self.reported + self.true) if self.hits else 0.0


@dataclass(frozen=True, slots=True)
class Agreement:
    """Agreement on a set of clauses.

    Attributes:
        labels: One result a label that readers or program used, in the order of the taxonomy.
        micro: All labels together.
        any_label: Whether the clause proposes anything at all.
        macro_f1: Mean F1 over the labels that readers used.
        macro_f1_frequent: The same over labels that readers used `FREQUENT` times or more.
    """

    clauses: int
    documents: int
    labels: tuple[LabelResult, ...]
    micro: LabelResult
    any_label: LabelResult
    macro_f1: float
    macro_f1_frequent: float


def compare(
    labeled: Sequence[Labeled], answers: LabelsByRow, labels: Sequence[str], grades: Grades | None = None
) -> Agreement:
    """Return how far what was said, and what was graded, agrees with the readers."""
    binarizer = MultiLabelBinarizer(classes=list(labels))
    true = binarizer.fit_transform([row.proposes for row in labeled])
    ours = binarizer.transform([answers[row.id] for row in labeled])
    average = average_precisions(labeled, labels, grades) if grades is not None else {}
    counts = zip(labels, multilabel_confusion_matrix(true, ours).tolist(), strict=True)
    every = [
        LabelResult(label, hits, hits + false, hits + missed, average.get(label))
        for label, ((_, false), (missed, hits)) in counts
    ]
    results = [result for result in every if result.reported or result.true]
    used = [result for result in results if result.true]
    pooled = [(result.hits, result.reported, result.true) for result in results]
    whole = [(bool(row.proposes and answers[row.id]), bool(answers[row.id]), bool(row.proposes)) for row in labeled]
    return Agreement(
        clauses=len(labeled),
        documents=len({row.document for row in labeled}),
        labels=tuple(results),
        micro=_summed("micro", pooled, average.get("micro")),
        any_label=_summed("anything", whole, average.get("anything")),
        macro_f1=_mean([result.f1 for result in used]),
        macro_f1_frequent=_mean([result.f1 for result in used if result.true >= FREQUENT]),
    )


def average_precisions(labeled: Sequence[Labeled], labels: Sequence[str], grades: Grades) -> dict[str, float]:
    """Return the average precision of each label that readers used, of "micro" and of "anything" (the best grade)."""
    return {
        name: float(average_precision_score(true, graded))
        for name, (true, graded) in pairs(labeled, labels, grades).items()
        if any(true)
    }


def pairs(
    labeled: Sequence[Labeled], labels: Sequence[str], grades: Grades
) -> dict[str, tuple[list[bool], list[float]]]:
    """Return what is true and how it was graded, clause by clause: by label, for "micro" and for "anything".

    "micro" has every clause with every label, label by label.
    """
    chances = [grades.get(row.id, {}) for row in labeled]
    by_label = {
        label: ([label in row.proposes for row in labeled], [chance.get(label, 0.0) for chance in chances])
        for label in labels
    }
    true = [mark for marks, _ in by_label.values() for mark in marks]
    graded = [mark for _, marks in by_label.values() for mark in marks]
    best = [max(chance.values(), default=0.0) for chance in chances]
    return by_label | {"micro": (true, graded), "anything": ([bool(row.proposes) for row in labeled], best)}


def by_group(labeled: Sequence[Labeled], answers: LabelsByRow, groups: Mapping[str, str]) -> tuple[LabelResult, ...]:
    """Return the agreement over all labels in each group of documents, the largest group first.

    `groups` names the group of each document; absent is "other".
    """
    rows: dict[str, list[Labeled]] = {}
    for row in labeled:
        rows.setdefault(groups.get(row.document) or "other", []).append(row)
    ordered = sorted(rows.items(), key=lambda item: (-len(item[1]), item[0]))
    return tuple(
        _summed(name, [(len(row.proposes & answers[row.id]), len(answers[row.id]), len(row.proposes)) for row in group])
        for name, group in ordered
    )


def _summed(name: str, counts: Iterable[tuple[int, int, int]], average: float | None = None) -> LabelResult:
    hits, reported, true = map(sum, zip((0, 0, 0), *counts, strict=True))
    return LabelResult(name, hits, reported, true, average)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
