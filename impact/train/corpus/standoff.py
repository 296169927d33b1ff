"""Stand-off labels: what readers said of clauses of public documents, without their text."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from heapq import merge
from pathlib import Path
from typing import Any

from impact.errors import CorpusError, UnreadableError
from impact.train.corpus.clauses import Labeled, lines_of, reason_of
from impact.train.corpus.stream import Stream, stream_of
from impact.train.grading import Read, files_by_name


@dataclass(frozen=True, slots=True)
class StandoffLabel:
    """A reader's labels for some consecutive words of a document.

    Attributes:
        clause: Id of the clause in which the words begin; empty before the first clause.
        offset: Words between the beginning of that clause (or of the document) and the first word.
        sha256: Of the words, parted by single blanks; hexadecimal.
        proposes: Labels that they propose, sorted.
        context: Labels that they only talk about, sorted.
        reader: Name of the set of readings.

    Raises:
        ValueError: If nothing is labeled, a digest is not one, or a label stands in both lists.
    """

    document: str
    clause: str
    offset: int
    words: int
    sha256: str
    proposes: tuple[str, ...]
    context: tuple[str, ...]
    readers: int
    reader: str

    def __post_init__(self) -> None:
        if self.offset < 0 or self.words < 1 or self.readers < 1 or len(self.sha256) != 64:
            msg = f"{self.document} {self.clause}: offset from 0, words and readers from 1, a digest of 64 digits"
            raise ValueError(msg)
        if both := set(self.proposes) & set(self.context):
            raise ValueError(f"{self.document} {self.clause}: {sorted(both)} both proposed and context")

    @property
    def name(self) -> str:
        """What tells it from all other labels."""
        return f"{self.document}#{self.clause}+{self.offset}:{self.words}"


@dataclass(frozen=True, slots=True)
class Standoff:
    """What stand-off labels came to with the documents at hand.

    Attributes:
        labeled: The clauses whose text was found, in the order of the labels.
        missing: Documents that are not at hand or cannot be read, each with its number of labels, by name.
        lost: Documents that are at hand but hold other text than was labeled, each with its number of labels without
            a text, by name.
    """

    labeled: tuple[Labeled, ...]
    missing: tuple[tuple[str, int], ...]
    lost: tuple[tuple[str, int], ...]


def read_labels(path: Path, labels: Collection[str]) -> tuple[StandoffLabel, ...]:
    """Return the stand-off labels of a file, in its order: JSON Lines with the fields of `StandoffLabel`.

    Raises:
        CorpusError: If the file cannot be read, a line is not such a record, or a label is unknown.
    """
    lines = lines_of(path, "Give a folder with labels.jsonl, as corpora/standards has it")
    return tuple(_label(path, number, line, labels) for number, line in lines)


def read_standoff(corpus: Path, documents: Path | None, read: Read, labels: Collection[str]) -> Standoff:
    """Return the labeled clauses of the documents at hand, and say what is not at hand.

    The corpus is a folder with `labels.jsonl`; the documents lie in any subfolder, and all are missing where there is
    no folder.

    Raises:
        CorpusError: If the labels cannot be read.
    """
    places = files_by_name(documents)
    groups: dict[str, list[StandoffLabel]] = defaultdict(list)
    for label in read_labels(corpus / "labels.jsonl", labels):
        groups[label.document].append(label)
    labeled: list[Labeled] = []
    missing, lost = [], []
    for name, group in groups.items():
        stream = _stream(places.get(name), read)
        if stream is None:
            missing.append((name, len(group)))
            continue
        rows = _rows(stream, group)
        labeled += rows
        if len(rows) < len(group):
            lost.append((name, len(group) - len(rows)))
    return Standoff(tuple(labeled), tuple(sorted(missing)), tuple(sorted(lost)))


def _label(path: Path, number: int, line: str, labels: Collection[str]) -> StandoffLabel:
    try:
        record: dict[str, Any] = json.loads(line)
        label = StandoffLabel(**record | {key: tuple(record[key]) for key in ("proposes", "context")})
    except (ValueError, KeyError, TypeError) as error:
        message = f"{path}, line {number} is not a stand-off label: {reason_of(error)}"
        raise CorpusError(message, "docs/corpora.md gives the fields") from error
    if unknown := {*label.proposes, *label.context} - set(labels):
        message = f"{path}, line {number}: unknown labels {sorted(unknown)}"
        raise CorpusError(message, "`impact taxonomy` lists the labels")
    return label


def _stream(place: Path | None, read: Read) -> Stream | None:
    if place is None:
        return None
    try:
        proposal, clauses = read(place)
    except UnreadableError:
        return None
    return stream_of(proposal.document.text, clauses)


def _rows(stream: Stream, group: Sequence[StandoffLabel]) -> list[Labeled]:
    starts: dict[str, int] = {}
    elsewhere: dict[int, list[StandoffLabel]] = defaultdict(list)
    for label in group:
        start = stream.start(label.clause, label.offset)
        if start is not None and stream.digest(start, label.words) == label.sha256:
            starts[label.name] = start
        else:
            elsewhere[label.words].append(label)
    for words, strayed in elsewhere.items():
        starts |= _search(stream, words, strayed)
    return [_labeled(stream, label, starts[label.name]) for label in group if label.name in starts]


def _search(stream: Stream, words: int, strayed: Sequence[StandoffLabel]) -> dict[str, int]:
    """Return the places, nearest to the expected ones, of labels that all have `words` words; absent if nowhere."""
    digest_at = cache(lambda start: stream.digest(start, words))
    places = {}
    for label in strayed:
        expected = stream.start(label.clause, label.offset) or 0
        starts = _outward(expected, len(stream.words) - words)
        place = next((start for start in starts if digest_at(start) == label.sha256), None)
        if place is not None:
            places[label.name] = place
    return places


def _outward(center: int, last: int) -> Iterator[int]:
    """Return 0 to `last` in order of their distance from `center`; of two at the same distance the lower is first."""
    below, above = range(min(center, last), -1, -1), range(center + 1, last + 1)
    return merge(below, above, key=lambda place: abs(place - center))


def _labeled(stream: Stream, label: StandoffLabel, start: int) -> Labeled:
    clause = stream.clause_at(start)
    return Labeled(
        id=label.name,
        document=label.document,
        text=stream.window(start, label.words),
        proposes=frozenset(label.proposes),
        context=frozenset(label.context),
        heading=clause.title if clause else "",
        clause=clause.id if clause else "",
        readers=label.readers,
    )
