"""The passages that readers saw (`corpora/verdicts/salience.jsonl`), each in its document."""

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from impact.errors import UnreadableError
from impact.paths import shelf
from impact.pipeline import prepare
from impact.records import Clause, Proposal
from impact.train.corpus.stream import digest
from impact.train.grading import files_by_name

PARTS = 4
"""Of a set from which a network goes on to learn, one of so many documents is held out. Source: project judgment."""


@dataclass(frozen=True)
class SeenPassage:
    """A passage that a reader saw.

    Attributes:
        grade: "A" must be shown, "B" is worth showing, empty for neither.
        quoted: First and last sentence that the reader would quote, 1-based; empty without a grade.
        kind: "power", "risk", "protection" or "gap"; empty without a grade.
        topics: What it is about, at most two, the most telling first; None where nobody was asked.
    """

    clause: Clause
    grade: str
    quoted: tuple[int, ...]
    kind: str = ""
    topics: tuple[str, ...] | None = None

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
    topics = {_key(row): row["topics"] for row in _rows("topics")}
    for row in _rows("salience"):
        if row["set"] in sets:
            about = {"topics": topics[_key(row)]} if _key(row) in topics else {}
            groups[row["document"]][row["clause"], row["sha256"]] = {**row, **about}
    for name in sorted(groups.keys() & files.keys()):
        with suppress(UnreadableError):
            yield _seen(name, files[name], groups[name])


def held_out(document: SeenDocument) -> bool:
    """Return whether a document is held out where a network learns from others of its set."""
    return sha256(document.name.encode()).digest()[0] % PARTS == 0


def _rows(name: str) -> Iterator[Mapping[str, Any]]:
    path = shelf("corpora") / "verdicts" / f"{name}.jsonl"
    return (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())


def _key(row: Mapping[str, Any]) -> tuple[str, str, str]:
    return row["set"], row["document"], row["clause"]


def _seen(name: str, path: Path, rows: Mapping[tuple[str, str], Mapping[str, Any]]) -> SeenDocument:
    proposal, every = prepare(path, jailed=False)
    clauses = tuple(clause for clause in every if clause.assessed)
    known = _known(proposal, clauses, rows)
    return SeenDocument(name, proposal, clauses, tuple(_passage(clause, row) for clause, row in known))


def _known(
    proposal: Proposal, clauses: Sequence[Clause], rows: Mapping[tuple[str, str], Mapping[str, Any]]
) -> list[tuple[Clause, Mapping[str, Any]]]:
    """Return the clauses that readers judged, by address and words, or by words that stand once among both."""
    digests = {clause.id: digest(clause.span.of(proposal.document.text)) for clause in clauses}
    judged, present = (Counter(values) for values in ((words for _, words in rows), digests.values()))
    once = {words: row for (_, words), row in rows.items() if judged[words] == present[words] == 1}
    found = ((clause, rows.get((clause.id, digests[clause.id])) or once.get(digests[clause.id])) for clause in clauses)
    return [(clause, row) for clause, row in found if row is not None]


def _passage(clause: Clause, row: Mapping[str, Any]) -> SeenPassage:
    topics = tuple(row["topics"]) if "topics" in row else None
    return SeenPassage(clause, row["grade"], tuple(row.get("sentences", ())), row.get("kind", ""), topics)
