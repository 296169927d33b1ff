"""Benefits in weak words: only recommended or permitted, or held to a measure without a test."""

from collections.abc import Iterable

from impact.advise.phrases import places
from impact.advise.rules import rules
from impact.advise.weak import hedges, soft
from impact.records import Assessment, Cited, Clause, Span, Strength, merged

WEAK = {Strength.SHOULD, Strength.MAY}


class Weakness:
    """The weak words of one assessment."""

    def __init__(self, assessment: Assessment) -> None:
        self._text = assessment.document.text
        self._clauses = {one.id: one for one in assessment.clauses}

    def of(self, cites: Iterable[Cited]) -> tuple[Cited, ...]:
        """Return those clauses that are weak in a sentence cited, with the words that make them so."""
        found = ((one.clause, self._words(self._clauses[one.clause], one.evidence)) for one in cites)
        return tuple(Cited(clause, words) for clause, words in found if words)

    def _words(self, clause: Clause, evidence: tuple[Span, ...]) -> tuple[Span, ...]:
        strengths = clause.strengths or (clause.strength,) * max(1, len(clause.sentences))
        words: list[Span] = []
        for sentence, strength in zip(clause.sentences or (clause.span,), strengths, strict=False):
            if any(one.meets(sentence) for one in evidence):
                words += places(rules().weak.measures, self._text, sentence)
                words += [span for hedge in hedges() for span in hedge.within(self._text, sentence)]
                words += soft()[strength].within(self._text, sentence) if strength in WEAK else ()
        return merged(words)
