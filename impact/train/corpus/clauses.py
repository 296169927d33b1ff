"""Labeled clauses, read from JSON Lines."""

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from impact.errors import CorpusError


@dataclass(frozen=True, slots=True)
class Labeled:
    """A clause with a reader's labels.

    Attributes:
        id: Unique in its file.
        document: File name of the document it is from; for written clauses the title they give.
        context: Labels that it only talks about.
        heading: Title of its section where the file has one.
        clause: Id of the clause of the document in which it begins, where known.
        group: Name of the contrast group: rewordings of one written clause; empty where it is in none.
    """

    id: str
    document: str
    text: str
    proposes: frozenset[str]
    context: frozenset[str]
    heading: str = ""
    clause: str = ""
    readers: int = 1
    group: str = ""

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise ValueError(f"clause {self.id} has no text")


def read_labeled(path: Path, labels: Collection[str]) -> tuple[Labeled, ...]:
    """Return the clauses of a file, in its order.

    It is JSON Lines with `id`, `doc` (or `title`), `text`, `proposes`, `context`, and perhaps `heading`, `readers` and
    `group`.

    Raises:
        CorpusError: If the file cannot be read, a line is not such a record, or a label is unknown.
    """
    lines = lines_of(path, "Give a file of labeled clauses in JSON Lines")
    return tuple(_labeled(path, number, line, labels) for number, line in lines)


def read_written(folder: Path, labels: Collection[str]) -> tuple[Labeled, ...]:
    """Return the clauses of all `*.jsonl` of a corpus that we wrote, by file name, then in the order of the file.

    Raises:
        CorpusError: As `read_labeled`, or if two clauses have the same id.
    """
    clauses = tuple(clause for path in sorted(folder.glob("*.jsonl")) for clause in read_labeled(path, labels))
    counts = Counter(clause.id for clause in clauses)
    if twice := sorted(name for name, count in counts.items() if count > 1):
        message = f"{folder} has more than one clause with the id {twice[0]}"
        raise CorpusError(message, "Give each clause its own id")
    return clauses


def lines_of(path: Path, hint: str) -> list[tuple[int, str]]:
    """Return the lines of a text in UTF-8 that are not blank, each with its 1-based number.

    Raises:
        CorpusError: If the file cannot be read.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise CorpusError(f"{path} cannot be read: {reason}", hint) from error
    return [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]


def reason_of(error: Exception) -> str:
    """Return in words why a record could not be made of a line."""
    return f"it has no {error}" if isinstance(error, KeyError) else str(error)


def group_by_document(labeled: Sequence[Labeled]) -> dict[str, list[Labeled]]:
    """Return the clauses by document, in the order in which documents occur."""
    groups: dict[str, list[Labeled]] = defaultdict(list)
    for row in labeled:
        groups[row.document].append(row)
    return dict(groups)


def _labeled(path: Path, number: int, line: str, labels: Collection[str]) -> Labeled:
    try:
        record = json.loads(line)
        clause = Labeled(
            id=record["id"],
            document=record.get("doc") or record["title"],
            text=record["text"],
            proposes=frozenset(record["proposes"]),
            context=frozenset(record["context"]),
            heading=record.get("heading", ""),
            readers=record.get("readers", 1),
            group=record.get("group", ""),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        message = f"{path}, line {number} is not a labeled clause: {reason_of(error)}"
        raise CorpusError(message, "Each line needs id, doc, text, proposes and context") from error
    if unknown := (clause.proposes | clause.context) - set(labels):
        message = f"{path}, line {number}: unknown labels {sorted(unknown)}"
        raise CorpusError(message, "`impact taxonomy` lists the labels")
    return clause
