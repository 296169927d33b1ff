"""What the text says already and is not asked again: a period, who holds the power, that nobody is told."""

import re
from collections.abc import Iterator, Sequence

from impact.advise.context import Context
from impact.advise.phrases import pattern_of, places
from impact.advise.question_library import StatedAnswer, wording
from impact.present.places import NUMBERED
from impact.records import Clause, Phrase, RatedFinding, Span

PLACE = "place"
"""Name of the clause beside one in which words stand, in brackets, for texts that name none of its words."""

Words = dict[str, tuple[Phrase, ...]]


def stated_in_clause(context: Context, rated: RatedFinding) -> Iterator[tuple[StatedAnswer, Words]]:
    """Yield what the clause of a finding says, or one beside it, with the words by the names of the pattern."""
    clause = context.clause_of(rated)
    for answer in wording().in_clause:
        if answer.mechanism == rated.finding.mechanism:
            matches = (_search(context, answer, near) for near in _places(context, clause, answer))
            if match := next(filter(None, matches), None):
                spans = {name: Span(*match.span(name)) for name, words in match.groupdict().items() if words}
                place = _number(context, clause, match.start())
                words = {name: (_phrase(context.text, span), *place) for name, span in spans.items()}
                yield answer, words | {PLACE: place}


def without_stated(context: Context, texts: Sequence[str], clause: Clause) -> tuple[list[str], tuple[str, ...]]:
    """Return questions on a clause without those that the text answers, and the general ones that it settles.

    It may answer them anywhere. What the answer leaves to ask comes first, on a clause that has its words.
    """
    left, settled = list(texts), list[str]()
    for answer in wording().anywhere:
        if _holds(context, answer):
            settled += answer.settles
            if not set(answer.instead).isdisjoint(left):
                applies = not answer.where or _search(context, answer, clause)
                left = [*(answer.texts if applies else ()), *(text for text in left if text not in answer.instead)]
    return left, tuple(settled)


def _places(context: Context, clause: Clause, answer: StatedAnswer) -> Iterator[Clause]:
    yield clause
    for neighbor in context.neighbors(clause) if answer.near else ():
        if any(rated.finding.mechanism == answer.near for rated in context.findings_in(neighbor)):
            yield neighbor


def _holds(context: Context, answer: StatedAnswer) -> bool:
    """Return whether an answer holds of the text: by its safeguards, its power, words of findings or words it lacks."""
    if answer.lacking:
        return not any(
            places(answer.lacking, context.text, clause.span) for clause in context.whole.clauses if clause.assessed
        )
    if answer.safeguards:
        return {safeguard.safeguard for safeguard in context.assessment.safeguards}.issuperset(answer.safeguards)
    if answer.power:
        return context.main_power == answer.power
    groups = [context.ranked.get(answer.mechanism, ())] if answer.mechanism else context.ranked.values()
    return any(_search(context, answer, context.clause_of(rated)) for group in groups for rated in group)


def _search(context: Context, answer: StatedAnswer, clause: Clause) -> re.Match[str] | None:
    return pattern_of(answer.where).search(context.text, clause.span.start, clause.span.end)


def _number(context: Context, clause: Clause, start: int) -> tuple[Phrase, ...]:
    """Return the number, in brackets, of the clause beside one in which words stand; nothing for its own words."""
    numbers = (near.number for near in context.neighbors(clause) if near.span.start <= start < near.span.end)
    number = next(numbers, "")
    return (Phrase(f" (clause {number})"),) if NUMBERED.match(number) and number != clause.number else ()


def _phrase(text: str, span: Span) -> Phrase:
    """Return words of the document on one line, a capital at their beginning lowered where a small letter follows."""
    words = " ".join(span.of(text).split())
    return Phrase(words[:1].lower() + words[1:] if words[1:2].islower() or words[1:2] == " " else words, span)
