"""Words that say the same, and words that say the contrary, by WordNet (thesaurus.toml)."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from impact.typed import loader


@dataclass(frozen=True, slots=True)
class ThesaurusTable:
    """The whole of thesaurus.toml: words that say the same by kind, pairs of contraries, verbs and their nouns."""

    nouns: tuple[str, ...]
    verbs: tuple[str, ...]
    adjectives: tuple[str, ...]
    adverbs: tuple[str, ...]
    contraries: tuple[str, ...]
    derived: tuple[str, ...]


_table = loader(ThesaurusTable, "impact.grammar", "thesaurus.toml")


def alike(kind: str, one: str, other: str) -> bool:
    """Return whether two words in their base form say the same, if both are of a kind, or one is made of the other."""
    groups, none = _groups(), frozenset[int]()
    sides = ((groups.get((sort, one), none), groups.get((sort, other), none)) for sort in (kind, ""))
    return any(left & right for left, right in sides)


def contrary(one: str, other: str) -> bool:
    """Return whether two words in their base form say the contrary."""
    return frozenset((one, other)) in _contraries()


@cache
def _groups() -> dict[tuple[str, str], frozenset[int]]:
    """Return the numbers of the groups that a word is in, by its kind; of words made of others, without a kind."""
    found: dict[tuple[str, str], set[int]] = defaultdict(set)
    for number, (kind, words) in enumerate(_rows()):
        for word in words.split():
            found[kind, word].add(number)
    return {word: frozenset(numbers) for word, numbers in found.items()}


def _rows() -> Iterator[tuple[str, str]]:
    table = _table()
    kinds = ("noun", table.nouns), ("verb", table.verbs), ("adjective", table.adjectives), ("adverb", table.adverbs)
    return ((kind, words) for kind, rows in (*kinds, ("", table.derived)) for words in rows)


@cache
def _contraries() -> frozenset[frozenset[str]]:
    return frozenset(frozenset(words.split()) for words in _table().contraries)
