"""The word lists of weak.toml."""

from dataclasses import dataclass
from functools import cache

from impact.advise.phrases import meant
from impact.records import Span
from impact.typed import load


@dataclass(frozen=True, slots=True)
class Hedge:
    """Words that make a sentence bind nobody."""

    id: str
    name: str
    words: tuple[str, ...]
    unless: tuple[str, ...] = ()

    def within(self, text: str, span: Span) -> tuple[Span, ...]:
        """Return where the words stand within a span of a text."""
        return meant(self.words, self.unless, text, span)


@dataclass(frozen=True, slots=True)
class OpenTermKind:
    """A kind of loose end; which of the lists it has depends on the kind, see weak.toml."""

    id: str
    name: str
    ask: str
    ground: str
    source: str
    words: tuple[str, ...] = ()
    close: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    defining: tuple[str, ...] = ()
    mechanisms: tuple[str, ...] = ()
    times: tuple[str, ...] = ()
    verbs: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    personal: tuple[str, ...] = ()
    hedges: tuple[str, ...] = ()
    safeguards: tuple[str, ...] = ()

    def within(self, text: str, span: Span, *, close: bool = False) -> tuple[Span, ...]:
        """Return where the words stand within a span of a text; with those that count `close` to a finding only."""
        return meant((*self.words, *self.close) if close else self.words, self.unless, text, span)


@dataclass(frozen=True, slots=True)
class _Words:
    leaving: tuple[str, ...]
    soft: dict[str, Hedge]
    hedges: dict[str, Hedge]
    denials: dict[str, Hedge]
    kinds: dict[str, OpenTermKind]


@cache
def _words() -> _Words:
    return load(_Words, "impact.advise.openness", "weak.toml")


def hedges() -> tuple[Hedge, ...]:
    """Return the hedges, in the order of the file; raises as `kinds`."""
    return tuple(_words().hedges.values())


def leaving() -> tuple[Hedge, ...]:
    """Return the hedges by which a sentence leaves out what it speaks of; raises as `kinds`."""
    return tuple(hedge for hedge in hedges() if hedge.id in _words().leaving)


def soft() -> dict[str, Hedge]:
    """Return the words of recommendations and permissions, by strength; raises as `kinds`."""
    return _words().soft


def denials() -> dict[str, Hedge]:
    """Return the words that deny a safeguard, by safeguard; raises as `kinds`."""
    return _words().denials


def kinds() -> dict[str, OpenTermKind]:
    """Return the kinds of loose ends by id, in the order of the file.

    Raises:
        DataError: If the file is damaged.
    """
    return _words().kinds
