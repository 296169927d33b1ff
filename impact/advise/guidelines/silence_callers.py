"""What calls for a silence: firm powers, the clauses that a detector matches, and rules of any kind."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from impact.advise.context import Context
from impact.advise.detectors.library import detectors
from impact.advise.guideline_rules import rules
from impact.advise.guidelines.section_points import bare
from impact.advise.guidelines.worth import worth_saying
from impact.advise.phrases import pattern_of
from impact.records import Strength

STUDY = 2
"""Headings of a study that show one. Source: project judgment: a specification may have a conclusion."""


@dataclass(frozen=True, slots=True)
class Callers:
    """What calls for what is left open in one text.

    Attributes:
        findings: Number of clauses with a firm finding of each power.
        clauses: Ids of the clauses that each detector matches, and of the "rules" of a text about parties that exchange
            something; none in a text without a design.
        themes: Those of which silences are said.
    """

    findings: Counter[str]
    clauses: Mapping[str, frozenset[str]]
    themes: frozenset[str]

    @classmethod
    def of(cls, context: Context) -> Self:
        """Return what calls for silences in a text."""
        rated = {(finding.finding.mechanism, finding.finding.clause) for finding in context.assessment.findings}
        findings = Counter(name for name, _ in rated)
        if not designs(context):
            return cls(findings, {}, rules().silences.other_texts.themes)
        matched = {name: frozenset(item.clause.id for item in found) for name, found in worth_saying(context).items()}
        matched["rules"] = frozenset(_rules(context)) if _exchanges(context) else frozenset()
        return cls(findings, matched, frozenset(rules().silences.themes))

    def weight(self, omission: str) -> int:
        """Return how many clauses call for a silence, a firm finding counted more; for a list of grounds, the list.

        None do where they have fewer topics, or are fewer, than its rule wants, or where a firm power is wanted.
        """
        rule = rules().omissions.get(omission)
        if rule is None:
            return rules().silences.firm
        topics = rules().silences.calls.get(rule.id, rule.when)
        if sum(topic in self.findings or topic in self.clauses for topic in topics) < rule.topics:
            return 0
        powers = set(topics) - {detector.id for detector in detectors()}
        certain = any(rule.id in rules().silences.themes[theme] for theme in rules().silences.certain)
        if certain and powers and not any(self.findings[power] for power in powers):
            return 0
        matched = frozenset[str]().union(*(self.clauses.get(topic, frozenset()) for topic in topics))
        weight = len(matched) + rules().silences.firm * sum(self.findings[topic] for topic in topics)
        return weight if weight >= rule.least else 0


def designs(context: Context) -> bool:
    """Return whether a text specifies a design: it has rules, and is no guide, survey, vocabulary, study or report."""
    other, proposal = rules().silences.other_texts, context.whole.proposal
    if pattern_of(other.publications).search(proposal.publication) or pattern_of(other.titles).search(proposal.title):
        return False
    headings = {bare(clause.headings[-1]) for clause in context.whole.clauses if clause.headings}
    study = [heading for heading in headings if pattern_of(other.headings).fullmatch(heading)]
    return len(study) < STUDY and bool(_rules(context))


def _rules(context: Context) -> list[str]:
    """Return the ids of the clauses that require or recommend."""
    ruling = {Strength.MUST, Strength.SHOULD}
    return [clause.id for clause in context.whole.clauses if clause.assessed and clause.strength in ruling]


def _exchanges(context: Context) -> bool:
    """Return whether a text is about parties that exchange something."""
    exchange = rules().silences.exchange
    clauses = [clause.span.of(context.text) for clause in context.whole.clauses if clause.assessed]
    return sum(bool(exchange.parties.search(clause)) for clause in clauses) >= exchange.share * len(clauses)
