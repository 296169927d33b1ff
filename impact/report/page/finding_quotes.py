"""Findings with their quotes: strength and confidence in words, and the safeguards beside them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from impact.present.cleaning import clipped, plain
from impact.present.places import NUMBERED
from impact.present.words import confidence, second_words, words
from impact.records import Clause, RatedFinding, SafeguardFinding, Severity
from impact.report.quotes.ledger import ClauseQuote, QuoteLedger
from impact.report.view.doubts import doubt_of
from impact.report.view.places import Location, Places
from impact.report.view.subject import ReportSubject
from impact.taxonomy.values import Taxonomy

MOST = 6
"""Safeguards named beside a finding, and places of each."""

TITLED = re.compile(r"(?!\.\d)(?:[.:]?\s+|[.:]\s*)(?:\((?:normative|informative)\))?[\s:.\u2013-]*(?=\S)")
"""What stands between the number of a heading, or of an annex, and its title."""


@dataclass(frozen=True, slots=True)
class QuotedFinding:
    """One finding with its quote; its `reason` is empty where an earlier finding of the power has the same.

    `doubt` is why it needs review, empty where it is firm. `safeguards` beside it are firm; `perhaps` are those that a
    reader must decide. `second` is what a second reader makes of it, empty where it was not asked about it.
    """

    where: Location
    section: str
    quote: ClauseQuote
    strength: str
    confidence: str
    meaning: str
    severity: Severity
    reason: str
    safeguards: tuple[tuple[str, tuple[Location, ...]], ...]
    perhaps: tuple[tuple[str, tuple[Location, ...]], ...]
    change: str
    doubt: str = ""
    second: str = ""

    @property
    def doubtful(self) -> bool:
        """Whether it needs review."""
        return bool(self.doubt)

    @property
    def numbers(self) -> str:
        """The three numbers of its severity in words."""
        triple = self.severity
        return f"scale {triple.scale}, scope {triple.scope}, irremediability {triple.irremediability} (of 5)"


def quote_finding(
    rated: RatedFinding, subject: ReportSubject, ledger: QuoteLedger, part: str, limit: int
) -> QuotedFinding:
    """Return one finding with its quote of about `limit` characters at most; it marks all findings of the clause.

    `part` is the part of the report in which its card is, see `QuoteLedger`.
    """
    finding, at, taxonomy = rated.finding, subject.at, subject.taxonomy
    where, runs = at.passage(finding.clause, subject.evidence[finding.clause], limit)
    word, meaning = confidence(finding)
    does = words().strength[finding.strength.value]
    firm_safeguards = [safeguard for safeguard in rated.safeguards if not safeguard.doubtful]
    firm = {safeguard.safeguard for safeguard in firm_safeguards}
    return QuotedFinding(
        where=where,
        section=clipped(section_of(at.clause(finding.clause)), 120),
        quote=ledger.quote(part, where.anchor, runs, at.stem(finding.clause)),
        strength=f"{does}, where used" if rated.where_used else does,
        confidence=word,
        meaning=meaning,
        severity=rated.severity,
        reason=rated.severity.reason,
        safeguards=_beside(firm_safeguards, at, taxonomy),
        perhaps=_beside([safeguard for safeguard in rated.safeguards if safeguard.safeguard not in firm], at, taxonomy),
        change=words().change.get(rated.change, "") if rated.change else "",
        doubt=doubt_of(finding, at.clause(finding.clause)) if finding.doubtful else "",
        second=second_words(finding.second),
    )


def section_of(clause: Clause) -> str:
    """Return the innermost heading whose number, if it has one, begins that of the clause, without that very number."""
    number = plain(clause.number)
    for heading in map(plain, reversed(clause.headings)):
        title = heading.removeprefix(number) if number else heading
        if title != heading and (match := TITLED.match(title)):
            return title[match.end() :].rstrip(" :")
        if not NUMBERED.match(heading) or number.startswith(heading.split()[0].rstrip(".")):
            return heading.rstrip(" :")
    return ""


def _beside(
    safeguards: Iterable[SafeguardFinding], at: Places, taxonomy: Taxonomy
) -> tuple[tuple[str, tuple[Location, ...]], ...]:
    """Return the names of safeguards, each with its places; of each six at most."""
    named: dict[str, list[str]] = {}
    for safeguard in safeguards:
        named.setdefault(taxonomy.safeguards[safeguard.safeguard].phrase, []).append(safeguard.clause)
    return tuple((name, at.of(clauses)[:MOST]) for name, clauses in named.items())[:MOST]
