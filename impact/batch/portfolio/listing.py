"""The rows of `portfolio.csv` and of its sheets: one a document, in reading order (columns: docs/portfolio.md)."""

from collections.abc import Callable, Iterator
from typing import Any

from impact.batch.portfolio.gather import Portfolio, RankedDocument
from impact.batch.portfolio.related import Ties
from impact.batch.portfolio.summary import DocumentSummary
from impact.batch.record import Record
from impact.present.cleaning import shown
from impact.present.words import grade_words
from impact.records import Level
from impact.tables.rows import DecisionsRow, DocumentRow, FilingRow, PortfolioRow, SecondReadingRow
from impact.taxonomy.values import Taxonomy


def proposal_rows(portfolio: Portfolio, taxonomy: Taxonomy, ties: Ties) -> Iterator[PortfolioRow]:
    """Yield a row a document: reading list, then failures and duplicates."""
    for ranked in portfolio.documents:
        record = ranked.summary.record
        yield PortfolioRow(**(record_values(record) | analyzed_values(ranked, taxonomy) | ties.get(record.folder, {})))
    for record in (*portfolio.failures, *portfolio.duplicates):
        yield PortfolioRow(**record_values(record))


def second_rows(portfolio: Portfolio) -> Iterator[SecondReadingRow]:
    """Yield what a second reader made of each document, in the same order."""
    for second in (ranked.summary.second for ranked in portfolio.documents):
        if second is None:
            yield SecondReadingRow()
            continue
        yield SecondReadingRow(
            second_reader=second.model,
            second_reader_host=second.host,
            second_reader_prompt=second.prompt,
            clauses_read_twice=second.clauses,
            clauses_unread_twice=sum(number for _, number in second.unread),
            quotes_dropped=second.dropped,
        )
    yield from (SecondReadingRow() for _ in (*portfolio.failures, *portfolio.duplicates))


def decision_rows(portfolio: Portfolio) -> Iterator[DecisionsRow]:
    """Yield whose decisions the report of each document follows, in the same order."""
    for ranked in portfolio.documents:
        yield DecisionsRow(decisions=ranked.summary.record.decisions)
    yield from (DecisionsRow() for _ in (*portfolio.failures, *portfolio.duplicates))


def filing_rows(portfolio: Portfolio) -> Iterator[FilingRow]:
    """Yield how each document came, in the same order."""
    for ranked in portfolio.documents:
        record = ranked.summary.record
        item = ranked.summary.agenda_item
        yield FilingRow(part_of=record.part_of, attached_to=record.attached_to, agenda_item=item)
    for record in (*portfolio.failures, *portfolio.duplicates):
        yield FilingRow(part_of=record.part_of, attached_to=record.attached_to)


def added_rows(portfolio: Portfolio) -> tuple[type, ...]:
    """Return the kinds of rows that follow those of `proposal_rows`, because a document has something of them."""
    summaries = [document.summary for document in portfolio.documents]
    there = {
        SecondReadingRow: any(summary.second for summary in summaries),
        DecisionsRow: any(summary.record.decisions for summary in summaries),
        FilingRow: any(_is_filed(summary) for summary in summaries),
    }
    return tuple(kind for kind, is_there in there.items() if is_there)


ADDED_ROWS: dict[type, Callable[[Portfolio], Iterator[Any]]] = {
    SecondReadingRow: second_rows,
    DecisionsRow: decision_rows,
    FilingRow: filing_rows,
}
"""What yields the rows of each kind that a portfolio may add."""


def _is_filed(summary: DocumentSummary) -> bool:
    return bool(summary.record.part_of or summary.record.attached_to or summary.agenda_item)


def document_row(ranked: RankedDocument) -> DocumentRow:
    """Return what stands before each finding and clause of a document."""
    summary = ranked.summary
    return DocumentRow(
        place=ranked.place,
        name=shown(summary.record.name),
        folder=shown(summary.record.folder),
        document=summary.record.digest,
        **{name: getattr(summary, name) for name in ("number", "title", "body", "group", "organizations")},
    )


def record_values(record: Record) -> dict[str, Any]:
    """Return the columns of a `PortfolioRow` that every document has."""
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


def analyzed_values(ranked: RankedDocument, taxonomy: Taxonomy) -> dict[str, Any]:
    """Return the columns of a `PortfolioRow` that a document has that was analyzed."""
    summary = ranked.summary
    rights = {right for right, mechanisms in summary.rights if mechanisms}
    same = ("number", "title", "body", "group", "question", "organizations", "date", "revision", "silences")
    return {
        "place": ranked.place or None,
        "level": grade_words(summary.grade) if summary.has_place or not summary.assessed else "",
        "reason": ranked.reason,
        "mechanisms_firm": tuple(power.mechanism for power in summary.powers if power.clauses),
        "mechanisms_doubtful": tuple(power.mechanism for power in summary.powers if not power.clauses),
        "mechanisms_talked_about": summary.talked,
        "compounds": tuple(name for name, _ in summary.pairs),
        "rights_primary": tuple(right for right in taxonomy.rights if right in rights),
        "clauses_read": summary.read,
        "pages": summary.pages or None,
        "pages_unread": len(summary.unread),
        "report": f"{summary.record.folder}/report.html",
        **{name: getattr(summary, name) for name in (*same, "language", "remarks", "hidden", "words")},
        **_counts(summary),
    }


def _counts(summary: DocumentSummary) -> dict[str, int]:
    counts = {}
    for level in (Level.HIGH, Level.MEDIUM, Level.LOW):
        counts[f"{level.value}_firm"] = sum(power.firm is level for power in summary.powers)
        counts[f"{level.value}_doubtful"] = sum(power.doubtful is level for power in summary.powers)
        counts[f"{level.value}_pairs"] = sum(raised is level for _, raised in summary.pairs)
    return counts
