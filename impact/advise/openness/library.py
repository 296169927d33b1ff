"""The word lists of weak.toml."""

from collections.abc import Collection
from dataclasses import dataclass

from impact.advise.phrases import meant
from impact.records import Span
from impact.typed import loader


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
class WeakWords:
    """All of weak.toml, by id; of `soft` the ids are strengths, of `denials` safeguards, of `leaving` hedges."""

    leaving: tuple[str, ...]
    soft: dict[str, Hedge]
    hedges: dict[str, Hedge]
    denials: dict[str, Hedge]
    kinds: dict[str, OpenTermKind]


weak_words = loader(WeakWords, "impact.advise.openness", "weak.toml")


def hedges(names: Collection[str] = ()) -> tuple[Hedge, ...]:
    """Return the hedges of these ids, or else all of them, in the order of the file."""
    return tuple(hedge for hedge in weak_words().hedges.values() if not names or hedge.id in names)
