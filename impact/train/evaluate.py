"""How well classification agrees with readers."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from impact.classify import classify
from impact.records import Classification, Clause, Proposal
from impact.taxonomy import Taxonomy
from impact.train.clauses import Labelled
from impact.train.graft import graft

Read = Callable[[Path], tuple[Proposal, Sequence[Clause]]]


@dataclass(frozen=True, slots=True)
class LabelResult:
    """Agreement on one label: `hits` of `said` by the program and `true` by readers."""

    label: str
    hits: int
    said: int
    true: int

    @property
    def precision(self) -> float:
        """Share of what was said that readers said too; 0 where nothing was said."""
        return self.hits / self.said if self.said else 0.0

    @property
    def recall(self) -> float:
        """Share of what readers said that was found; 0 where they said nothing."""
        return self.hits / self.true if self.true else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.hits / (self.said + self.true) if self.hits else 0.0


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Agreement on a set of clauses.

    Attributes:
        clauses: How many.
        documents: From how many documents.
        labels: One result a label that readers or program used, in the order of the taxonomy.
        micro: All labels together.
        any_label: Whether the clause proposes anything at all.
        macro_f1: Mean F1 over the labels that readers used.
        macro_f1_frequent: The same over labels that readers used 8 times or more.
        wrong: Clause, labels missed and labels said wrongly, for reading.
    """

    clauses: int
    documents: int
    labels: tuple[LabelResult, ...]
    micro: LabelResult
    any_label: LabelResult
    macro_f1: float
    macro_f1_frequent: float
    wrong: tuple[tuple[Labelled, frozenset[str], frozenset[str]], ...]


def evaluate(
    labelled: Sequence[Labelled],
    taxonomy: Taxonomy,
    by: Sequence[str],
    read: Read,
    folder: Path | None = None,
) -> Evaluation:
    """Judge labelled clauses in their documents and compare with the readers' labels.

    Args:
        labelled: Clauses, of any number of documents.
        taxonomy: Gives the labels.
        by: Names of judges, see `impact.classify.JUDGES`.
        read: Extracts, describes and segments a file.
        folder: Where the documents are, in any subfolder; clauses of documents that are not there are judged on
            their own.
    """
    places = {path.name: path for path in folder.rglob("*") if path.is_file()} if folder else {}
    groups: dict[str, list[Labelled]] = defaultdict(list)
    for row in labelled:
        groups[row.document].append(row)
    said: dict[str, frozenset[str]] = {}
    for name, rows in groups.items():
        proposal, clauses = read(places[name]) if name in places else (None, ())
        whole, all_clauses, ids = graft(proposal, clauses, rows)
        proposed = proposed_labels(classify(whole, all_clauses, taxonomy, by))
        said |= {row.id: proposed.get(address, frozenset()) for row, address in zip(rows, ids, strict=True)}
    return compare(labelled, said, taxonomy.labels)


def proposed_labels(classification: Classification) -> dict[str, frozenset[str]]:
    """Return the labels that each clause proposes, by clause id; clauses without any are absent."""
    found: dict[str, set[str]] = defaultdict(set)
    for finding in classification.findings:
        found[finding.clause].add(finding.mechanism)
    for safeguard in classification.safeguards:
        found[safeguard.clause].add(safeguard.safeguard)
    return {clause: frozenset(labels) for clause, labels in found.items()}


def compare(labelled: Sequence[Labelled], said: Mapping[str, frozenset[str]], labels: Sequence[str]) -> Evaluation:
    """Return how far what was said (labels by clause id) agrees with the readers."""
    from sklearn.metrics import multilabel_confusion_matrix
    from sklearn.preprocessing import MultiLabelBinarizer

    binarizer = MultiLabelBinarizer(classes=list(labels))
    true = binarizer.fit_transform([row.proposes for row in labelled])
    ours = binarizer.transform([said[row.id] for row in labelled])
    counts = zip(labels, multilabel_confusion_matrix(true, ours).tolist(), strict=True)
    every = [LabelResult(label, hits, hits + false, hits + missed) for label, ((_, false), (missed, hits)) in counts]
    results = [result for result in every if result.said or result.true]
    pooled = LabelResult(
        "micro",
        sum(result.hits for result in results),
        sum(result.said for result in results),
        sum(result.true for result in results),
    )
    used = [result for result in results if result.true]
    return Evaluation(
        clauses=len(labelled),
        documents=len({row.document for row in labelled}),
        labels=tuple(results),
        micro=pooled,
        any_label=LabelResult(
            "anything",
            sum(bool(row.proposes and said[row.id]) for row in labelled),
            sum(bool(said[row.id]) for row in labelled),
            sum(bool(row.proposes) for row in labelled),
        ),
        macro_f1=_mean([result.f1 for result in used]),
        macro_f1_frequent=_mean([result.f1 for result in used if result.true >= 8]),
        wrong=tuple(
            (row, row.proposes - said[row.id], said[row.id] - row.proposes)
            for row in labelled
            if row.proposes != said[row.id]
        ),
    )


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
