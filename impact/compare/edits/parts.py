"""What the words of a sentence are part of: who acts, what a condition hangs on, what names a kind of thing."""

from collections.abc import Iterator, Sequence
from functools import cache

from impact.compare.vocabulary import vocabulary
from impact.grammar.roles import RoleWord, WordRole
from impact.records import Span

REACH = 4
"""Words from a preposition to the noun that makes a condition of it. Source: project judgment."""
_NEAR = 5
"""Words from a phrase that names the act to the noun that acts. Source: as above."""


class SentenceParts:
    """What the words are part of, by where they stand: who acts, and what a condition hangs on."""

    def __init__(self, words: Sequence[RoleWord]) -> None:
        heads = frozenset(word.span for at, word in enumerate(words) if hangs(words, at) and word.kind == "noun")
        chains = {word.span: list(_chain(words, word)) for word in words}
        bearing = frozenset(_bearers(words))
        self.acting = frozenset(
            span
            for span, chain in chains.items()
            if any(word.role is WordRole.ACTOR or word.span in bearing for word in chain)
        )
        self.naming = frozenset(word.span for word in words if _names(word, words[word.above]))
        self.hanging = frozenset(span for span, chain in chains.items() if any(word.span in heads for word in chain))


def hangs(words: Sequence[RoleWord], at: int) -> bool:
    """Return whether a noun makes a condition of the preposition before it: "with the written consent"."""
    lists = vocabulary().conditions
    near = words[max(0, at - REACH) : at]
    if words[at].lemma in lists.purposes:
        return any(word.lemma == "for" for word in near)
    return words[at].lemma in lists.heads and any(word.text.lower() in lists.before for word in near)


def _names(word: RoleWord, above: RoleWord) -> bool:
    """Return whether an adjective says what kind of thing the noun behind it is."""
    return word.kind == "adjective" and above.kind == "noun" and above.span.start > word.span.start


def _chain(words: Sequence[RoleWord], word: RoleWord) -> Iterator[RoleWord]:
    """Yield a word and those that it depends on, up to the topmost."""
    for _ in words:
        yield word
        above = words[word.above]
        if above is word:
            return
        word = above


def _bearers(words: Sequence[RoleWord]) -> Iterator[Span]:
    """Yield the nouns that act where another word than the verb names the act: "the choice lies with the user"."""
    for at in range(len(words)):
        end = max((at + len(phrase) for phrase in _phrases() if _begins(words[at:], phrase)), default=0)
        head = _head(words, end) if end else None
        if head is not None:
            yield head.span


def _begins(words: Sequence[RoleWord], phrase: Sequence[str]) -> bool:
    return len(words) > len(phrase) and all(word.lemma == part for word, part in zip(words, phrase, strict=False))


def _head(words: Sequence[RoleWord], start: int) -> RoleWord | None:
    """Return the head of the first name from a place on."""
    at = next((at for at in range(start, min(start + _NEAR, len(words))) if words[at].kind == "noun"), None)
    while at is not None and words[at].above > at and words[words[at].above].kind == "noun":
        at = words[at].above
    return None if at is None else words[at]


@cache
def _phrases() -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(phrase.split()) for phrase in vocabulary().bearers.words)
