"""False alarms: findings in documents in which there is nothing to find."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from impact.classify import classify
from impact.errors import UnreadableError
from impact.taxonomy import Taxonomy
from impact.train.evaluate import Read


@dataclass(frozen=True, slots=True)
class Alarms:
    """Findings in benign documents.

    Attributes:
        documents: How many could be read.
        clauses: Assessed clauses in them.
        findings: Findings in them (mechanisms only).
        by_mechanism: Mechanism and count, most frequent first.
    """

    documents: int
    clauses: int
    findings: int
    by_mechanism: tuple[tuple[str, int], ...]

    @property
    def per_hundred(self) -> float:
        """Findings for each 100 assessed clauses."""
        return 100 * self.findings / self.clauses if self.clauses else 0.0


def count_alarms(places: Sequence[Path], taxonomy: Taxonomy, by: Sequence[str], read: Read) -> Alarms:
    """Count the findings in benign documents.

    Args:
        places: Files, or folders of files at any depth; what cannot be read is passed over.
        taxonomy: Gives the labels.
        by: Names of judges, see `impact.classify.JUDGES`.
        read: Extracts, describes and segments a file.
    """
    files = sorted(
        file for place in places for file in ([place] if place.is_file() else place.rglob("*")) if file.is_file()
    )
    documents = clauses = 0
    found: Counter[str] = Counter()
    for file in files:
        try:
            proposal, cut = read(file)
        except UnreadableError:
            continue
        documents += 1
        clauses += sum(clause.assessed for clause in cut)
        found.update(finding.mechanism for finding in classify(proposal, cut, taxonomy, by).findings)
    return Alarms(documents, clauses, found.total(), tuple(found.most_common()))
