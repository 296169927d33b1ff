"""The brief: the first two pages."""

from collections.abc import Container
from dataclasses import dataclass
from typing import Any

from impact.present.cleaning import clipped
from impact.present.words import graver
from impact.records import Finding
from impact.report.page.finding_cards import MOST_PLACES, PLACES, Card, FindingCards
from impact.report.page.finding_quotes import section_of
from impact.report.quotes.ledger import ClauseQuote, QuoteLedger
from impact.report.view.concerns import Concern, further_places, overview
from impact.report.view.figures import shortly, unseen
from impact.report.view.places import Location
from impact.report.view.purpose import purpose_of
from impact.report.view.subject import ReportSubject
from impact.report.view.summary import summary_runs

GRAVEST = 3
IN_BRIEF = 4
FEW = 3
QUOTE, LONGER_QUOTE = 330, 480
"""Characters of a clause that the brief quotes, and where it quotes few, so that it fills two pages and no more; a
longer one is quoted under the findings. Source: measured on the samples and on two long texts in
tests/report/test_paper.py."""

SECTION = 60
"""Characters of a heading beside a quote."""

OWN = 320
"""Characters of what the document says of itself."""


@dataclass(frozen=True, slots=True)
class ShortFinding:
    """A finding in the brief: where, its quote (None where it is too long to be quoted there), and further places.

    `section` is its heading where the clause has no number.
    """

    where: Location
    section: str
    quote: ClauseQuote | None
    places: str


def brief(subject: ReportSubject, cards: FindingCards, quotes: tuple[ShortFinding, ...]) -> dict[str, Any]:
    """Return what the template shows beside the cards."""
    assessment, concerns = subject.assessment, subject.concerns
    firm = _firm(subject)
    return {
        "level": assessment.headline.grade.value,
        "graver": graver(assessment.headline),
        "left": len(assessment.findings),
        "summary": [summary_runs(sentence, assessment.document, subject.at) for sentence in subject.advice.summary],
        "overview": overview(assessment, concerns) if concerns else "",
        "gravest": cards.firm[:GRAVEST],
        "brief": _paired(cards.firm, quotes[:firm]),
        "to_decide": _paired(cards.unsure, quotes[firm:]),
        "limits": f"{unseen()} {shortly(assessment)}",
    }


def about_of(subject: ReportSubject, ledger: QuoteLedger) -> tuple[str, Location] | None:
    """Return what the document says of itself, cut to a few lines, and where; no clause that is quoted already."""
    clauses = subject.assessment.clauses
    quoted = {clause.id for clause in clauses if subject.at.where(clause.id).anchor in ledger.anchors}
    own = purpose_of(subject.assessment, OWN, quoted)
    if own is None:
        return None
    where = subject.at.where(own[1].id)
    ledger.seen("brief", where.anchor, own[0])
    return own[0], where


def brief_quotes(subject: ReportSubject, ledger: QuoteLedger) -> tuple[ShortFinding, ...]:
    """Return what the brief quotes of the first firm concerns, and of those that need review, each clause once."""
    firm = _firm(subject)
    chosen = [*subject.firm[:firm], *subject.unsure[: IN_BRIEF - firm]]
    limit = LONGER_QUOTE if len(chosen) <= FEW else QUOTE
    seen: set[str] = set()
    out: list[ShortFinding] = []
    for concern in chosen:
        finding = _unquoted(concern, seen)
        where, runs = subject.at.passage(finding.clause, subject.evidence[finding.clause], limit)
        whole = not any(run.gap for run in runs)
        quote = ledger.quote("brief", where.anchor, runs, subject.at.stem(finding.clause)) if whole else None
        named = clipped(further_places(concern, subject.assessment, MOST_PLACES, finding.clause), PLACES)
        clause = subject.at.clause(finding.clause)
        section = "" if clause.number else clipped(section_of(clause), SECTION)
        out.append(ShortFinding(where, section, quote, named))
        seen.add(finding.clause)
    return tuple(out)


def _firm(subject: ReportSubject) -> int:
    """Return how many firm concerns the brief quotes."""
    return min(len(subject.firm), IN_BRIEF - bool(subject.unsure))


def _paired(cards: tuple[Card, ...], quotes: tuple[ShortFinding, ...]) -> list[tuple[Card, ShortFinding]]:
    return list(zip(cards, quotes, strict=False))


def _unquoted(concern: Concern, seen: Container[str]) -> Finding:
    """Return the finding that shows a concern; of equally grave doubtful ones the first whose clause was not seen."""
    alike = [rated.finding for rated in concern.findings if rated.severity.level is concern.level]
    others = (finding for finding in alike if concern.doubtful and finding.clause not in seen)
    return next(others, concern.findings[0].finding)
