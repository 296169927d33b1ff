"""Sections whose presence is an answer: security, privacy, human rights, languages, accessibility."""

import re
from dataclasses import replace
from functools import lru_cache

from impact.advise.context import Context
from impact.advise.grammar import grammar
from impact.advise.guideline_rules import SectionRule, rules
from impact.advise.phrases import pattern_of, places
from impact.records import Bearing, Cited, Clause, Point, Span

SHORT = 600
"""Characters of a section below which words of emptiness make it none. Source: project judgment."""


def sections_of(context: Context) -> tuple[dict[str, Point], set[str]]:
    """Return a point for each section of the text, by topic, and the topics; an empty one has "empty-" before it too.

    A section is cited by the first clause in it that says something; one that says nothing of its subject answers what
    is asked, and is no point.
    """
    points: dict[str, Point] = {}
    topics: set[str] = set()
    for rule in rules().sections.values():
        clauses = [clause for clause in context.whole.clauses if clause.assessed and has_title(clause, rule)]
        if clauses:
            empty = _says_nothing(context, rule, clauses)
            topics |= {rule.topic, f"empty-{rule.topic}"} if empty else {rule.topic}
            if first := _telling(context, rule, clauses, empty=empty):
                points[rule.topic] = _point(rule, first, empty=empty)
    return points, topics


def bare(title: str) -> str:
    """Return a heading without its number."""
    return grammar().heading_number.sub("", title, count=1).strip(" .:")


def has_title(clause: Clause, rule: SectionRule) -> bool:
    """Return whether a clause stands in a section with a title of a rule."""
    return any(titled(title, rule.titles) for title in clause.headings)


@lru_cache(maxsize=4096)
def titled(heading: str, titles: tuple[str, ...]) -> bool:
    """Return whether a heading, without its number, is one of the titles (regular expressions)."""
    return any(re.fullmatch(line, bare(heading), re.IGNORECASE) for line in titles)


def _telling(context: Context, rule: SectionRule, clauses: list[Clause], *, empty: bool) -> Clause | None:
    """Return the first clause of a section that shows what it says, or that it says nothing."""
    standing = [clause for clause in clauses if clause.id not in context.overrulings.clauses] or clauses
    if empty:
        return standing[0]
    titles = rule.points or rule.titles
    named = (clause for clause in standing if any(titled(title, titles) for title in clause.headings))
    return next((clause for clause in named if not rule.substance or _says(context, rule, clause)), None)


def _says(context: Context, rule: SectionRule, clause: Clause) -> bool:
    """Return whether a clause says more of the subject of its section than what the section is."""
    return any(_states(context, rule, span) for span in clause.parts)


def _states(context: Context, rule: SectionRule, span: Span) -> bool:
    """Return whether a sentence has words of the subject, asks nothing, and does more than announce."""
    sentence = span.of(context.text).rstrip()
    return bool(places(rule.substance, context.text, span)) and not sentence.endswith("?") and not announces(sentence)


def announces(sentence: str) -> bool:
    """Return whether a sentence only says what a section or document is."""
    return pattern_of(rules().announcing).match(sentence.lstrip()) is not None


def _point(rule: SectionRule, first: Clause, *, empty: bool) -> Point:
    cites = (Cited(first.id, first.parts),)
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
    """Return whether a section of few words says that there is nothing to say, and nothing of its subject beside."""
    named = any(titled(title, rule.points or rule.titles) for clause in clauses for title in clause.headings)
    if not named or sum(len(clause.span) for clause in clauses) >= SHORT:
        return False
    parts = [(span, bool(places(rule.empty, context.text, span))) for clause in clauses for span in clause.parts]
    says_more = any(_states(context, rule, span) for span, empty in parts if not empty) if rule.substance else False
    return any(empty for _, empty in parts) and not says_more
