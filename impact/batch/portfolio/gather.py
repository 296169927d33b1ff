"""Read a batch's output, one report at a time."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from impact.batch.portfolio.order import grouped, in_order
from impact.batch.portfolio.reasons import brief_of, reasons_of, sentence
from impact.batch.portfolio.summary import DocumentSummary, summary_of
from impact.batch.record import Record, RecordOutcome, read_records
from impact.errors import ImpactError
from impact.present.cleaning import UNSEEN, shown
from impact.records.report import Report
from impact.records.report_json import from_json
from impact.taxonomy.values import Taxonomy

REPORT = "report.json"


@dataclass(frozen=True, slots=True)
class RankedDocument:
    """A document with its place in the reading list, 1-based, and why; place 0 where nothing was assessed.

    Attributes:
        reasons: What each step of the order counted, in its order.
        brief: The same in one line, for tables.
        cover: Whether it stands for itself; a further document of a proposal has the place of its cover.
    """

    place: int
    summary: DocumentSummary
    reasons: tuple[str, ...]
    brief: str
    cover: bool = True

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
        lists: Records of lists of documents, by name.
    """

    documents: tuple[RankedDocument, ...]
    failures: tuple[Record, ...]
    duplicates: tuple[Record, ...]
    now: datetime
    lists: tuple[Record, ...] = ()

    @property
    def reading_list(self) -> tuple[RankedDocument, ...]:
        """The documents that have a place in it."""
        return tuple(document for document in self.documents if document.place)


def gather(out: Path, now: datetime, taxonomy: Taxonomy) -> Portfolio:
    """Return the portfolio of the results in `out`; each report is read and let go again."""
    records, summaries, failures = read_records(out), [], []
    for record in records:
        if record.outcome is RecordOutcome.DONE:
            report = read_report(out, record)
            if report:
                summaries.append(summary_of(record, report, taxonomy.mechanisms))
            else:
                failures.append(_lost(record))
        elif record.outcome is RecordOutcome.FAILED:
            failures.append(record)
    duplicates = tuple(record for record in records if record.outcome is RecordOutcome.DUPLICATE)
    lists = tuple(record for record in records if record.outcome is RecordOutcome.LIST)
    return Portfolio(_ranked(summaries, taxonomy), tuple(failures), duplicates, now.astimezone(UTC), lists)


def _ranked(summaries: Sequence[DocumentSummary], taxonomy: Taxonomy) -> tuple[RankedDocument, ...]:
    """Return the documents with their places; those of one proposal have the same."""
    groups = {group[0].record.folder: group for group in grouped(summaries)}
    place, has_place, ranked = 0, False, []
    for summary in in_order(summaries):
        group = groups.get(summary.record.folder)
        if group:
            place, has_place = place + 1, any(part.has_place for part in group)
        rank = place if has_place and (group or summary.has_place) else 0
        reasons = reasons_of(summary, taxonomy), brief_of(summary, taxonomy)
        ranked.append(RankedDocument(rank, summary, *reasons, cover=group is not None))
    return tuple(ranked)


def read_report(out: Path, record: Record) -> Report | None:
    """Return the report beside a record, its text fit to be shown, or None where there is none of the schema."""
    try:
        return report_of((out / record.folder / REPORT).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def report_of(text: str) -> Report | None:
    """Return a report from its JSON, its text fit to be shown, or None where it is none of the schema."""
    try:
        values = json.loads(text)
        return from_json(_cleaned(values) if "\\u" in text or UNSEEN.search(text) else values)
    except (ValueError, RecursionError, ImpactError):
        return None


def _cleaned(value: Any) -> Any:
    """Return a value of JSON with all its text fit to be shown."""
    if isinstance(value, str):
        return shown(value)
    if isinstance(value, list):
        return list(map(_cleaned, value))
    return {name: _cleaned(part) for name, part in value.items()} if isinstance(value, dict) else value


def _lost(record: Record) -> Record:
    return replace(
        record,
        outcome=RecordOutcome.FAILED,
        stage="portfolio",
        reason=f"its {REPORT} is missing or damaged",
        hint="Run the same batch again: it makes this report anew",
    )
