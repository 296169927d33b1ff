"""Sections whose presence is an answer: security, privacy, human rights, languages, accessibility."""

import re
from dataclasses import replace
from functools import lru_cache

from impact.advise.context import Context
from impact.advise.grammar import grammar
from impact.advise.guideline_rules import SectionRule, rules
from impact.advise.phrases import places
from impact.records import Bearing, Cited, Clause, Point

SHORT = 600
"""Characters of a section below which words of emptiness make it none. Source: project judgment."""


def sections_of(context: Context) -> tuple[dict[str, Point], set[str]]:
    """Return a point for each section of the text, by topic, and the topics; an empty one has "empty-" before it too.

    A section is cited by the first clause that is assessed in it.
    """
    points: dict[str, Point] = {}
    topics: set[str] = set()
    for rule in rules().sections.values():
        clauses = [
            clause
            for clause in context.whole.clauses
            if clause.assessed and any(titled(title, rule.titles) for title in clause.headings)
        ]
        if clauses:
            empty = _says_nothing(context, rule, clauses)
            topics |= {rule.topic, f"empty-{rule.topic}"} if empty else {rule.topic}
            first = next((clause for clause in clauses if clause.id not in context.overrulings.clauses), clauses[0])
            points[rule.topic] = _point(rule, first, empty=empty)
    return points, topics


def bare(title: str) -> str:
    """Return a heading without its number."""
    return grammar().heading_number.sub("", title, count=1).strip(" .:")


@lru_cache(maxsize=4096)
def titled(heading: str, titles: tuple[str, ...]) -> bool:
    """Return whether a heading, without its number, is one of the titles (regular expressions)."""
    return any(re.fullmatch(line, bare(heading), re.IGNORECASE) for line in titles)


def _point(rule: SectionRule, first: Clause, *, empty: bool) -> Point:
    cites = (Cited(first.id, first.sentences or (first.span,)),)
    point = Point(rule.topic, rule.name, Bearing.BENEFIT, first.strength, rule.says, "", rule.source, cites)
    if not empty:
        return point
    return replace(
        point,
        topic=f"empty-{rule.topic}",
        name=f"{rule.name} without content",
        bearing=Bearing.POWER,
        says=rule.empty_says,
        ask=rule.empty_ask,
    )


def _says_nothing(context: Context, rule: SectionRule, clauses: list[Clause]) -> bool:
    """Return whether a section of few words says that there is nothing to say."""
    short = sum(len(clause.span) for clause in clauses) < SHORT
    return short and any(places(rule.empty, context.text, clause.span) for clause in clauses)
