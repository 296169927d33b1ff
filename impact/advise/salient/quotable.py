"""Which words of a passage can be quoted alone, and which of them say most."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from impact.advise.guidelines.section_points import announces
from impact.records import Clause, Span
from impact.salience import SENTENCES, leaning, sentence_traits, weights
from impact.trait_weights import Traits

WHOLE, SHORTEST, LONGEST = 300, 40, 420
"""Characters of a passage that is quoted whole, and of what is quoted at all. Source: project judgment."""

ROOM, BLANKS = 360, 3
"""Characters of two sentences that are quoted together, and between them. Source: project judgment."""

REFERENCES = 1
"""References in words that are quoted; more are a list of them. Source: project judgment."""

LETTERS = 0.9
"""Share of letters and blanks of words that are quoted; those with less are a formula. Source: project judgment."""

_CLOSED = (".", ".)", ".\u201d", "!", "?")


def quotable(clause: Clause, text: str) -> Span | None:
    """Return what to quote of a clause: all of it where it is short, else what says most; None where nothing can be."""
    spans = [span for span in _standing_alone(clause, text) if _readable(span.of(text))]
    if not spans:
        return None
    if spans[0].start == clause.span.start and len(clause.span) <= WHOLE and _readable(clause.span.of(text)):
        return clause.span
    sentences = clause.sentences or (clause.span,)
    chances = dict(zip(sentences, map(weights(SENTENCES).chance, _rows(sentences, text)), strict=True))
    best = max(spans, key=lambda span: max(chances[own] for own in sentences if span.covers(own)))
    beside = [own for own in _beside(best, spans) if len(own) <= ROOM and _readable(own.of(text))]
    return max(beside, key=lambda own: sum(chances[part] for part in sentences if own.covers(part)), default=best)


def _rows(sentences: Sequence[Span], text: str) -> list[Traits]:
    return sentence_traits([span.of(text) for span in sentences])


def _beside(best: Span, spans: Sequence[Span]) -> Iterator[Span]:
    """Yield what is quoted with a neighbor that stands alone too."""
    for before, after in pairwise(spans):
        if best in (before, after) and after.start - before.end <= BLANKS:
            yield Span(before.start, after.end)


def _standing_alone(clause: Clause, text: str) -> Iterator[Span]:
    """Yield the sentences of a clause that stand alone, and with the one before it each that leans on it."""
    last = None
    for span in clause.sentences or (clause.span,):
        sentence = span.of(text)
        if not sentence[:1].isupper() or not sentence.rstrip().endswith(_CLOSED) or announces(sentence):
            last = None
        elif leaning().match(sentence) is None:
            last = span
            yield span
        elif last is not None:
            yield Span(last.start, span.end)
            last = None


def _readable(words: str) -> bool:
    letters = sum(character.isalpha() or character.isspace() for character in words)
    formal = words.count("[") > REFERENCES or letters < LETTERS * len(words)
    return not formal and SHORTEST <= len(words) <= LONGEST
