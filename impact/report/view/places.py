"""What cards are made of: places to link to, findings with their quotes, rights in words."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from impact.present.cleaning import GAP, clipped, ended, plain
from impact.present.words import confidence, number, place, standing, strength, words
from impact.records import Assessment, Clause, ClauseKind, RatedFinding, SafeguardFinding, Severity, Span
from impact.report.quotes.lead_ins import items
from impact.report.quotes.quote import Piece, beginning, pieces
from impact.taxonomy.values import Taxonomy

LEANING = re.compile(r"(?:Otherwise|In (?:this|that|such|these|those)(?: an?)? cases?|If (?:so|not))\b")
"""How a clause begins that says nothing without the one before it, which has the case. Source: project judgement."""

PROSE = {ClauseKind.REQUIREMENT, ClauseKind.STATEMENT, ClauseKind.INFORMATIVE}
CASE = 400
"""Characters of that case."""

TITLED = re.compile(r"(?!\.\d)(?:[.:]?\s+|[.:]\s*)(?:\((?:normative|informative)\))?[\s:.\u2013-]*(?=\S)")
"""What stands between the number of a heading, or of an annex, and its title."""

NUMBERED = re.compile(r"(?:[A-Z]\.)?\d")


@dataclass(frozen=True, slots=True)
class Location:
    """A place to name and to link to: official number, page in words, id of the clause in the register."""

    number: str
    page: str
    anchor: str
    full: str


@dataclass(frozen=True, slots=True)
class QuotedFinding:
    """One finding with its quote; an empty `reason` is that of the finding to which `as_in` points ("at 2.1").

    `safeguards` beside it are firm; `perhaps` are those that a reader must decide.
    """

    where: Location
    section: str
    stem: str
    runs: tuple[Piece, ...]
    strength: str
    confidence: str
    meaning: str
    severity: Severity
    reason: str
    safeguards: tuple[tuple[str, tuple[Location, ...]], ...]
    perhaps: tuple[tuple[str, tuple[Location, ...]], ...]
    change: str
    doubtful: bool
    as_in: str = ""


@dataclass(frozen=True, slots=True)
class RightLine:
    """A right with its articles and what may be done to it, in words."""

    name: str
    articles: str
    derogation: str
    limits: str
    source: str
    anchor: str


class Places:
    """Location the clauses of one assessment are, asked by id."""

    def __init__(self, assessment: Assessment) -> None:
        self._document, self._order = assessment.document, assessment.clauses
        self._clauses = {clause.id: (index, clause) for index, clause in enumerate(assessment.clauses, 1)}

    def clause(self, address: str) -> Clause:
        """Return the clause with this id."""
        return self._clauses[address][1]

    def stem(self, address: str) -> str:
        """Return the words that introduce the list of which the clause with this id is an item; empty for most others.

        For a clause that begins with "Otherwise" and the like they are those of the clause before it. Of many words
        the last ones, which lead to the clause.
        """
        index, clause = self._clauses[address]
        if clause.stem:
            return ended(plain(self._document.quote(clause.stem)), 240)
        if index < 2 or not LEANING.match(self._document.quote(clause.span)):
            return ""
        case = self._order[index - 2]
        follows = case.headings == clause.headings and case.kind in PROSE and case.stem is None
        return ended(plain(self._document.quote(case.span)), CASE) if follows else ""

    def is_quoted(self, address: str, quoted: Iterable[str]) -> bool:
        """Return whether a quote of one of some clauses tells this one too: as an item below it, or as its lead-in."""
        return any(self._below(address, one) or self._above(address, one) for one in quoted)

    def _below(self, item: str, lead: str) -> bool:
        index, first = self._clauses[lead]
        stem = self.clause(item).stem
        if stem is None or not stem.meets(first.span):
            return False
        said = plain(self._document.quote(self.clause(item).span))
        return said in plain(items(self._document.text, self._order[index - 1 :]))

    def _above(self, lead: str, item: str) -> bool:
        stem = self.clause(item).stem
        return stem is not None and stem.meets(self.clause(lead).span) and GAP not in self.stem(item)

    def position(self, address: str) -> int:
        """Return the place of this clause in the order of the text, 1-based."""
        return self._clauses[address][0]

    def where(self, address: str) -> Location:
        """Return where the clause with this id stands."""
        return self._where(*self._clauses[address])

    def passage(self, address: str, evidence: Iterable[Span], limit: int) -> tuple[Location, tuple[Piece, ...]]:
        """Return words of a clause as `pieces`, and where they begin: a long clause may be quoted from a later page.

        Words that introduce a list are followed by its items, as far as there is room.
        """
        (index, clause), text, marks = self._clauses[address], self._document.text, tuple(evidence)
        page = self._document.layout.page(beginning(text, clause.span, marks, limit))
        runs = pieces(text, clause.span, marks, limit)
        listed = "" if runs[-1].gap else items(text, self._order[index - 1 :])
        return self._where(index, replace(clause, page=page)), (*runs, *([Piece(listed)] if listed else []))

    def _where(self, index: int, clause: Clause) -> Location:
        page = f"page {clause.page}" if self._document.paged else ""
        full = clipped(place(clause, self._document), 80)
        return Location(clipped(number(clause), 60), page, f"c{index}", full)

    def of(self, clauses: Iterable[str]) -> tuple[Location, ...]:
        """Return where these clauses stand in the order of the text, pages of one number joined."""
        found = [self.clause(clause) for clause in sorted(clauses, key=self.position)]
        return tuple(
            replace(self.where(clause.id), full=clipped(name, 80))
            for name, clause in standing(found, self._document).items()
        )


def quote_finding(judged: RatedFinding, at: Places, taxonomy: Taxonomy, limit: int) -> QuotedFinding:
    """Return one finding with its quote of about `limit` characters at most."""
    finding = judged.finding
    where, runs = at.passage(finding.clause, finding.evidence, limit)
    word, meaning = confidence(finding)
    given = [safeguard for safeguard in judged.safeguards if not safeguard.doubtful]
    firm = {one.safeguard for one in given}
    return QuotedFinding(
        where=where,
        section=clipped(_section(at.clause(finding.clause)), 120),
        stem=at.stem(finding.clause),
        runs=runs,
        strength=f"{strength(judged)}, where used" if judged.where_used else strength(judged),
        confidence=word,
        meaning=meaning,
        severity=judged.severity,
        reason=judged.severity.reason,
        safeguards=_beside(given, at, taxonomy),
        perhaps=_beside(
            [safeguard for safeguard in judged.safeguards if safeguard.safeguard not in firm], at, taxonomy
        ),
        change=str(words()["change"].get(judged.change, "")) if judged.change else "",
        doubtful=finding.doubtful,
    )


def _section(clause: Clause) -> str:
    """Return the innermost heading whose number, if it has one, begins that of the clause, without that very number."""
    number = plain(clause.number)
    for heading in map(plain, reversed(clause.headings)):
        title = heading.removeprefix(number) if number else heading
        if title != heading and (own := TITLED.match(title)):
            return title[own.end() :].rstrip(" :")
        if not NUMBERED.match(heading) or number.startswith(heading.split()[0].rstrip(".")):
            return heading.rstrip(" :")
    return ""


def right_line(right: str, source: str, taxonomy: Taxonomy) -> RightLine:
    """Return a right with its articles, derogability and limits in words."""
    one = taxonomy.rights[right]
    word = words()["derogation"].get(one.derogation, one.derogation)
    derogation = str(words()["derogations"].get(one.id, word))
    limits = str(words()["limits"].get(one.limits, one.limits))
    return RightLine(one.name, ", ".join(one.articles), derogation, limits, source, f"right-{one.id}")


def _beside(
    found: Iterable[SafeguardFinding], at: Places, taxonomy: Taxonomy
) -> tuple[tuple[str, tuple[Location, ...]], ...]:
    """Return the names of safeguards, each with its places; of each six at most."""
    named: dict[str, list[str]] = {}
    for one in found:
        named.setdefault(taxonomy.safeguards[one.safeguard].name, []).append(one.clause)
    return tuple((name, at.of(clauses)[:6]) for name, clauses in named.items())[:6]
