"""What a worker says of the sources that it has read; the archive keeps it, a file a chunk, as its manifest."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from hashlib import sha256

from impact.batch.archive.listing import ListedSource
from impact.batch.runlog import DocumentEvent
from impact.records import ListedRow

SCHEMA = "impact-manifest/1"
FOLDER, SUFFIX = "manifest", ".jsonl"


@dataclass(frozen=True, slots=True)
class SourceReceipt:
    """A source, as it was when it was read, and what came of its documents.

    Attributes:
        address, stamp: As in `ListedSource`.
        listed: Digest of what a list said of it; empty for nothing.
        digest: SHA-256 of the whole file; empty if it could not be read, so that the next run tries again.
        versions: See `impact.batch.record.Record.versions`.
        at: When its reading began, in UTC; of two receipts of a source the later counts.
        outcomes: Number of its documents by outcome.
        members: Names of its documents; none for a source that is one document of its own name.
        rows: What it says of documents, if it is a list.
        events: What is told of each document; not kept.
    """

    address: str
    stamp: str
    listed: str
    digest: str
    versions: str
    at: str
    outcomes: dict[str, int]
    members: tuple[str, ...] = ()
    rows: tuple[ListedRow, ...] = ()
    events: tuple[DocumentEvent, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class ChunkReceipt:
    """The receipts of a chunk, which lie in the archive under its token."""

    token: str
    sources: tuple[SourceReceipt, ...]


def receipt_of(source: ListedSource, versions: str, at: str, events: Sequence[DocumentEvent]) -> SourceReceipt:
    """Return the receipt of a source whose documents had these outcomes, and that could not be read itself so far."""
    members = tuple(event.name for event in events) if {event.name for event in events} != {source.name} else ()
    outcomes = dict(Counter(event.outcome for event in events))
    facts = (source.address, source.stamp, digest_of_row(source.listed), "", versions, at, outcomes, members)
    return SourceReceipt(*facts, events=tuple(events))


def digest_of_row(row: ListedRow | None) -> str:
    """Return what tells one row of a list from another; empty for none."""
    return sha256(json.dumps(asdict(row), sort_keys=True).encode()).hexdigest()[:16] if row else ""


def path_of(token: str) -> str:
    """Return the path of the receipts of a chunk in the archive."""
    return f"{FOLDER}/{token}{SUFFIX}"


def to_lines(receipts: Sequence[SourceReceipt]) -> bytes:
    """Return receipts as JSON Lines, without what is told of each document."""
    lines = []
    for receipt in receipts:
        values = asdict(receipt)
        del values["events"]
        lines.append(json.dumps({"schema": SCHEMA} | values))
    return "".join(f"{line}\n" for line in lines).encode("ascii")


def from_lines(data: bytes) -> Iterator[SourceReceipt]:
    """Yield the receipts in a file of the manifest; lines of another schema are passed over."""
    for line in data.decode("utf-8", "replace").split("\n"):
        try:
            values = json.loads(line)
            if values.pop("schema") != SCHEMA:
                continue
            values["members"] = tuple(values["members"])
            values["rows"] = tuple(ListedRow(**row) for row in values["rows"])
            yield SourceReceipt(**values)
        except (ValueError, KeyError, TypeError, AttributeError):
            continue  # the source is read again
