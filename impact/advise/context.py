"""What the modules of advice ask of an assessment; each answer is computed once."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property

from impact.advise.detectors.search import AssessedSentence, Detection, detected, sentences_of
from impact.advise.grammar import grammar
from impact.advise.overrulings import Overrulings
from impact.advise.readings import Readings
from impact.records import (
    ASIDES,
    Assessment,
    BlockKind,
    Cited,
    Clause,
    ClauseKind,
    Outlook,
    RatedFinding,
    Span,
    TextSetting,
)
from impact.records.assessment import SALIENT
from impact.stems import singular
from impact.taxonomy.values import Mechanism, Taxonomy

NEAR = 8
"""How many assessed clauses of the same section on each side count as beside a clause. Source: project judgment: about
a page of a standard."""

CHOSEN = 5
"""Findings of one mechanism for which questions and amendments are made. Source: project judgment: more than anyone
will put in one meeting."""

POOL = 40
"""Findings of one mechanism among which running text is preferred. Source: project judgment."""

COMMON = 0.06
"""Share of the sentences above which a word of the text says nothing of what a clause is about. Source: project
judgment after reading reports."""

SETTINGS = {BlockKind.ROW: TextSetting.TABLE, BlockKind.CODE: TextSetting.CODE}
STOPS = (".", ".)", '."', ".\u201d", "!", "?")
_WORD = re.compile(r"[a-z]{4,}")


class Context:
    """One assessment with its taxonomy.

    Attributes:
        whole: The assessment, doubtful findings and safeguards too, without what an attacker is said to do: that is no
            proposal, so that nobody is asked to require, ask about or change it.
        assessment: That of its firm findings and safeguards, on which the advice rests.
        outlook: How its clauses are judged beyond what is said of them; None where nobody is asked.
        readings: What grammar says of its sentences.
        overrulings: Where reviewers do not see what the program found.
        ranked: Firm findings of each mechanism, the one that shows it best first, mechanisms gravest first.
    """

    def __init__(self, assessment: Assessment, taxonomy: Taxonomy, outlook: Outlook | None = None) -> None:
        self.text, self.taxonomy, self.outlook = assessment.document.text, taxonomy, outlook
        self.readings = Readings(self.text)
        self.whole = _without_attackers(assessment, self.readings)
        self.assessment = self.whole.firm
        self.overrulings = Overrulings(self.whole, taxonomy)
        groups: dict[str, list[RatedFinding]] = {}
        for rated in self.assessment.findings:
            groups.setdefault(rated.finding.mechanism, []).append(rated)
        for group in groups.values():
            group.sort(key=lambda rated: rated.telling)
        self.ranked = dict(sorted(groups.items(), key=lambda group: -group[1][0].severity.level))
        self._words: dict[Span, frozenset[str]] = {}

    @cached_property
    def sentences(self) -> list[AssessedSentence]:
        """The sentences of all clauses that are assessed."""
        return sentences_of(self.whole)

    @cached_property
    def detections(self) -> dict[str, tuple[Detection, ...]]:
        """What each detector and side found, by its id."""
        return detected(self.text, self.sentences, self.readings, self.overrulings.bar)

    @cached_property
    def spoken_of(self) -> frozenset[str]:
        """Ids of the detectors and sides that found anything, also where reviewers overruled it.

        A text is not silent on what it speaks of there.
        """
        there = [sentence for sentence in self.sentences if sentence.span in self.overrulings.sentences]
        overruled = detected(self.text, there, self.readings, lambda _side, _sentence: False) if there else {}
        return frozenset({*self.detections, *overruled})

    @cached_property
    def near_power(self) -> tuple[tuple[Clause, tuple[RatedFinding, ...]], ...]:
        """Assessed clauses with a finding or beside one, in the order of the text, with the findings concerned."""
        near = []
        for clause in self.assessment.clauses:
            if clause.assessed and clause.id not in self.overrulings.clauses:
                findings = self.findings_in(clause) or [
                    rated for neighbor in self.neighbors(clause) for rated in self.findings_in(neighbor)
                ]
                if findings:
                    near.append((clause, self.graded(findings)))
        return tuple(near)

    @cached_property
    def house_words(self) -> dict[str, str]:
        """How the document writes "shall", "should" and "may", and what it calls a part of itself ("here")."""
        counts = Counter(
            word
            for clause in self.assessment.clauses
            if clause.assessed
            for word in grammar().house.findall(clause.span.of(self.text))
        )
        capitals = counts["MUST"] + counts["SHALL"] > counts["must"] + counts["shall"]
        must = counts["MUST"] >= counts["SHALL"] if capitals else counts["must"] > counts["shall"]
        words = {"shall": "must" if must else "shall", "should": "should", "may": "may"}
        here = "this section" if self.assessment.proposal.body in grammar().sectioned else "this clause"
        return {**{name: word.upper() if capitals else word for name, word in words.items()}, "here": here}

    def wanted(self, clause: str) -> bool:
        """Return whether a reader may want to see the clause with this id, or nothing is known of that."""
        return self._salience.get(clause, 1.0) >= SALIENT

    @cached_property
    def _salience(self) -> dict[str, float]:
        return {passage.clause: passage.chance for passage in self.whole.salience}

    @cached_property
    def main_power(self) -> str:
        """The power of which the text has most firm findings, which it is about; empty where it has none."""
        return max(self.ranked, key=lambda mechanism: len(self.ranked[mechanism]), default="")

    @cached_property
    def common_words(self) -> set[str]:
        """Words of many sentences; at least four, so that a short text has some that are not common."""
        sentences = [self.words(sentence.span) for sentence in self.sentences]
        many = max(4, COMMON * len(sentences))
        counts = Counter(word for words in sentences for word in words)
        return {word for word, count in counts.items() if count > many}

    def words(self, span: Span) -> frozenset[str]:
        """Return the words of a span, of four letters or more, in the singular."""
        if span not in self._words:
            words = _WORD.findall(span.of(self.text).lower())
            self._words[span] = frozenset(map(singular, words))
        return self._words[span]

    def clause(self, address: str) -> Clause:
        """Return the clause with this id."""
        return self.whole.index.clause(address)

    def clause_of(self, rated: RatedFinding) -> Clause:
        """Return the clause of a finding."""
        return self.clause(rated.finding.clause)

    def neighbors(self, clause: Clause) -> tuple[Clause, ...]:
        """Return the assessed clauses near a clause in its own section, without itself, nearest first."""
        return self.whole.index.beside(clause, NEAR)

    def findings_in(self, clause: Clause) -> tuple[RatedFinding, ...]:
        """Return the firm findings in a clause, gravest first."""
        return self._by_clause.get(clause.id, ())

    def graded(self, findings: Iterable[RatedFinding]) -> tuple[RatedFinding, ...]:
        """Return findings once each, gravest first, at one level those that show their mechanism best."""
        distinct = {rated.finding.id: rated for rated in findings}
        return tuple(sorted(distinct.values(), key=lambda rated: self._rank[rated.finding.id]))

    def chosen(self, mechanism: str) -> tuple[RatedFinding, ...]:
        """Return the findings of a mechanism that show it best, in running text before others, one a clause."""
        first: dict[str, RatedFinding] = {}
        for rated in self.ranked[mechanism]:
            first.setdefault(rated.finding.clause, rated)
        pool = list(first.values())[:POOL]
        pool.sort(key=lambda rated: (rated.telling[:3], self.setting(self.clause_of(rated)) is not TextSetting.TEXT))
        return tuple(pool[:CHOSEN])

    def variant_of(self, mechanism: str) -> Mechanism:
        """Return a mechanism as the clauses of its firm findings have it."""
        clauses = dict.fromkeys(rated.finding.clause for rated in self.ranked[mechanism])
        return self.taxonomy.mechanisms[mechanism].variant_for(
            self.clause(clause).span.of(self.text) for clause in clauses
        )

    def power_of(self, rated: RatedFinding) -> Mechanism:
        """Return the mechanism of a finding as its clause has it."""
        text = self.clause_of(rated).span.of(self.text)
        return self.taxonomy.mechanisms[rated.finding.mechanism].variant_for([text])

    def setting(self, clause: Clause) -> TextSetting:
        """Return what kind of text a clause stands in."""
        if clause.kind is ClauseKind.CODE:
            return TextSetting.CODE
        block = bisect_right(self._block_starts, clause.span.start) - 1
        kind = self.whole.document.blocks[block].kind if block >= 0 else BlockKind.PARAGRAPH
        if kind in SETTINGS:
            return SETTINGS[kind]
        if clause.kind in ASIDES:
            return TextSetting.ASIDE
        return TextSetting.TEXT if clause.span.of(self.text).rstrip().endswith(STOPS) else TextSetting.LIST

    def carrying(self, clause: Clause) -> tuple[Span, ...]:
        """Return the sentences of a clause that carry a firm finding, in the order of the text."""
        return tuple(sorted({clause.sentence_at(rated.finding.evidence[0]) for rated in self.findings_in(clause)}))

    @cached_property
    def _by_clause(self) -> dict[str, tuple[RatedFinding, ...]]:
        groups: dict[str, tuple[RatedFinding, ...]] = {}
        for rated in self.assessment.findings:
            groups[rated.finding.clause] = (*groups.get(rated.finding.clause, ()), rated)
        return groups

    @cached_property
    def _rank(self) -> dict[str, int]:
        findings = (rated for group in self.ranked.values() for rated in group)
        ordered = sorted(findings, key=lambda rated: rated.telling)
        return {rated.finding.id: rank for rank, rated in enumerate(ordered)}

    @cached_property
    def _block_starts(self) -> list[int]:
        return [block.span.start for block in self.whole.document.blocks]


def _without_attackers(assessment: Assessment, readings: Readings) -> Assessment:
    """Return an assessment without findings and safeguards in sentences that tell of what an attacker does."""

    def hostile(cited: Cited) -> bool:
        return readings.hostile(assessment.clause(cited.clause).sentence_at(cited.evidence[0]))

    findings = tuple(rated for rated in assessment.findings if not hostile(rated.finding.cited))
    safeguards = tuple(safeguard for safeguard in assessment.safeguards if not hostile(safeguard.cited))
    ids = {rated.finding.id for rated in findings}
    powers = {rated.finding.mechanism for rated in findings}
    kept = (
        replace(compound, findings=tuple(name for name in compound.findings if name in ids))
        for compound in assessment.compounds
    )
    return replace(
        assessment,
        findings=findings,
        safeguards=safeguards,
        compounds=tuple(compound for compound in kept if ids.issuperset(compound.pair)),
        silences=tuple(silence for silence in assessment.silences if silence.mechanism in powers),
    )
