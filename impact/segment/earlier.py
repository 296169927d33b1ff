"""The clauses of an earlier report: as they were cut then, where the document still has their words at their places."""

from impact.records import Clause, ClauseKind, Document, Strength
from impact.records.report import Report, ReportClause
from impact.segment.clauses import COVER
from impact.segment.sentences import sentences
from impact.segment.strength import house_of, strength_of, strongest


def earlier_clauses(report: Report, document: Document) -> tuple[Clause, ...]:
    """Return the clauses of a report with their sentences; a list item has no stem, which reports do not tell.

    All of them have the same words in the document, see `impact.records.restoring.same_words`.
    """
    house, language = house_of(document.text[:COVER]), report.document.language
    return tuple(_clause(clause, document, house, language) for clause in report.clauses)


def _clause(clause: ReportClause, document: Document, house: str, language: str) -> Clause:
    pieces = () if clause.kind is ClauseKind.HEADING else sentences(document.text, clause.span)
    strengths: tuple[Strength, ...] = tuple(
        strength_of(sentence.of(document.text), house, language) for sentence in pieces
    )
    if strengths and strongest(strengths) is not clause.strength:  # that of the lead-in of its list
        strengths = (clause.strength, *strengths[1:])
    return Clause(
        id=clause.id,
        number=clause.number,
        headings=clause.headings,
        kind=clause.kind,
        page=clause.page,
        span=clause.span,
        strength=clause.strength,
        sentences=pieces,
        strengths=strengths,
    )
