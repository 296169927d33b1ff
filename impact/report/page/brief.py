"""The brief: the first two pages."""

from collections.abc import Container
from dataclasses import replace
from typing import Any

from impact.present.cleaning import clipped
from impact.present.lists import listed
from impact.present.words import graver, words
from impact.records import Finding
from impact.report.quotes.quote import Piece
from impact.report.view.concerns import Concern, further_places, overview, own_words
from impact.report.view.finding_cards import MOST_PLACES, PLACES, Card
from impact.report.view.places import Location
from impact.report.view.recognition import recognized
from impact.report.view.subject import ReportSubject
from impact.report.view.summary import summary_runs

GRAVEST = 3
IN_BRIEF = 4
FEW = 3
BRIEF_QUOTE, SHORTER_QUOTE, LONGER_QUOTE = 230, 200, 480
"""Characters of a quote in the brief, where a reader has something to decide, and where there are few quotes, so that
it fills two pages and no more. Source: measured on the samples and on two long texts in tests/report/test_paper.py."""

Short = tuple[Card, Location, tuple[Piece, ...], str]
"""A card with the clause that shows it, its words, none where they are quoted above, and those that introduce it."""


def brief(subject: ReportSubject, cards: tuple[Card, ...], open_cards: tuple[Card, ...]) -> dict[str, Any]:
    """Return what the template shows beside the cards of firm concerns and those that a reader must decide."""
    assessment, concerns = subject.assessment, subject.concerns
    shorts, to_decide = _shorts(subject, cards, open_cards)
    return {
        "level": assessment.headline.grade.value,
        "graver": graver(assessment.headline),
        "left": len(assessment.findings),
        "about": _about(subject, {card.concern.findings[0].finding.clause for card, *_ in shorts}),
        "summary": [summary_runs(sentence, assessment.document, subject.at) for sentence in subject.advice.summary],
        "overview": overview(assessment, concerns) if concerns else "",
        "gravest": cards[:GRAVEST],
        "brief": shorts,
        "to_decide": to_decide,
        "recognized": recognized(assessment, concerns),
        "blind": listed([word.short for word in words().blind]),
    }


def _about(subject: ReportSubject, besides: Container[str]) -> tuple[str, Location] | None:
    """Return what the document says of itself, cut to a few lines, and where; no clause of `besides`."""
    own = own_words(subject.assessment, 320, besides)
    return (own[0], subject.at.where(own[1].id)) if own else None


def _shorts(
    subject: ReportSubject, cards: tuple[Card, ...], open_cards: tuple[Card, ...]
) -> tuple[tuple[Short, ...], tuple[Short, ...]]:
    """Return what the brief quotes of the first cards, and of those that a reader must decide; each clause once.

    Their places are the others.
    """
    firm = min(len(cards), IN_BRIEF - bool(open_cards))
    chosen = [*cards[:firm], *open_cards[: IN_BRIEF - firm]]
    limit = LONGER_QUOTE if len(chosen) <= FEW else SHORTER_QUOTE if open_cards else BRIEF_QUOTE
    seen: set[str] = set()
    out: list[Short] = []
    for card in chosen:
        finding = _unquoted(card.concern, seen)
        where, runs = subject.at.passage(finding.clause, finding.evidence, limit)
        named = clipped(further_places(card.concern, subject.assessment, MOST_PLACES, finding.clause), PLACES)
        words_shown = () if finding.clause in seen else runs
        out.append((replace(card, places=named), where, words_shown, subject.at.stem(finding.clause)))
        seen.add(finding.clause)
    return tuple(out[:firm]), tuple(out[firm:])


def _unquoted(concern: Concern, seen: Container[str]) -> Finding:
    """Return the finding that shows a concern; of equally grave doubtful ones the first whose clause was not seen."""
    alike = [rated.finding for rated in concern.findings if rated.severity.level is concern.level]
    others = (finding for finding in alike if concern.doubtful and finding.clause not in seen)
    return next(others, concern.findings[0].finding)
