"""Benefits in weak words: only recommended or permitted, or held to a measure without a test."""

from collections.abc import Iterable, Iterator

from impact.advise.guidelines.rules import rules
from impact.advise.openness.weak import hedges, soft
from impact.advise.phrases import places
from impact.records import Assessment, Cited, Clause, Span, Strength, merged

WEAK = {Strength.SHOULD, Strength.MAY}
OUTSIDE = "outside"
"""The hedge that puts things out of scope."""


class Weakness:
    """The weak words of one assessment."""

    def __init__(self, assessment: Assessment) -> None:
        self._text = assessment.document.text
        self._clauses = {clause.id: clause for clause in assessment.clauses}

    def of(self, cites: Iterable[Cited]) -> tuple[Cited, ...]:
        """Return those clauses that are weak in a sentence cited, with the words that make them so."""
        clauses = ((self._clauses[cite.clause], cite.evidence) for cite in cites)
        found = ((clause.id, self._words(clause, said) or self._left_out(clause)) for clause, said in clauses)
        return tuple(Cited(clause, words) for clause, words in found if words)

    def _left_out(self, clause: Clause) -> tuple[Span, ...]:
        """Return the words by which the paragraph before a list puts its items out of scope."""
        if clause.stem is None:
            return ()
        over = next((one for one in self._clauses.values() if one.span.covers(clause.stem)), clause)
        outside = next(hedge for hedge in hedges() if hedge.id == OUTSIDE)
        return outside.within(self._text, over.span) if over is not clause else ()

    def _words(self, clause: Clause, evidence: tuple[Span, ...]) -> tuple[Span, ...]:
        words: list[Span] = []
        for sentence, strength in _pairs(clause):
            if any(span.meets(sentence) for span in evidence):
                words += places(rules().weak.measures, self._text, sentence)
                words += [span for hedge in hedges() for span in hedge.within(self._text, sentence)]
                words += soft()[strength].within(self._text, sentence) if strength in WEAK else ()
        return merged(words)


def _pairs(clause: Clause) -> Iterator[tuple[Span, Strength]]:
    """Return each sentence of a clause with its strength."""
    strengths = clause.strengths or (clause.strength,) * max(1, len(clause.sentences))
    return zip(clause.sentences or (clause.span,), strengths, strict=False)
