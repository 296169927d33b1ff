"""Whether a sentence tells only of the absence of a thing."""

from collections.abc import Sequence

from impact.grammar.lexicon import load
from impact.records import Span


def absent(text: str, sentence: Span, words: Sequence[Span]) -> bool:
    """Return whether all of some words of a sentence stand where it says what is not there ("if none is sent")."""
    there = [word for word in words if word.meets(sentence)]
    places = [Span(*match.span()) for match in load().absence.finditer(text, sentence.start, sentence.end)]
    return bool(there) and all(any(place.covers(word) for place in places) for word in there)
