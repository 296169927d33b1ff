"""False alarms: findings in documents in which there is nothing to find."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from impact.errors import CorpusError, UnreadableError
from impact.train.corpus.clauses import lines_of
from impact.train.grading import Asker, Read


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


def count_alarms(places: Sequence[Path], asker: Asker, read: Read) -> Alarms:
    """Count the findings in benign documents: files, or folders of files at any depth.

    What cannot be read is passed over.
    """
    files = sorted(
        file for place in places for file in ([place] if place.is_file() else place.rglob("*")) if file.is_file()
    )
    documents = clauses = 0
    counts: Counter[str] = Counter()
    for file in files:
        try:
            proposal, cut = read(file)
        except UnreadableError:
            continue
        documents += 1
        clauses += sum(clause.assessed for clause in cut)
        counts.update(
            statement.label
            for statement in asker.statements(proposal, cut)
            if statement.label in asker.taxonomy.mechanisms
        )
    return Alarms(documents, clauses, counts.total(), tuple(counts.most_common()))


def read_benign_list(path: Path, folder: Path) -> tuple[Path, ...]:
    """Return the files that a list of benign documents names, in its order.

    Args:
        path: Text with one path below `folder` a line; blank lines and lines that start with `#` are passed over.
        folder: Where the documents are.

    Raises:
        CorpusError: If the list cannot be read, or a line names no file in the folder; the message names both.
    """
    files = []
    for number, line in lines_of(path, "Give a text with one path a line"):
        name = line.strip()
        if name.startswith("#"):
            continue
        file = folder / name
        if not file.is_file():
            message = f"{path}, line {number}: {name} is not a file in {folder}"
            raise CorpusError(message, "Give the folder for which the list was made, or correct the line")
        files.append(file)
    return tuple(files)
