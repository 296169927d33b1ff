"""Read a batch's output, one report at a time."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from impact.batch.portfolio.entry import Entry, entry_of
from impact.batch.portfolio.order import in_order
from impact.batch.portfolio.reasons import brief_of, reasons_of, sentence
from impact.batch.record import Record, RecordOutcome, read_records
from impact.present.cleaning import UNSEEN, shown
from impact.taxonomy.values import Taxonomy

REPORT, SCHEMA = "report.json", "impact-report/1"


@dataclass(frozen=True, slots=True)
class Placed:
    """A document with its place in the reading list, 1-based, and why; place 0 where nothing was assessed.

    Attributes:
        reasons: What each step of the order counted, in its order.
        brief: The same in one line, for tables.
    """

    place: int
    entry: Entry
    reasons: tuple[str, ...]
    brief: str

    @property
    def reason(self) -> str:
        """Why it stands there, as one sentence."""
        return sentence(self.reasons)


@dataclass(frozen=True, slots=True)
class Portfolio:
    """A batch as the portfolio shows it.

    Attributes:
        documents: Those that were analyzed, in reading order; those without a place last.
        failures: Records of those that failed, by name; also those whose report is missing or damaged.
        duplicates: Records of those with the bytes of another, by name.
        now: When it was made.
    """

    documents: tuple[Placed, ...]
    failures: tuple[Record, ...]
    duplicates: tuple[Record, ...]
    now: datetime

    @property
    def placed(self) -> tuple[Placed, ...]:
        """The reading list."""
        return tuple(document for document in self.documents if document.place)


def gather(out: Path, now: datetime, taxonomy: Taxonomy) -> Portfolio:
    """Return the portfolio of the results in `out`; each report is read and let go again."""
    records, entries, failures = read_records(out), [], []
    for record in records:
        if record.outcome is RecordOutcome.DONE:
            entry = _entry(out, record, taxonomy)
            if entry:
                entries.append(entry)
            else:
                failures.append(_lost(record))
        elif record.outcome is RecordOutcome.FAILED:
            failures.append(record)
    documents = tuple(
        Placed(place if entry.placed else 0, entry, reasons_of(entry, taxonomy), brief_of(entry, taxonomy))
        for place, entry in enumerate(in_order(entries), start=1)
    )
    duplicates = tuple(record for record in records if record.outcome is RecordOutcome.DUPLICATE)
    return Portfolio(documents, tuple(failures), duplicates, now.astimezone(UTC))


def read_report(out: Path, record: Record) -> dict[str, Any] | None:
    """Return the report beside a record, its text fit to be shown, or None where there is none of the schema."""
    try:
        text = (out / record.folder / REPORT).read_text(encoding="utf-8")
        report = json.loads(text)
    except (OSError, ValueError, RecursionError):
        return None
    if not isinstance(report, dict) or report.get("schema") != SCHEMA:
        return None
    if "\\u" in text or UNSEEN.search(text):
        cleaned: dict[str, Any] = _cleaned(report)
        return cleaned
    return report


def _cleaned(value: Any) -> Any:
    """Return a value of JSON with all its text fit to be shown."""
    if isinstance(value, str):
        return shown(value)
    if isinstance(value, list):
        return [_cleaned(one) for one in value]
    return {name: _cleaned(one) for name, one in value.items()} if isinstance(value, dict) else value


def _entry(out: Path, record: Record, taxonomy: Taxonomy) -> Entry | None:
    report = read_report(out, record)
    try:
        return entry_of(record, report, taxonomy.mechanisms) if report else None
    except (KeyError, TypeError, ValueError):
        return None


def _lost(record: Record) -> Record:
    """Return the record of a document whose report was lost after it was made."""
    return Record(
        name=record.name,
        folder=record.folder,
        digest=record.digest,
        versions=record.versions,
        outcome=RecordOutcome.FAILED,
        stage="portfolio",
        reason=f"its {REPORT} is missing or damaged",
        hint="Run the same batch again: it makes this report anew",
    )
