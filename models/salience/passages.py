"""The passages that readers saw (`corpora/verdicts/salience.jsonl`), each in its document."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from impact.errors import UnreadableError
from impact.paths import shelf
from impact.pipeline import prepare
from impact.records import Clause, Proposal
from impact.train.corpus.stream import digest
from impact.train.grading import files_by_name


@dataclass(frozen=True)
class SeenPassage:
    """A passage that a reader saw.

    Attributes:
        grade: "A" must be shown, "B" is worth showing, empty for neither.
        quoted: First and last sentence that the reader would quote, 1-based; empty without a grade.
        kind: "power", "risk", "protection" or "gap"; empty without a grade.
    """

    clause: Clause
    grade: str
    quoted: tuple[int, ...]
    kind: str = ""

    def quotes(self, place: int) -> bool:
        """Return whether the reader would quote a sentence; `place` is 0-based."""
        return bool(self.quoted) and self.quoted[0] - 1 <= place < self.quoted[-1]


@dataclass(frozen=True)
class SeenDocument:
    """A document with all clauses that are assessed, and the passages of it that a reader saw, in their order."""

    name: str
    proposal: Proposal
    clauses: tuple[Clause, ...]
    passages: tuple[SeenPassage, ...]

    @property
    def text(self) -> str:
        """The text of the document."""
        return self.proposal.document.text


def seen_documents(folder: Path, sets: Collection[str]) -> Iterator[SeenDocument]:
    """Yield the documents of some sets that lie in a folder; passages that read otherwise today are left out."""
    groups: dict[str, dict[tuple[str, str], Mapping[str, Any]]] = defaultdict(dict)
    files = files_by_name(folder)
    for line in (shelf("corpora") / "verdicts" / "salience.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["set"] in sets:
            groups[row["document"]][row["clause"], row["sha256"]] = row
    for name in sorted(groups.keys() & files.keys()):
        with suppress(UnreadableError):
            yield _seen(name, files[name], groups[name])


def _seen(name: str, path: Path, rows: Mapping[tuple[str, str], Mapping[str, Any]]) -> SeenDocument:
    proposal, every = prepare(path, jailed=False)
    clauses = tuple(clause for clause in every if clause.assessed)
    keys = ((clause, (clause.id, digest(clause.span.of(proposal.document.text)))) for clause in clauses)
    known = [(clause, rows[key]) for clause, key in keys if key in rows]
    passages = (
        SeenPassage(clause, row["grade"], tuple(row.get("sentences", ())), row.get("kind", "")) for clause, row in known
    )
    return SeenDocument(name, proposal, clauses, tuple(passages))
