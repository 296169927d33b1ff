"""Whom a text names: groups of people, and people at large, from documented vocabularies."""

from dataclasses import dataclass
from functools import cache

from impact.advise.phrases import meant, places
from impact.records import Span
from impact.typed import load, loader


@dataclass(frozen=True, slots=True)
class PeopleGroup:
    """A group of people and the words that stand for it, see affected.toml."""

    id: str
    name: str
    source: str
    words: tuple[str, ...]
    unless: tuple[str, ...] = ()

    def named_in(self, text: str, span: Span) -> tuple[Span, ...]:
        """Return where a text names the group within a span: words that mean nothing else there."""
        return meant(self.words, self.unless, text, span)


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    groups: dict[str, PeopleGroup]


@dataclass(frozen=True, slots=True)
class _AtLarge:
    """Words for people of no one group, see people.toml."""

    words: tuple[str, ...]
    unless: tuple[str, ...]
    devices: tuple[str, ...]


_at_large = loader(_AtLarge, "impact.advise", "people.toml")


@cache
def groups() -> tuple[PeopleGroup, ...]:
    """Return the vocabulary of groups, in the order of the file."""
    return tuple(load(_Vocabulary, "impact.advise", "affected.toml").groups.values())


def has_device(text: str, span: Span) -> bool:
    """Return whether a text names, within a span, what one person carries or is reached by."""
    return bool(places(_at_large().devices, text, span))


def at_large(text: str) -> tuple[Span, ...]:
    """Return where a text names people of no one group, in the order of the text."""
    words = _at_large()
    return meant(words.words, words.unless, text, Span(0, len(text)))
