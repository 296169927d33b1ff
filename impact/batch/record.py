"""What a batch remembers of one document, kept beside its reports."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path

from impact.records import ListedRow

SCHEMA, FILE_NAME = "impact-record/1", "record.json"
_IF_ANY = frozenset({"pending", "decisions", "part_of", "attached_to", "filed", "rows"})
"""Fields that the file has only where they say something."""


class RecordOutcome(StrEnum):
    """How it went."""

    DONE = "done"
    FAILED = "failed"
    DUPLICATE = "duplicate"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class Record:
    """A document of a batch and what came of it; two runs over the same documents give equal records.

    Attributes:
        name: Where it is in what was given, with "/" between parts ("SG13/C-83.docx", "meeting.zip/C-83.docx").
        folder: Name of its folder in the output, unique in the batch.
        digest: SHA-256 of its bytes, hexadecimal; empty if it could not be read at all.
        versions: Digest of tool, taxonomy, models and options: a result with other versions is made anew.
        stage: Where it failed: "open", "extract", "analyze", "write"; empty if it did not.
        reason, hint: Why it failed and what to do about that, in one line each; empty if it did not.
        same_as: Name of the document that has the same bytes, for duplicates; else empty.
        pending: Number of clauses without a second reading for a reason that may not hold another time, so that a
            further run reads the document again; the file of a record without any says nothing of it.
        decisions: Whose decisions the report follows, and when they decided, in one line; empty where it follows none,
            and then the file says nothing of it.
        part_of: Name of the cover of the proposal that it is a further document of; else empty and not in the file.
        attached_to: Name of the message that it was attached to; else empty and not in the file.
        filed: Digest of how it came, on which its report depends; else empty and not in the file.
        rows: What a list of documents says, for lists alone.

    Raises:
        ValueError: If a failure has no stage, reason or hint, or a duplicate no original.
    """

    name: str
    folder: str
    digest: str
    versions: str
    outcome: RecordOutcome
    stage: str = ""
    reason: str = ""
    hint: str = ""
    same_as: str = ""
    pending: int = 0
    decisions: str = ""
    part_of: str = ""
    attached_to: str = ""
    filed: str = ""
    rows: tuple[ListedRow, ...] = ()

    def __post_init__(self) -> None:
        failed, duplicate = self.outcome is RecordOutcome.FAILED, self.outcome is RecordOutcome.DUPLICATE
        if failed != all((self.stage, self.reason, self.hint)) or duplicate != bool(self.same_as):
            msg = f"record of {self.name!r}: {self.outcome.value}, but {self.stage=} {self.reason=} {self.same_as=}"
            raise ValueError(msg)


def to_json(record: Record) -> str:
    """Return a record as the text of its file."""
    values = {name: value for name, value in asdict(record).items() if name not in _IF_ANY or value}
    return json.dumps({"schema": SCHEMA} | values, ensure_ascii=False, indent=1) + "\n"


def from_json(text: str) -> Record:
    """Return the record that a file holds.

    Raises:
        ValueError: If it is no record of this schema.
    """
    try:
        fields = json.loads(text)
        if fields.pop("schema") != SCHEMA:
            raise ValueError(f"a record of another schema than {SCHEMA}")
        rows = tuple(ListedRow(**row) for row in fields.pop("rows", ()))
        return Record(**fields | {"outcome": RecordOutcome(fields["outcome"]), "rows": rows})
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"no record of a document: {error}") from error


def record_in(out: Path, folder: str) -> Record | None:
    """Return the record in a folder of the output; None if there is none that counts."""
    try:
        record = from_json((out / folder / FILE_NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return record if record.folder == folder else None


def scan_records(out: Path) -> Iterator[Record]:
    """Yield the records in a batch's output, in no order; what is half-written or no record is passed over."""
    yield from filter(None, (record_in(out, path.parent.name) for path in out.glob(f"*/{FILE_NAME}")))


def read_records(out: Path) -> list[Record]:
    """Return the records in a batch's output, sorted by name; files that are no records are passed over."""
    return sorted(scan_records(out), key=lambda record: record.name)
