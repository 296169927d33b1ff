"""Pairs of clauses that headings tell of: aims and what is no aim, a title and a clause that leaves it unfilled."""

import re
from collections.abc import Iterator

from impact.advise.context import Context
from impact.advise.guideline_rules import rules
from impact.advise.guidelines.section_points import bare, titled
from impact.advise.phrases import places
from impact.advise.similarity import QuotedSentence, closest, content_shared
from impact.records import Cited, Clause, Span, Tension

BOTH = 2
"""Words that an aim and what is no aim must share, common ones too. Source: project judgment after reading reports."""

_NAMED = 120
"""Characters around the words of a clause that leaves something out, in which its name is looked for."""


def nongoals(context: Context) -> Iterator[Tension]:
    """Yield the aim and the clause under what is no aim that share most words."""
    rule = rules().tensions["nongoal"]
    sentences = [
        QuotedSentence(sentence.clause, sentence.span, (sentence.span,))
        for sentence in context.sentences
        if sentence.clause.headings
    ]
    none = [sentence for sentence in sentences if titled(sentence.clause.title, rule.others)]
    aims = [sentence for sentence in sentences if sentence not in none and titled(sentence.clause.title, rule.titles)]
    if pair := closest(context, aims if none else (), none, BOTH, content_shared):
        yield Tension("nongoal", "4.21", rule.says, rule.ask, *pair, rule.source)


def unfilled(context: Context) -> Iterator[Tension]:
    """Yield for each section title, of two words or more, the first clause that says that the text does not have it."""
    rule = rules().tensions["unfilled"]
    leaving = [
        (sentence, words)
        for sentence in context.sentences
        if (words := places(rule.patterns, context.text, sentence.span))
    ]
    for title, first in _titles(context).items() if leaving else ():
        for sentence, words in leaving:
            apart = first.number != sentence.clause.number and first.id != sentence.clause.id
            if apart and _names(context.text, title, sentence.span, words[0]):
                here, there = Cited(first.id, first.sentences[:1] or (first.span,)), Cited(sentence.clause.id, words)
                yield Tension("unfilled", "4.9", rule.says, rule.ask, here, there, rule.source)
                break


def _names(text: str, title: str, sentence: Span, words: Span) -> bool:
    """Return whether the name stands as subject right before, or as object right after, the words that leave it out."""
    name = re.escape(title).replace(r"\ ", r"\s+")
    before = text[max(sentence.start, words.start - _NAMED) : words.start]
    after = text[words.end : min(sentence.end, words.end + _NAMED)]
    subject = re.search(rf"(?:^|\bto \w+ |\bthe |\s){name}(?: \w+)?\s*$", before, re.IGNORECASE)
    return bool(subject or re.match(rf"\s*(?:an? |any |the )?{name}\b", after, re.IGNORECASE))


def _titles(context: Context) -> dict[str, Clause]:
    """Return the first clause that is assessed under each title that names one thing."""
    first: dict[str, Clause] = {}
    general = rules().tensions["unfilled"].others
    for clause in context.assessment.clauses:
        title = bare(clause.title).lower() if clause.assessed else ""
        if len(title.split()) > 1 and not any(re.fullmatch(line, title) for line in general):
            first.setdefault(title, clause)
    return first
