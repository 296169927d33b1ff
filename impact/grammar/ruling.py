"""Which words of a sentence its binding verbs rule."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from impact.grammar.parser import parse
from impact.grammar.predicate import SUBJECTS
from impact.grammar.surface import surface
from impact.records import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_BINDING = frozenset({"must", "shall", "should", "required", "recommended", "mandatory"})
_VERBAL = ("VERB", "AUX")


def ruled(sentence: str, words: Sequence[Span]) -> bool:
    """Return whether a binding verb of a sentence rules any of some words, or none can be told to bind at all.

    It rules no statement that is only joined to its own and has a subject: in "the key must be kept secret, but each
    user has an identifier", nothing is required of the identifier.

    Raises:
        MissingError: If the parser is absent or cannot be used.
    """
    running = surface(sentence)
    (document,) = parse([running.text])
    if not any(_binds(word) for word in document):
        return True
    tokens = [word for word in document if any(_meets(running.origins, word, span) for span in words)]
    return not tokens or any(_ruled(word) for word in tokens)


def _meets(origins: Sequence[int], word: "Token", span: Span) -> bool:
    return any(span.start <= at < span.end for at in origins[word.idx : word.idx + len(word)])


def _binds(word: "Token") -> bool:
    return word.lower_ in _BINDING and (word.tag_ == "MD" or word.pos_ in (*_VERBAL, "ADJ"))


def _ruled(word: "Token") -> bool:
    for above in _upward(word):
        if any(_binds(part) for part in (above, *above.children)):
            return True
        if above.dep_ in ("conj", "parataxis") and any(part.dep_ in SUBJECTS for part in above.children):
            return False
    return False


def _upward(word: "Token") -> Iterable["Token"]:
    yield word
    yield from word.ancestors
