"""The rows of `portfolio.csv` and of its sheets: one a document, in reading order (columns: docs/portfolio.md)."""

from collections.abc import Iterator
from typing import Any

from impact.batch.portfolio.entry import Entry
from impact.batch.portfolio.gather import Placed, Portfolio
from impact.batch.portfolio.related import Ties
from impact.batch.record import Record
from impact.present.cleaning import shown
from impact.records import Level
from impact.tables.rows import DocumentRow, PortfolioRow
from impact.taxonomy.values import Taxonomy


def proposal_rows(portfolio: Portfolio, taxonomy: Taxonomy, ties: Ties) -> Iterator[PortfolioRow]:
    """Yield a row a document: reading list, then failures and duplicates."""
    for placed in portfolio.documents:
        record = placed.entry.record
        yield PortfolioRow(**(_record(record) | _analyzed(placed, taxonomy) | ties.get(record.folder, {})))
    for record in (*portfolio.failures, *portfolio.duplicates):
        yield PortfolioRow(**_record(record))


def document_row(placed: Placed) -> DocumentRow:
    """Return what stands before each finding and clause of a document."""
    entry = placed.entry
    return DocumentRow(
        place=placed.place,
        name=shown(entry.record.name),
        folder=shown(entry.record.folder),
        document=entry.record.digest,
        number=entry.number,
        title=entry.title,
        body=entry.body,
        group=entry.group,
        organizations=entry.organizations,
    )


def _record(record: Record) -> dict[str, Any]:
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


def _analyzed(placed: Placed, taxonomy: Taxonomy) -> dict[str, Any]:
    entry = placed.entry
    rights = {right for right, mechanisms in entry.rights if mechanisms}
    same = ("number", "title", "body", "group", "question", "organizations", "date", "revision", "silences")
    return {
        "place": placed.place or None,
        "level": entry.level.value if entry.placed else "",
        "reason": placed.reason,
        "mechanisms_firm": tuple(power.mechanism for power in entry.powers if power.clauses),
        "mechanisms_doubtful": tuple(power.mechanism for power in entry.powers if not power.clauses),
        "mechanisms_talked_about": entry.talked,
        "compounds": tuple(name for name, _ in entry.pairs),
        "rights_primary": tuple(right for right in taxonomy.rights if right in rights),
        "clauses_read": entry.read,
        "pages": entry.pages or None,
        "pages_unread": len(entry.unread),
        "report": f"{entry.record.folder}/report.html",
        **{name: getattr(entry, name) for name in (*same, "language", "remarks", "words")},
        **_counts(entry),
    }


def _counts(entry: Entry) -> dict[str, int]:
    counts = {}
    for level in (Level.HIGH, Level.MEDIUM, Level.LOW):
        counts[f"{level.value}_firm"] = sum(power.firm is level for power in entry.powers)
        counts[f"{level.value}_doubtful"] = sum(power.doubtful is level for power in entry.powers)
        counts[f"{level.value}_pairs"] = sum(raised is level for _, raised in entry.pairs)
    return counts
