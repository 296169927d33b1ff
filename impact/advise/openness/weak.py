"""The word lists of weak.toml."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from impact.advise.phrases import meant
from impact.records import Span
from impact.taxonomy.reader import Place, Record, read_file, records

FILE = "weak.toml"


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
class Kind:
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

    def within(self, text: str, span: Span, *, close: bool = False) -> tuple[Span, ...]:
        """Return where the words stand within a span of a text; with those that count `close` to a finding only."""
        return meant((*self.words, *self.close) if close else self.words, self.unless, text, span)


@cache
def hedges() -> tuple[Hedge, ...]:
    """Return the hedges, in the order of the file; raises as `kinds`."""
    return tuple(_records(Hedge, "hedges").values())


@cache
def soft() -> dict[str, Hedge]:
    """Return the words of recommendations and permissions, by strength; raises as `kinds`."""
    return _records(Hedge, "soft")


@cache
def denials() -> dict[str, Hedge]:
    """Return the words that deny a safeguard, by safeguard; raises as `kinds`."""
    return _records(Hedge, "denials")


@cache
def kinds() -> dict[str, Kind]:
    """Return the kinds of loose ends by id, in the order of the file.

    Raises:
        TaxonomyError: If the file is damaged.
    """
    return _records(Kind, "kinds")


def _records(kind: type[Record], name: str) -> dict[str, Record]:
    tables, _ = read_file(files("impact.advise.openness"), FILE)
    return records(kind, tables[name], Place(FILE, name))
