"""What the store keeps of the latest analysis of a proposal to find it by: words, clauses, filters and articles."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, and_, delete, insert, select

from impact.errors import ImpactError
from impact.records.report import Report
from impact.records.report_json import from_text
from impact.review.store import blobs
from impact.review.store.clause_search import CLAUSE_SEARCH, MOST_WORDS
from impact.review.store.search import SEARCH, index_words, words_in_order
from impact.review.store.tables import AnalysisRow, ClauseTextRow, FacetRow, ProposalRow, TouchRow

TITLE = -1
"""Position of the row that holds what a proposal is called; the clauses follow from 0."""


def index(connection: Connection, proposal: str, source: str, report: Report) -> None:
    """Make a proposal found by its words and clauses, and filtered by what its latest analysis found."""
    document = report.document
    called = [document.title, document.number, *document.source_organizations, source]
    texts = [*called, *(clause.text for clause in report.clauses)]
    forget(connection, proposal)
    SEARCH[connection.dialect.name].index(connection, proposal, index_words(" ".join(texts)))
    _insert(connection, FacetRow, _facets(report), proposal)
    title = {"position": TITLE, "clause": "", "number": "", "page": 0, "text": " \n".join(filter(None, called))}
    _insert(connection, ClauseTextRow, [title, *_clauses(report)], proposal)
    _insert(connection, TouchRow, list(_touches(report)), proposal)
    rows = connection.execute(
        select(ClauseTextRow.id, ClauseTextRow.text).where(ClauseTextRow.proposal == proposal)
    ).all()
    CLAUSE_SEARCH[connection.dialect.name].add(
        connection, [(number, words_in_order(text)[:MOST_WORDS]) for number, text in rows]
    )


def forget(connection: Connection, proposal: str) -> None:
    """Forget all of it but the words."""
    CLAUSE_SEARCH[connection.dialect.name].remove(connection, proposal)
    for table in (FacetRow, ClauseTextRow, TouchRow):
        connection.execute(delete(table).where(table.proposal == proposal))


def index_all(connection: Connection, files: Path) -> None:
    """Index the proposals that were analyzed before the store kept their clauses.

    What a damaged file holds is passed over; `impact review verify` tells of it.
    """
    latest = and_(AnalysisRow.proposal == ProposalRow.id, AnalysisRow.number == ProposalRow.analyses)
    query = select(ProposalRow.id, ProposalRow.source, AnalysisRow.files).join(AnalysisRow, latest)
    for proposal, source, digests in connection.execute(query).all():
        with suppress(ImpactError, LookupError, TypeError):
            index(connection, proposal, source, from_text(blobs.get(files, digests["report.json"])))


def _insert(connection: Connection, table: Any, rows: list[dict[str, Any]], proposal: str) -> None:
    if rows:
        connection.execute(insert(table), [{**row, "proposal": proposal} for row in rows])


def _facets(report: Report) -> list[dict[str, Any]]:
    facets = {("mechanism", finding.mechanism) for _, finding in report.findings()}
    facets |= {("right", right.right) for right in report.rights}
    return [{"kind": kind, "value": name} for kind, name in sorted(facets)]


def _clauses(report: Report) -> list[dict[str, Any]]:
    return [
        {
            "position": position,
            "clause": clause.id,
            "number": clause.number,
            "page": clause.page if report.document.paged else 0,
            "text": clause.text,
        }
        for position, clause in enumerate(report.clauses)
    ]


def _touches(report: Report) -> Iterator[dict[str, Any]]:
    """Yield each finding with each article that it may touch, once, by the closest link."""
    places = {clause.id: position for position, clause in enumerate(report.clauses)}
    for clause, finding in report.findings():
        links: dict[str, str] = {}
        for right in sorted(finding.rights, key=lambda right: right.link != "primary"):
            for article in right.articles:
                links.setdefault(article, right.link)
        about = {
            "finding": finding.id,
            "position": places[clause.id],
            "mechanism": finding.mechanism,
            "level": finding.severity.level.value,
            "doubtful": finding.doubtful,
        }
        yield from ({**about, "article": article, "link": link} for article, link in links.items())
