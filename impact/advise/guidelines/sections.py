"""Sections whose presence is an answer: security, privacy, human rights, languages, accessibility."""

import re

from impact.advise.guidelines.rules import SectionRule, rules
from impact.advise.phrases import places
from impact.records import Assessment, Bearing, Cited, Clause, Point

_NUMBER = re.compile(
    r"^\W*(?:(?:annex|appendix|section|clause|article) )?(?:[A-Z]\b|[\dIVX]+)?[\d.]*\W*", re.IGNORECASE
)


def sections_of(assessment: Assessment) -> tuple[dict[str, Point], set[str]]:
    """Return a point for each section found, by topic, and the topics found; an empty one has "empty-" before it too.

    A section is cited by the first clause that is assessed in it.
    """
    found: dict[str, Point] = {}
    topics: set[str] = set()
    for rule in rules().sections.values():
        clauses = [
            clause
            for clause in assessment.clauses
            if clause.assessed and any(_titled(rule, title) for title in clause.headings)
        ]
        if not clauses:
            continue
        empty = _says_nothing(rule, assessment, clauses)
        topics |= {rule.topic, f"empty-{rule.topic}"} if empty else {rule.topic}
        found[rule.topic] = _empty(rule, clauses[0]) if empty else _point(rule, clauses[0])
    return found, topics


def _point(rule: SectionRule, first: Clause) -> Point:
    return Point(rule.topic, rule.name, Bearing.BENEFIT, first.strength, rule.says, "", rule.source, (_cited(first),))


def _empty(rule: SectionRule, first: Clause) -> Point:
    return Point(
        topic=f"empty-{rule.topic}",
        name=f"{rule.name} without content",
        bearing=Bearing.POWER,
        strength=first.strength,
        says=rule.empty_says,
        ask=rule.empty_ask,
        source=rule.source,
        cites=(_cited(first),),
    )


def _cited(clause: Clause) -> Cited:
    return Cited(clause.id, clause.sentences or (clause.span,))


def bare(title: str) -> str:
    """Return a heading without its number."""
    return _NUMBER.sub("", title, count=1).strip(" .:")


def _titled(rule: SectionRule, title: str) -> bool:
    return any(re.fullmatch(line, bare(title), re.IGNORECASE) for line in rule.titles)


def _says_nothing(rule: SectionRule, assessment: Assessment, clauses: list[Clause]) -> bool:
    """Return whether a section of few words says that there is nothing to say."""
    few = sum(len(clause.span) for clause in clauses) < 600
    return few and any(places(rule.empty, assessment.document.text, clause.span) for clause in clauses)
