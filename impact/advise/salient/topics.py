"""What a passage is about that is quoted without a finding, in words that tell why to read it."""

from dataclasses import dataclass

from impact.advise.phrases import meant
from impact.records import Span
from impact.typed import loader

NAMED = 2
"""Topics of a passage that are named. Source: project judgment; they stand in one line with its place."""


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
        return bool(meant(self.words, self.unless, text, span))


@dataclass(frozen=True, slots=True)
class TopicLibrary:
    """All of topics.toml, see there: the topics, the most telling first, and what a passage is about by its label."""

    labels: dict[str, str]
    topics: tuple[Topic, ...]


library = loader(TopicLibrary, "impact.advise.salient", "topics.toml")


def topics_of(text: str, span: Span, label: str | None = None) -> tuple[str, ...]:
    """Return what a passage is about: at most `NAMED` topics, the most telling first; empty where that is unknown.

    A topic whose name is part of one before it, such as "personal data", adds nothing and is left out. Where no word of
    a topic stands in the passage, the label says what it is about.
    """
    names: list[str] = []
    for topic in library().topics:
        if len(names) < NAMED and not any(topic.name in name for name in names) and topic.is_in(text, span):
            names.append(topic.name)
    return tuple(names) or (() if label is None else (library().labels[label],))
