"""The words by which edits are named: vocabulary.toml."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain

from impact.records import Strength
from impact.stems import stem
from impact.typed import loader

Words = frozenset[str]
_ENDINGS, _ROOT = ("ation", "ment", "anc", "enc", "ion", "al"), 4
"""Endings that make nouns of verbs, as stems have them, and the letters that must stay. Source: project judgment."""


@dataclass(frozen=True, slots=True)
class SenseWords:
    """Words for one matter, and those that say the contrary of it."""

    name: str
    words: Words
    opposite: Words = frozenset()


@dataclass(frozen=True, slots=True)
class NegationWords:
    """Words, and beginnings of words, that turn a statement round; `sole` are those that leave one thing alone."""

    words: Words
    sole: Words
    prefixes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ConditionWords:
    """What a condition begins with or hangs on, with what stands before that; what lifts it; what guards by itself.

    Who is named behind `acts` is who acts: "at the request of the owner". `purposes` make a condition of "for";
    `circumstances` make one of a place that has come or gone: "in an emergency".
    """

    openers: Words
    heads: Words
    before: Words
    alike: tuple[tuple[str, ...], ...]
    lifting: tuple[str, ...]
    guards: Words
    acts: Words
    purposes: Words
    circumstances: Words


@dataclass(frozen=True, slots=True)
class FigureWords:
    """Units of time, words for times, for how long something goes on, words that bound a figure, and words for figures.

    Of the words that bound a figure, those of a list say the same. `signs` are the signs of units of time, `measures`
    other units, `calendar` the names of months and days, `between` what stands between a number and its unit,
    `moments` what stands before a time, and `sequels` those of them that stand before an event too.
    """

    units: Words
    signs: Words
    measures: Words
    calendar: Words
    between: Words
    times: Words
    spans: Words
    bounds: tuple[tuple[str, ...], ...]
    counts: Words
    moments: Words
    sequels: Words


@dataclass(frozen=True, slots=True)
class JointWords:
    """Small words that say otherwise where one stands in the place of the other: lists of pairs, and classes.

    Words for some and words for every one of a kind; words for a single one; those that ask for something.
    """

    junctions: Words
    directions: Words
    particles: Words
    some: Words
    every: Words
    single: Words
    questions: Words


@dataclass(frozen=True, slots=True)
class ReferenceWords:
    """Words for a place in a document, and other words of a reference."""

    words: Words
    citing: Words


@dataclass(frozen=True, slots=True)
class WordList:
    """A plain list."""

    words: Words


@dataclass(frozen=True, slots=True)
class EditVocabulary:
    """The whole of vocabulary.toml."""

    strength: dict[Strength, Words]
    negation: NegationWords
    contraries: WordList
    default: dict[str, SenseWords]
    sense: dict[str, SenseWords]
    conditions: ConditionWords
    numbers: FigureWords
    empty: WordList
    qualities: WordList
    bearers: WordList
    joints: JointWords
    confused: WordList
    cover: WordList
    references: ReferenceWords


vocabulary = loader(EditVocabulary, "impact.compare", "vocabulary.toml")


@dataclass(slots=True)
class Meaning:
    """What a word or phrase says beside being there.

    Attributes:
        sense: Name of the matter it names, empty where it is in no list; `opposite` if it says the contrary.
        default: Whether the sense is about what holds if nobody acts.
    """

    strength: Strength | None = None
    negates: bool = False
    opens: bool = False
    sense: str = ""
    opposite: bool = False
    default: bool = False
    figure: str = ""
    empty: bool = False


@cache
def meanings() -> dict[str, dict[tuple[str, ...], Meaning]]:
    """Return the phrases by their first word, with what they say."""
    found: dict[tuple[str, ...], Meaning] = {}
    for phrase, field, value in _entries(vocabulary()):
        meaning = found.setdefault(tuple(phrase.split()), Meaning())
        if not getattr(meaning, field):
            setattr(meaning, field, value)
    for words, opposite, sense, default in _senses(vocabulary()):
        for phrase in words:
            meaning = found.setdefault(tuple(phrase.split()), Meaning())
            if not meaning.sense:
                meaning.sense, meaning.opposite, meaning.default = sense, opposite, default
    table: dict[str, dict[tuple[str, ...], Meaning]] = {}
    for parts in sorted(found, key=len, reverse=True):
        table.setdefault(parts[0], {})[parts] = found[parts]
    return table


@cache
def stems() -> dict[str, Meaning]:
    """Return the senses by the stems of their single words, for forms that no list has: "opening"."""
    found: dict[str, Meaning] = {}
    for words, opposite, sense, default in _senses(vocabulary()):
        for word in sorted(words):
            if word.isalpha():
                found.setdefault(stem(word), Meaning(sense=sense, opposite=opposite, default=default))
    return found


def root(word: str) -> str:
    """Return the stem of a word without an ending that makes a noun of a verb: "settlement", "interception"."""
    stemmed = stem(word)
    ending = next((ending for ending in _ENDINGS if stemmed.endswith(ending)), "")
    return stemmed[: len(stemmed) - len(ending)] if len(stemmed) - len(ending) >= _ROOT else stemmed


def _entries(lists: EditVocabulary) -> Iterator[tuple[str, str, object]]:
    for strength, words in lists.strength.items():
        yield from ((word, "strength", strength) for word in words)
    yield from ((word, "negates", True) for word in lists.negation.words)
    openers = [*lists.conditions.openers, *lists.conditions.lifting, *chain(*lists.conditions.alike)]
    yield from ((word, "opens", True) for word in openers)
    for figure, words in (
        ("unit", lists.numbers.units),
        ("time", lists.numbers.times),
        ("bound", frozenset(chain(*lists.numbers.bounds))),
        ("count", lists.numbers.counts),
    ):
        yield from ((word, "figure", figure) for word in words)
    yield from ((word, "empty", True) for word in lists.empty.words)


def _senses(lists: EditVocabulary) -> Iterator[tuple[frozenset[str], bool, str, bool]]:
    for table, default in ((lists.default, True), (lists.sense, False)):
        for sense in table.values():
            yield sense.words, False, sense.name, default
            yield sense.opposite, True, sense.name, default
