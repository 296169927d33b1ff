"""The brief: the first two pages."""

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from impact.present.cleaning import clipped, plain
from impact.records import Advice, Finding
from impact.report.page.finding_cards import MOST_PLACES, PLACES, Card, FindingCards
from impact.report.page.finding_quotes import QuotedFinding, section_of
from impact.report.page.printing import QUOTE as WHOLE_QUOTE
from impact.report.quotes.abridged import telling_words
from impact.report.quotes.ledger import ClauseQuote, QuoteLedger
from impact.report.quotes.quote import Piece
from impact.report.view.concerns import Concern, further_places, overview
from impact.report.view.doubts import doubts
from impact.report.view.figures import reliance
from impact.report.view.introduction import introduction_of
from impact.report.view.levels import headline_depends
from impact.report.view.passages import heading, lead, question_of, remarks_on, unrated, wording_of
from impact.report.view.places import Location
from impact.report.view.safeguards import MatchingSafeguards, matching_safeguards
from impact.report.view.sentences import likely_pairs
from impact.report.view.subject import ReportSubject
from impact.report.view.summary import summary_runs

GRAVEST = 3
IN_BRIEF = 4
FEW = 3
QUOTE, LONGER_QUOTE = 330, 480
"""Characters of a clause that the brief quotes, and where it quotes few, so that it fills two pages and no more; a
longer one is quoted under the findings. Source: measured on the samples and on two long texts in
tests/report/test_paper.py."""

ROOM = 2_600
"""Characters of all clauses with findings up to which the brief quotes each of them, and paper needs no further part.

Source: measured on the samples.
"""

SECTION = 60
"""Characters of a heading beside a quote."""

OWN = 320
"""Characters of what the document says of itself."""


@dataclass(frozen=True, slots=True)
class ShortFinding:
    """A finding in the brief: where, its quote (None where it is too long to be quoted there), and further places.

    `section` is its heading where the clause has no number; `reminder` has a few words of what is quoted elsewhere.
    """

    finding: Finding
    where: Location
    section: str
    quote: ClauseQuote | None
    places: str
    reminder: str


@dataclass(frozen=True, slots=True)
class BriefFinding:
    """The same with the card of its power; `first` of those of the power, `last` of its firm or doubtful ones.

    `asks` is the question by which a reviewer confirms the finding or, with the first one, its power.
    """

    card: Card
    short: ShortFinding
    facts: QuotedFinding
    first: bool
    last: bool
    asks: str


def brief(subject: ReportSubject, cards: FindingCards, quotes: tuple[ShortFinding, ...]) -> dict[str, Any]:
    """Return what the template shows beside the cards."""
    assessment, concerns = subject.assessment, subject.concerns
    listed = silences(subject)
    shown = {silence.concern.mechanism.id for silence in listed[: room(subject)]}
    found = tuple(_in_brief(subject.advice, cards, quotes))
    to_decide = [entry for entry in found if entry.facts.doubtful]
    elsewhere = {"silence"} if shown else set()
    elsewhere |= {"pair"} if _lists_gravest_pair(subject) else set()
    sentences = [sentence for sentence in subject.advice.summary if sentence.kind not in elsewhere]
    return {
        "level": assessment.headline.grade.value,
        "graver": headline_depends(subject),
        "left": sum(rated.likely for rated in assessment.findings),
        "unlikely": sum(not rated.likely for rated in assessment.findings),
        "summary": [summary_runs(sentence, assessment.document, subject.at) for sentence in sentences],
        "unrated": unrated(subject),
        "passages_title": heading(subject),
        "passages_lead": lead(subject),
        "overview": overview(assessment, concerns) if concerns else "",
        "gravest": cards.firm[:GRAVEST],
        "brief": [entry for entry in found if not entry.facts.doubtful],
        "to_decide": to_decide,
        "doubts": doubts(entry.facts.doubt for entry in to_decide) if to_decide else "",
        "mixed": len({entry.facts.doubt for entry in to_decide}) > 1,
        "in_brief": {entry.card.concern.mechanism.id for entry in found},
        "disputed": subject.disputed,
        "whole": is_whole(subject),
        "silences": listed,
        "silences_shown": shown,
        "limits": reliance(assessment),
    }


def brief_passages(
    subject: ReportSubject, ledger: QuoteLedger
) -> tuple[tuple[Location, str, tuple[str, ...], ClauseQuote], ...]:
    """Return the passages that are quoted without a finding: where, the question they answer, remarks, a quote."""
    passages = []
    for cited in subject.advice.salient:
        where = subject.at.where(cited.clause)
        text = wording_of(subject, cited)
        quote = ledger.quote("brief", where.anchor, (Piece(text),))
        passages.append((where, question_of(subject, cited.clause), remarks_on(subject, cited), quote))
    return tuple(passages)


def is_whole(subject: ReportSubject) -> bool:
    """Return whether the brief quotes all findings, so that paper without the annex needs no further part."""
    findings = subject.assessment.findings
    clauses = {rated.finding.clause for rated in findings}
    length = sum(len(subject.at.clause(clause).span) for clause in clauses)
    return length <= ROOM and len(findings) <= IN_BRIEF and all(concern.likely for concern in subject.concerns)


def room(subject: ReportSubject) -> int:
    """Return for how many powers the brief lists safeguards: fewer where findings need review, to stay two pages."""
    return 3 - bool(subject.unsure)


def _lists_gravest_pair(subject: ReportSubject) -> bool:
    """Return whether the pair that the summary names is among those that the brief lists with their level."""
    listed = {pair.id for pair in likely_pairs(subject.assessment)[: room(subject) - 1]}
    return any(pair.id in listed for pair in subject.assessment.firm.compounds[:1])


def silences(subject: ReportSubject) -> list[MatchingSafeguards]:
    """Return the firm powers with safeguards that the text does not provide."""
    return [silence for silence in matching_safeguards(subject, subject.firm) if silence.lacking]


def _in_brief(advice: Advice, cards: FindingCards, quotes: Sequence[ShortFinding]) -> Iterator[BriefFinding]:
    of = {card.concern.mechanism.id: card for card in (*cards.firm, *cards.unsure)}
    powers = [short.finding.mechanism for short in quotes]
    parts = [(short.finding.mechanism, short.finding.doubtful) for short in quotes]
    questions = {question.finding: plain(question.text) for question in reversed(advice.confirming)}
    asked = {short.finding.mechanism for short in quotes if short.finding.id in questions}
    for at, short in enumerate(quotes):
        card, first, last = of[powers[at]], powers[at] not in powers[:at], parts[at] not in parts[at + 1 :]
        general = card.decides if first and powers[at] not in asked else ""
        asks = questions.get(short.finding.id, general) if short.finding.doubtful else ""
        yield BriefFinding(card, short, cards.quoted[short.finding.id], first, last, asks)


def about_of(subject: ReportSubject, ledger: QuoteLedger) -> tuple[str, Location] | None:
    """Return what introduces the document, a few lines, and where; no clause that is quoted already."""
    clauses = subject.assessment.clauses
    quoted = {clause.id for clause in clauses if subject.at.where(clause.id).anchor in ledger.anchors}
    if not subject.facts.assessed:
        return None
    introduction = introduction_of(subject, quoted)
    if introduction is None:
        return None
    text, clause = introduction
    where = subject.at.where(clause.id)
    ledger.seen("brief", where.anchor, text)
    return text, where


def brief_quotes(subject: ReportSubject, ledger: QuoteLedger) -> tuple[ShortFinding, ...]:
    """Return what the brief quotes: all findings where they are few, else one of each of the first powers.

    Firm findings come first, then the gravest ones, and each clause is quoted once.
    """
    if is_whole(subject):
        found = [(concern, rated) for concern in subject.concerns for rated in concern.findings]
        found.sort(key=lambda pair: (pair[1].finding.doubtful, -pair[1].severity.level * pair[1].finding.doubtful))
        return tuple(_short(subject, ledger, concern, rated.finding, WHOLE_QUOTE) for concern, rated in found)
    firm = min(len(subject.firm), IN_BRIEF - bool(subject.likely))
    chosen = [*subject.firm[:firm], *subject.likely[: IN_BRIEF - firm]]
    limit = LONGER_QUOTE if len(chosen) <= FEW else QUOTE
    seen: set[str] = set()
    out: list[ShortFinding] = []
    for concern in chosen:
        finding = _unquoted(concern, seen)
        out.append(_short(subject, ledger, concern, finding, limit))
        seen.add(finding.clause)
    return tuple(out)


def _short(subject: ReportSubject, ledger: QuoteLedger, concern: Concern, finding: Finding, limit: int) -> ShortFinding:
    """Return a finding with its quote, unless it is longer than the limit and another part has room for it."""
    where, runs = subject.at.passage(finding.clause, subject.evidence[finding.clause], limit)
    fits = limit == WHOLE_QUOTE or not any(run.gap for run in runs)
    quote = ledger.quote("brief", where.anchor, runs, subject.at.stem(finding.clause)) if fits else None
    places = further_places(concern, subject.assessment, MOST_PLACES, finding.clause) if limit != WHOLE_QUOTE else ""
    clause = subject.at.clause(finding.clause)
    section = "" if clause.number else clipped(section_of(clause), SECTION)
    reminder = "" if fits else _reminder(subject, finding, limit)
    return ShortFinding(finding, where, section, quote, clipped(places, PLACES), reminder)


def _reminder(subject: ReportSubject, finding: Finding, limit: int) -> str:
    """Return the words of a clause that carry a finding, with some around; empty where few words cannot do that."""
    return telling_words(subject.at.passage(finding.clause, finding.evidence, limit)[1])


def _unquoted(concern: Concern, seen: Container[str]) -> Finding:
    """Return the finding that shows a concern; of equally grave doubtful ones the first whose clause was not seen."""
    alike = [rated.finding for rated in concern.findings if rated.severity.level is concern.level]
    others = (finding for finding in alike if concern.doubtful and finding.clause not in seen)
    return next(others, concern.findings[0].finding)
