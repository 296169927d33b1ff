"""What the modules of advice ask of an assessment: clauses, sentences, sections, and the findings at a place."""

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property

from impact.records import ASIDES, Assessment, BlockKind, Cited, Clause, ClauseKind, RatedFinding, Setting, Span
from impact.taxonomy.values import Mechanism, Taxonomy

NEAR = 8
"""How many assessed clauses of the same section on each side count as beside a clause. Source: project judgement: about
a page of a standard."""

RULES = re.compile(r"\b(?:MUST|SHALL|must|shall)\b")
SECTIONED = frozenset({"IETF", "IRTF", "W3C"})
"""Bodies whose documents have sections and no clauses."""

CHOSEN = 5
"""Findings of one mechanism for which questions and amendments are made. Source: project judgement: more than anyone
will put in one meeting."""

POOL = 40
"""Findings of one mechanism among which running text is preferred. Source: project judgement."""

SETTINGS = {BlockKind.ROW: Setting.TABLE, BlockKind.CODE: Setting.CODE}

STOPS = (".", ".)", '."', ".\u201d", "!", "?")


class Scene:
    """One assessment, ready to be asked often; it computes each answer once.

    Attributes:
        text: Text of the document.
        shown: Findings of each mechanism, the one that shows it best first, mechanisms gravest first.
        near: Assessed clauses with a finding or beside one, in the order of the text, with the findings concerned.
    """

    def __init__(self, assessment: Assessment) -> None:
        self.assessment = assessment
        self.text = assessment.document.text
        self._starts = [block.span.start for block in assessment.document.blocks]
        self._clauses = {clause.id: clause for clause in assessment.clauses}
        self._sections: dict[tuple[str, ...], list[Clause]] = defaultdict(list)
        self._place: dict[str, int] = {}
        for clause in assessment.clauses:
            if clause.assessed:
                section = self._sections[clause.headings]
                self._place[clause.id] = len(section)
                section.append(clause)
        self._found: dict[str, list[RatedFinding]] = defaultdict(list)
        groups: dict[str, list[RatedFinding]] = defaultdict(list)
        for rated in assessment.findings:
            self._found[rated.finding.clause].append(rated)
            groups[rated.finding.mechanism].append(rated)
        ordered = [sorted(group, key=lambda one: one.telling) for group in groups.values()]
        ordered.sort(key=lambda group: -group[0].severity.level)
        self.shown = {group[0].finding.mechanism: tuple(group) for group in ordered}
        self._rank = {one.finding.id: at for at, one in enumerate(self._telling())}
        self.near = tuple(self._near())

    @cached_property
    def house(self) -> dict[str, str]:
        """How the document writes "shall", "should" and "may", and what it calls a part of itself ("here")."""
        counts = Counter(
            word
            for clause in self.assessment.clauses
            if clause.assessed
            for word in RULES.findall(clause.span.of(self.text))
        )
        capitals = counts["MUST"] + counts["SHALL"] > counts["must"] + counts["shall"]
        body = self.assessment.proposal.body
        must = counts["MUST"] >= counts["SHALL"] if capitals else counts["must"] > counts["shall"]
        shall = "must" if must else "shall"
        words = {"shall": shall, "should": "should", "may": "may"}
        here = "this section" if body in SECTIONED else "this clause"
        return {**{name: word.upper() if capitals else word for name, word in words.items()}, "here": here}

    @cached_property
    def most(self) -> str:
        """The power of which the text has most firm findings, which it is about; empty where it has none."""
        return max(self.shown, key=lambda name: len(self.shown[name]), default="")

    def clause(self, address: str) -> Clause:
        """Return the clause with this id."""
        return self._clauses[address]

    def at(self, clause: str) -> tuple[RatedFinding, ...]:
        """Return the findings in a clause, gravest first."""
        return tuple(self._found.get(clause, ()))

    def beside(self, clause: Clause) -> tuple[Clause, ...]:
        """Return the assessed clauses near a clause in its own section, without itself, nearest first."""
        if not clause.headings or clause.id not in self._place:
            return ()
        place, section = self._place[clause.id], self._sections[clause.headings]
        near = section[max(0, place - NEAR) : place + NEAR + 1]
        return tuple(sorted((one for one in near if one is not clause), key=lambda one: self._distance(one, place)))

    def graded(self, judged: Iterable[RatedFinding]) -> tuple[RatedFinding, ...]:
        """Return findings once each, gravest first, at one level those that show their mechanism best."""
        found = {one.finding.id: one for one in judged}
        return tuple(sorted(found.values(), key=lambda one: self._rank[one.finding.id]))

    def chosen(self, mechanism: str) -> tuple[RatedFinding, ...]:
        """Return the findings of a mechanism that show it best, in running text before others, one a clause."""
        first: dict[str, RatedFinding] = {}
        for one in self.shown[mechanism]:
            first.setdefault(one.finding.clause, one)
        ones = list(first.values())[:POOL]
        ones.sort(key=lambda one: (one.telling[:3], self.setting(self.clause(one.finding.clause)) is not Setting.TEXT))
        return tuple(ones[:CHOSEN])

    def told(self, mechanism: str, taxonomy: Taxonomy) -> Mechanism:
        """Return a mechanism as the clauses of its findings have it."""
        clauses = (self.clause(one.finding.clause) for one in self.shown[mechanism])
        return taxonomy.mechanisms[mechanism].variant_for(clause.span.of(self.text) for clause in clauses)

    def setting(self, clause: Clause) -> Setting:
        """Return what kind of text a clause stands in."""
        if clause.kind is ClauseKind.CODE:
            return Setting.CODE
        at = bisect_right(self._starts, clause.span.start) - 1
        kind = self.assessment.document.blocks[at].kind if at >= 0 else BlockKind.PARAGRAPH
        if kind in SETTINGS:
            return SETTINGS[kind]
        if clause.kind in ASIDES:
            return Setting.ASIDE
        return Setting.TEXT if clause.span.of(self.text).rstrip().endswith(STOPS) else Setting.LIST

    def sentence(self, clause: Clause, span: Span) -> Span:
        """Return the sentence of a clause that has the beginning of `span`; the whole clause where none has."""
        return next(
            (sentence for sentence in clause.sentences if sentence.start <= span.start < sentence.end), clause.span
        )

    def cited(self, judged: RatedFinding) -> Cited:
        """Return a finding as a citation of its evidence."""
        return Cited(judged.finding.clause, judged.finding.evidence)

    def carrying(self, clause: Clause) -> tuple[Span, ...]:
        """Return the sentences of a clause that carry a finding, in the order of the text."""
        return tuple(sorted({self.sentence(clause, one.finding.evidence[0]) for one in self.at(clause.id)}))

    def _near(self) -> Iterator[tuple[Clause, tuple[RatedFinding, ...]]]:
        for clause in self.assessment.clauses:
            if clause.assessed:
                own = self.at(clause.id)
                found = own or [judged for one in self.beside(clause) for judged in self.at(one.id)]
                if found:
                    yield clause, self.graded(found)

    def _telling(self) -> list[RatedFinding]:
        return sorted((one for group in self.shown.values() for one in group), key=lambda one: one.telling)

    def _distance(self, clause: Clause, place: int) -> tuple[int, int]:
        at = self._place[clause.id]
        return abs(at - place), at
