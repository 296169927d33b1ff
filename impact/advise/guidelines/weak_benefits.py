"""Benefits in weak words: only recommended or permitted, or held to a measure without a test."""

from collections.abc import Iterable

from impact.advise.context import Context
from impact.advise.guideline_rules import rules
from impact.advise.openness.library import hedges, weak_words
from impact.advise.phrases import places
from impact.records import Cited, Clause, Span, Strength, merged

WEAK = {Strength.SHOULD, Strength.MAY}
OUTSIDE = "outside"
"""The hedge that puts things out of scope."""


def weak_among(context: Context, cites: Iterable[Cited]) -> tuple[Cited, ...]:
    """Return those clauses that are weak in a sentence cited, with the words that make them so."""
    weak = []
    for cite in cites:
        clause = context.clause(cite.clause)
        if words := _words(context, clause, cite.evidence) or _left_out(context, clause):
            weak.append(Cited(clause.id, words))
    return tuple(weak)


def _left_out(context: Context, clause: Clause) -> tuple[Span, ...]:
    """Return the words by which the paragraph before a list puts its items out of scope."""
    above = context.whole.index.covering(clause.stem) if clause.stem else None
    (outside,) = hedges({OUTSIDE})
    return outside.within(context.text, above.span) if above and above is not clause else ()


def _words(context: Context, clause: Clause, evidence: tuple[Span, ...]) -> tuple[Span, ...]:
    words: list[Span] = []
    for sentence, strength in clause.provisions():
        if any(span.meets(sentence) for span in evidence):
            words += places(rules().weak.measures, context.text, sentence)
            words += [span for hedge in hedges() for span in hedge.within(context.text, sentence)]
            words += weak_words().soft[strength].within(context.text, sentence) if strength in WEAK else ()
    return merged(words)
