"""The brief: the first two pages."""

from collections.abc import Container
from dataclasses import dataclass, replace

from impact.present.cleaning import clipped
from impact.present.lists import listed
from impact.present.words import level_words, words
from impact.records import Finding, Level
from impact.report.page.subject import SubjectView
from impact.report.quotes.quote import Piece
from impact.report.view.concerns import Concern, further_places, overview, own_words
from impact.report.view.finding_cards import MOST_PLACES, PLACES, Card
from impact.report.view.places import Location
from impact.report.view.recognition import recognized
from impact.report.view.summary import SummaryRun, summary_runs

GRAVEST = 3
IN_BRIEF = 4
FEW = 3
BRIEF_QUOTE, SHORTER_QUOTE, LONGER_QUOTE = 230, 200, 480
"""Characters of a quote in the brief, where a reader has something to decide, and where there are few quotes, so that
it fills two pages and no more. Source: measured on the samples and on two long texts in tests/report/test_paper.py."""

Short = tuple[Card, Location, tuple[Piece, ...], str]
"""A card with the clause that shows it, its words, none where they are quoted above, and those that introduce it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefView:
    """What the brief shows.

    Attributes:
        level: Level as a word of the program, for the looks; empty where nothing was found.
        level_label: The level in words.
        leveled: Whether it holds whatever a reader decides.
        about: What the document says of itself, and where.
        gravest: Cards of which to ask first.
        brief: Cards with what shows them.
        to_decide: The same of those that a reader must decide.
        recognized: How surely the gravest were found.
        blind: What the tool does not see.
    """

    level: str
    level_label: str
    leveled: bool
    about: tuple[str, Location] | None
    summary: tuple[tuple[SummaryRun, ...], ...]
    overview: str
    gravest: tuple[Card, ...]
    brief: tuple[Short, ...]
    to_decide: tuple[Short, ...]
    recognized: str
    blind: str


def brief_view(subject: SubjectView) -> BriefView:
    """Return what the brief shows."""
    assessment, concerns = subject.assessment, subject.concerns
    brief, to_decide = _shorts(subject)
    return BriefView(
        level="" if assessment.level is Level.NONE else assessment.level.value,
        level_label=level_words(assessment.level, assessment.firm_level).split(",")[0],
        leveled=assessment.level is assessment.firm_level,
        about=_about(subject, {card.concern.findings[0].finding.clause for card, *_ in brief}),
        summary=tuple(summary_runs(sentence, assessment.document, subject.at) for sentence in subject.advice.summary),
        overview=overview(assessment, concerns) if concerns else "",
        gravest=subject.cards[:GRAVEST],
        brief=brief,
        to_decide=to_decide,
        recognized=recognized(assessment, concerns),
        blind=listed([word.short for word in words().blind]),
    )


def _about(subject: SubjectView, besides: Container[str]) -> tuple[str, Location] | None:
    """Return what the document says of itself, cut to a few lines, and where; no clause of `besides`."""
    own = own_words(subject.assessment, 320, besides)
    return (own[0], subject.at.where(own[1].id)) if own else None


def _shorts(subject: SubjectView) -> tuple[tuple[Short, ...], tuple[Short, ...]]:
    """Return what the brief quotes of the first cards, and of those that a reader must decide; each clause once.

    Their places are the others.
    """
    cards, open_cards, at = subject.cards, subject.open_cards, subject.at
    firm = min(len(cards), IN_BRIEF - bool(open_cards))
    chosen = [*cards[:firm], *open_cards[: IN_BRIEF - firm]]
    limit = LONGER_QUOTE if len(chosen) <= FEW else SHORTER_QUOTE if open_cards else BRIEF_QUOTE
    seen: set[str] = set()
    out: list[Short] = []
    for card in chosen:
        finding = _unquoted(card.concern, seen)
        where, runs = at.passage(finding.clause, finding.evidence, limit)
        named = clipped(further_places(card.concern, subject.assessment, MOST_PLACES, finding.clause), PLACES)
        out.append(
            (replace(card, places=named), where, () if finding.clause in seen else runs, at.stem(finding.clause))
        )
        seen.add(finding.clause)
    return tuple(out[:firm]), tuple(out[firm:])


def _unquoted(concern: Concern, seen: Container[str]) -> Finding:
    """Return the finding that shows a concern; of equally grave doubtful ones the first whose clause was not seen."""
    alike = [rated.finding for rated in concern.findings if rated.severity.level is concern.level]
    others = (finding for finding in alike if concern.doubtful and finding.clause not in seen)
    return next(others, concern.findings[0].finding)
