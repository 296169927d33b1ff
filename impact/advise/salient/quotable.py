"""Which words of a passage can be quoted alone, and which of them say most."""

from collections.abc import Iterator

from impact.advise.guidelines.section_points import announces
from impact.present.alone import stands_alone
from impact.records import Clause, Span
from impact.salience import SENTENCES, leaning, sentence_traits, weights

WHOLE, SHORTEST, LONGEST = 480, 40, 480
"""Characters of a passage that is quoted whole, and of what is quoted at all. Source: project judgment."""

ROOM, BLANKS = 480, 3
"""Characters of sentences that are quoted together, and between them. Source: project judgment."""

ALSO = 0.4
"""Chance from which a sentence is quoted with its neighbor. Source: project judgment; that of all sentences is .39."""

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
    rows = sentence_traits([sentence.of(text) for sentence in sentences])
    chances = dict(zip(sentences, map(weights(SENTENCES).chance, rows), strict=True))
    wanted = {span: max(chances[own] for own in sentences if span.covers(own)) for span in spans}
    quote = max(spans, key=wanted.__getitem__)
    while beside := [span for span in spans if _follows(quote, span) or _follows(span, quote)]:
        near = max(beside, key=wanted.__getitem__)
        longer = Span(min(quote.start, near.start), max(quote.end, near.end))
        if len(longer) > ROOM or wanted[near] < ALSO:
            break
        quote = longer
    return quote


def _follows(before: Span, after: Span) -> bool:
    return 0 <= after.start - before.end <= BLANKS


def _standing_alone(clause: Clause, text: str) -> Iterator[Span]:
    """Yield the sentences of a clause that stand alone, and with the one before it each that leans on it."""
    last = None
    for span in clause.sentences or (clause.span,):
        sentence = span.of(text)
        if not sentence[:1].isupper() or not sentence.rstrip().endswith(_CLOSED) or announces(sentence):
            last = None
        elif leaning().match(sentence) is None and stands_alone(sentence.strip()):
            last = span
            yield span
        elif last is not None:
            yield Span(last.start, span.end)
            last = None


def _readable(words: str) -> bool:
    letters = sum(character.isalpha() or character.isspace() for character in words)
    formal = words.count("[") > REFERENCES or letters < LETTERS * len(words)
    return not formal and SHORTEST <= len(words) <= LONGEST
