"""`portfolio.csv`, and the rows of its sheets: one row a document, in reading order (columns: docs/portfolio.md)."""

import csv
from collections.abc import Iterator
from io import StringIO
from typing import Any

from impact.batch.portfolio.entry import Entry
from impact.batch.portfolio.gather import Placed, Portfolio
from impact.batch.portfolio.related import Ties
from impact.batch.record import Record
from impact.present.cleaning import shown
from impact.records import Level
from impact.tables.cells import JOIN, is_formula
from impact.taxonomy.values import Taxonomy

LEVELS = (Level.HIGH, Level.MEDIUM, Level.LOW)
COLUMNS = (
    "place",
    "outcome",
    "level",
    "reason",
    "number",
    "title",
    "body",
    "group",
    "question",
    "organizations",
    "date",
    "revision",
    "newest_revision",
    "resembles",
    *(f"{level.value}{what}" for level in LEVELS for what in ("_firm", "_doubtful", "_pairs")),
    "mechanisms_firm",
    "mechanisms_doubtful",
    "mechanisms_talked_about",
    "compounds",
    "rights_primary",
    "silences",
    "language",
    "clauses_read",
    "pages",
    "pages_unread",
    "remarks",
    "words",
    "stage",
    "failure",
    "hint",
    "same_as",
    "name",
    "folder",
    "report",
    "document",
)


def to_csv(portfolio: Portfolio, taxonomy: Taxonomy, ties: Ties) -> str:
    """Return the table with a header row, guarded as `findings.csv` is: reading list, then failures and duplicates."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows_of(portfolio, taxonomy, ties):
        writer.writerow([_cell(row[name]) for name in COLUMNS])
    return "\ufeff" + out.getvalue()


def rows_of(portfolio: Portfolio, taxonomy: Taxonomy, ties: Ties) -> Iterator[dict[str, str | int]]:
    """Yield a row a document; what does not apply to it is empty."""
    empty: dict[str, str | int] = dict.fromkeys(COLUMNS, "")
    for placed in portfolio.documents:
        record = placed.entry.record
        yield empty | _record(record) | _analyzed(placed, taxonomy) | ties.get(record.folder, {})
    for record in (*portfolio.failures, *portfolio.duplicates):
        yield empty | _record(record)


def _cell(value: str | int) -> str:
    text = shown(str(value))
    return f"'{text}" if is_formula(text) else text


def _record(record: Record) -> dict[str, str | int]:
    return {
        "outcome": record.outcome.value,
        "stage": record.stage,
        "failure": record.reason,
        "hint": record.hint,
        "same_as": record.same_as,
        "name": record.name,
        "folder": record.folder,
        "document": record.digest,
    }


def _analyzed(placed: Placed, taxonomy: Taxonomy) -> dict[str, str | int]:
    entry = placed.entry
    rights = {right for right, mechanisms in entry.rights if mechanisms}
    row: dict[str, Any] = {
        "place": placed.place or "",
        "level": entry.level.value if entry.placed else "",
        "reason": placed.reason,
        "organizations": JOIN.join(entry.organizations),
        "mechanisms_firm": JOIN.join(power.mechanism for power in entry.powers if power.clauses),
        "mechanisms_doubtful": JOIN.join(power.mechanism for power in entry.powers if not power.clauses),
        "mechanisms_talked_about": JOIN.join(entry.talked),
        "compounds": JOIN.join(name for name, _ in entry.pairs),
        "rights_primary": JOIN.join(right for right in taxonomy.rights if right in rights),
        "clauses_read": entry.read,
        "pages": entry.pages or "",
        "pages_unread": len(entry.unread),
        "report": f"{entry.record.folder}/report.html",
    }
    same = ("number", "title", "body", "group", "question", "date", "revision", "silences", "language", "remarks")
    return row | {name: getattr(entry, name) for name in (*same, "words")} | _counts(entry)


def _counts(entry: Entry) -> dict[str, int]:
    counts = {}
    for level in LEVELS:
        counts[f"{level.value}_firm"] = sum(power.firm is level for power in entry.powers)
        counts[f"{level.value}_doubtful"] = sum(power.doubtful is level for power in entry.powers)
        counts[f"{level.value}_pairs"] = sum(raised is level for _, raised in entry.pairs)
    return counts
