"""Which words of a passage can be quoted alone, and which of them say most."""

import re

from impact.advise.guidelines.section_points import announces
from impact.present.alone import stands_alone
from impact.records import Clause, Span
from impact.salience import SENTENCES, leaning, sentence_traits, weights

SHORTEST, LONGEST = 40, 600
"""Characters of what is quoted. Source: project judgment; a longer quote is not read in a meeting."""

ALSO = 0.4
"""Chance from which a quote begins with a sentence before the chosen one. Source: project judgment; that of all
sentences is .39."""

REFERENCES = 1
"""References in words that are quoted; more are a list of them. Source: project judgment."""

LETTERS = 0.9
"""Share of letters and blanks of words that are quoted; those with less are a formula. Source: project judgment."""

_NAME = re.compile(r"[a-z]+[A-Z_]\w*\s")
"""A name of code with which a sentence may begin without a capital: "burnAuth"."""

_CLOSED = (".", ".)", ".\u201d", "!", "?")


def quotable(clause: Clause, text: str, most: Span | None = None) -> Span | None:
    """Return what to quote of a clause; None where nothing of it can be read alone.

    It is the sentence that says most, `most` where that is known, with those before it on which it leans, those behind
    it as far as there is room, because they often say what follows or what is done about it, and others before it that
    say something.
    """
    spans = clause.parts
    sentences = [span.of(text) for span in spans]
    chances = [weights(SENTENCES).chance(traits) for traits in sentence_traits(sentences)]
    for best in sorted(range(len(spans)), key=lambda place: (spans[place] != most, -chances[place])):
        first = next((place for place in range(best, -1, -1) if _opens(sentences[place])), None)
        if first is not None and _readable(text[spans[first].start : spans[best].end]):
            return _extended(spans, chances, sentences, (first, best))
    return None


def _extended(spans: tuple[Span, ...], chances: list[float], sentences: list[str], quoted: tuple[int, int]) -> Span:
    """Return the span of the sentences from one place to another (both quoted), with others as far as there is room."""
    first, last = quoted
    while last + 1 < len(spans) and _fits(spans, first, last + 1) and sentences[last + 1].rstrip().endswith(_CLOSED):
        last += 1
    while first and _fits(spans, first - 1, last) and chances[first - 1] >= ALSO and _opens(sentences[first - 1]):
        first -= 1
    return Span(spans[first].start, spans[last].end)


def _fits(spans: tuple[Span, ...], first: int, last: int) -> bool:
    return spans[last].end - spans[first].start <= LONGEST


def _opens(sentence: str) -> bool:
    """Return whether a quote can begin with a sentence."""
    bare = sentence.strip()
    begins = bare[:1].isupper() or _NAME.match(bare) is not None
    whole = begins and bare.endswith(_CLOSED) and not announces(bare)
    return whole and leaning().match(bare) is None and stands_alone(bare)


def _readable(words: str) -> bool:
    letters = sum(character.isalpha() or character.isspace() for character in words)
    formal = words.count("[") > REFERENCES or letters < LETTERS * len(words)
    return not formal and SHORTEST <= len(words) <= LONGEST
