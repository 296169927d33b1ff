"""Pairs of clauses that headings tell of: aims and what is no aim, a title and a clause that leaves it unfilled."""

import re
from collections.abc import Iterator

from impact.advise.detectors import sentences_of
from impact.advise.guidelines.rules import rules
from impact.advise.guidelines.sections import bare
from impact.advise.phrases import places
from impact.advise.tensions.similarity import LINKS, Alike, Spot, closest
from impact.records import Cited, Clause, Tension

BOTH = 2
"""Words that an aim and what is no aim must share, common ones too. Source: project judgement after reading reports."""

_NAMED = 120
"""Characters around the words of a clause that leaves something out, in which its name is looked for."""


def nongoals(text: Alike) -> Iterator[Tension]:
    """Yield the aim and the clause under what is no aim that share most words."""
    rule = rules().tensions["nongoal"]
    none = [sentence for sentence in _sentences(text) if _headed(text, sentence, rule.others)]
    aims = (
        [sentence for sentence in _sentences(text) if _headed(text, sentence, rule.titles) and sentence not in none]
        if none
        else []
    )
    if pair := closest(text, aims, none, BOTH, LINKS["content"]):
        yield Tension("nongoal", "4.21", rule.says, rule.ask, *pair, rule.source)


def unfilled(text: Alike) -> Iterator[Tension]:
    """Yield for each section title, of two words or more, the first clause that says that the text does not have it."""
    rule = rules().tensions["unfilled"]
    document = text.assessment.document.text
    leaving = [
        (sentence, said)
        for sentence in _sentences(text)
        if (said := places(rule.patterns, document, sentence.sentence))
    ]
    titles = _titles(text) if leaving else {}
    for title, first in titles.items():
        for one, said in leaving:
            apart = first.number != one.number and first.id != one.cited.clause
            if apart and _of(title, one, document, said[0].start, said[0].end):
                here = Cited(first.id, first.sentences[:1] or (first.span,))
                yield Tension("unfilled", "4.9", rule.says, rule.ask, here, Cited(one.cited.clause, said), rule.source)
                break


def _of(title: str, spot: Spot, document: str, start: int, end: int) -> bool:
    """Return whether the name stands as subject right before, or as object right after, the words that leave it out."""
    name = re.escape(title).replace(r"\ ", r"\s+")
    before = document[max(spot.sentence.start, start - _NAMED) : start]
    after = document[end : min(spot.sentence.end, end + _NAMED)]
    subject = re.search(rf"(?:^|\bto \w+ |\bthe |\s){name}(?: \w+)?\s*$", before, re.IGNORECASE)
    return bool(subject or re.match(rf"\s*(?:an? |any |the )?{name}\b", after, re.IGNORECASE))


def _titles(text: Alike) -> dict[str, Clause]:
    """Return the first clause that is assessed under each title that names one thing."""
    found: dict[str, Clause] = {}
    for clause in text.assessment.clauses:
        title = bare(clause.title).lower() if clause.assessed else ""
        if len(title.split()) > 1 and not any(
            re.fullmatch(line, title) for line in rules().tensions["unfilled"].others
        ):
            found.setdefault(title, clause)
    return found


def _sentences(text: Alike) -> Iterator[Spot]:
    for one in sentences_of(text.assessment):
        yield Spot(Cited(one.clause.id, (one.span,)), one.clause.number, one.span)


def _headed(text: Alike, spot: Spot, titles: tuple[str, ...]) -> bool:
    headings = text.clause(spot.cited.clause).headings[-1:]
    return any(re.fullmatch(line, bare(heading), re.IGNORECASE) for heading in headings for line in titles)
