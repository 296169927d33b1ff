"""What a reader of a report is told of a whole document: powers named, gravest findings, what is left to the reader."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from impact.train.corpus.clauses import Labeled
from impact.train.evaluation.answers import DocumentAnswers, Grave

OFTEN = 2
"""Clauses of a document in which readers must have found a mechanism. Source: project judgment."""

GRAVEST = 5
"""Findings of a document that are looked at. Source: project judgment."""


@dataclass(frozen=True, slots=True)
class ByDocument:
    """Counts over all documents.

    Attributes:
        often: Pairs of document and mechanism that readers found in `OFTEN` or more of its labeled clauses.
        named_in_clauses: Of these, those that the program names in a labeled clause of the document.
        named_anywhere: Of these, those that it names anywhere in the document.
        grave: Of each document's `GRAVEST` gravest firm findings on labeled clauses, all together.
        grave_right: Of these, those that readers share.
        top: Of each document's `GRAVEST` gravest firm findings anywhere, those that fall on a labeled clause.
        top_right: Of these, those that readers share.
        firm: All firm findings on labeled clauses.
        firm_right: Of these, those that readers share.
        doubtful: Findings on labeled clauses that the report leaves to a reader.
        doubtful_right: Of these, those that readers share.

    Raises:
        ValueError: If a part is greater than its whole.
    """

    often: int
    named_in_clauses: int
    named_anywhere: int
    grave: int
    grave_right: int
    top: int
    top_right: int
    firm: int
    firm_right: int
    doubtful: int
    doubtful_right: int

    def __post_init__(self) -> None:
        named = max(self.named_in_clauses, self.named_anywhere)
        judged = (self.grave_right, self.top_right, self.firm_right, self.doubtful_right)
        parts = zip(judged, (self.grave, self.top, self.firm, self.doubtful), strict=True)
        if named > self.often or any(right > whole for right, whole in parts):
            raise ValueError(f"more right than there are: {self}")


def by_document(
    labeled: Sequence[Labeled], documents: Sequence[DocumentAnswers], mechanisms: Collection[str]
) -> ByDocument:
    """Return the counts; a finding is right if a labeled clause that it falls on proposes its mechanism."""
    rows = {row.id: row for row in labeled}
    counts: Counter[str] = Counter()
    for document in documents:
        here = [rows[name] for name in document.labels]
        true = Counter(label for row in here for label in row.proposes if label in mechanisms)
        often = {label for label, count in true.items() if count >= OFTEN}
        labels = frozenset().union(*document.labels.values())
        counts["often"] += len(often)
        counts["named_in_clauses"] += len(often & labels)
        counts["named_anywhere"] += len(often & (document.named | labels))
        firm, doubtful = _right(document.grave, rows), _right(document.doubtful, rows)
        judged = {
            "grave": firm[:GRAVEST],
            "top": _right(document.grave[:GRAVEST], rows),
            "firm": firm,
            "doubtful": doubtful,
        }
        counts.update({name: len(right) for name, right in judged.items()})
        counts.update({f"{name}_right": sum(right) for name, right in judged.items()})
    return ByDocument(**{name: counts[name] for name in ByDocument.__dataclass_fields__})


def _right(findings: Sequence[Grave], rows: Mapping[str, Labeled]) -> list[bool]:
    """Return of each finding that falls on labeled clauses whether one of them proposes its mechanism."""
    return [
        any(finding.mechanism in rows[name].proposes for name in finding.rows) for finding in findings if finding.rows
    ]
