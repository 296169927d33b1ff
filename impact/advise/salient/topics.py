"""What a passage is about that is quoted without a finding, in words that tell why to read it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import log, log1p

from impact.advise.phrases import meant
from impact.records import Clause, Salience, Span
from impact.trait_weights import Traits, shipped_weights
from impact.typed import loader

NAMED = 2
"""Topics of a passage that are named. Source: project judgment; they stand in one line with its place."""
LIKELY = 0.75
"""Chance of being right from which a topic is named. Source: models/topics/README.md."""
LEAST = 1e-4
"""Salience below which it makes no difference. Source: project judgment."""


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic and the words that stand for it, see topics.toml."""

    name: str
    source: str
    words: tuple[str, ...]
    matches: tuple[str, ...]
    misses: tuple[str, ...]
    unless: tuple[str, ...] = ()

    def is_in(self, text: str, span: Span) -> bool:
        """Return whether a passage of a text is about the topic."""
        return self.hits(text, span) > 0

    def hits(self, text: str, span: Span) -> int:
        """Return how many words of the topic are in a passage."""
        return len(meant(self.words, self.unless, text, span))


@dataclass(frozen=True, slots=True)
class TopicLibrary:
    """All of topics.toml, see there: the topics, the most telling first, and what a passage is about by its label."""

    labels: dict[str, str]
    topics: tuple[Topic, ...]


library = loader(TopicLibrary, "impact.advise.salient", "topics.toml")


class TopicUse:
    """How often the passages of a text speak of each topic, counted once it is asked."""

    def __init__(self, clauses: Iterable[Clause], text: str) -> None:
        self._clauses = [clause for clause in clauses if clause.assessed]
        self._text = text
        self._hits: dict[str, dict[str, int]] = {}

    def traits(self, topic: Topic, clause: Clause, salience: float) -> Traits:
        """Return what speaks for a passage being about a topic whose words are in it.

        They are how salient it is, how many of these words it and its headings have, and how many the rest of the text.
        """
        hits = self._hits[topic.name] if topic.name in self._hits else self._count(topic)
        own, others = hits.get(clause.id, 0), hits.keys() - {clause.id}
        headings = " > ".join(clause.headings[-2:])
        chance = min(max(salience, LEAST), 1 - LEAST)
        return {
            f"topic {topic.name}": 1.0,
            "salience": log(chance / (1 - chance)),
            "hits": log1p(own),
            "density": 50 * own / max(len(clause.span.of(self._text).split()), 1),
            "heading": float(topic.is_in(headings, Span(0, len(headings)))),
            "passages": log1p(len(others)),
            "share": len(others) / max(len(self._clauses) - 1, 1),
            "elsewhere": log1p(sum(hits[other] for other in others)),
        }

    def _count(self, topic: Topic) -> dict[str, int]:
        """Return in which passages the words of a topic stand, and how often."""
        found = {clause.id: topic.hits(self._text, clause.span) for clause in self._clauses}
        self._hits[topic.name] = {clause: hits for clause, hits in found.items() if hits}
        return self._hits[topic.name]

    def topics(self, clause: Clause, span: Span, own: Salience) -> tuple[str, ...]:
        """Return what a passage of a clause is about: at most `NAMED` topics, the most telling first.

        Topics of which that is not likely enough are left out; so is one whose name is part of one before it, such as
        "personal data". Where no topic is left, the label says what it is about; it is empty where that is unknown.
        """
        names: list[str] = []
        for topic in topics_in(self._text, span):
            likely = shipped_weights("topics", "weights").chance(self.traits(topic, clause, own.chance)) >= LIKELY
            if len(names) < NAMED and likely and not any(topic.name in name for name in names):
                names.append(topic.name)
        return tuple(names) or (() if own.label is None else (library().labels[own.label],))


def topics_in(text: str, span: Span) -> Iterator[Topic]:
    """Yield the topics whose words are in a passage, the most telling first."""
    return (topic for topic in library().topics if topic.is_in(text, span))
