"""Names give way to one sign before the trained judge reads: who stands in a clause must not decide what is found."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from impact import typed

SIGN = "X"
"""What stands for a name, or for several in sequence. One letter, so that no word of the vocabulary is meant."""

_WORD = re.compile(r"\w+")
_JOINS = re.compile(r"[\s&.'\u2019+-]{1,3}")
_ARTICLE = re.compile(r"\b[Tt]he\s+$")
_BEFORE_FORM = re.compile(r"[\s.,]{1,3}")
_SHOUTED = ("countries", "demonyms", "places", "companies")
"""Lists whose names are also known in capitals, from four letters on: titles shout. Source: project judgment."""


@dataclass(frozen=True, slots=True)
class Names:
    """Names as sequences of words, under their first word, the longest first; and the words that may follow them."""

    starting: Mapping[str, tuple[tuple[str, ...], ...]]
    forms: frozenset[str]

    def __post_init__(self) -> None:
        if not all(name and name[0] == first for first, names in self.starting.items() for name in names):
            raise ValueError("a name under another word than its first")


def masked(text: str) -> str:
    """Return a text with the sign for each name, and for names that stand side by side ("Li Wei", "Nokia Bell Labs").

    Scripts, languages and numbers of standards lose their names too ("X TS 103 645"); the article before a name goes.
    """
    parts, done = list[str](), 0
    for start, end in _names_in(text):
        between = text[done:start]
        if not (parts and _JOINS.fullmatch(between)):
            parts += [_ARTICLE.sub("", between), SIGN]
        done = end
    return "".join([*parts, text[done:]])


def _names_in(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each name begins and ends, with the forms behind it ("Co., Ltd."), in order."""
    names = load()
    if names.starting.keys().isdisjoint(_WORD.findall(text)):
        return
    words, place = list(_WORD.finditer(text)), 0
    while place < len(words):
        length = _length(text, words, place, names)
        if not length:
            place += 1
            continue
        start, place = words[place].start(), place + length
        while (
            place < len(words)
            and words[place][0] in names.forms
            and _BEFORE_FORM.fullmatch(text, words[place - 1].end(), words[place].start())
        ):
            place += 1
        yield start, words[place - 1].end()


def _length(text: str, words: list[re.Match[str]], place: int, names: Names) -> int:
    """Return how many words from `place` on are the longest name that starts there; 0 if none does."""
    for name in names.starting.get(words[place][0], ()):
        there = words[place : place + len(name)]
        if tuple(word[0] for word in there) == name and all(
            _JOINS.fullmatch(text, word.end(), after.start()) for word, after in pairwise(there)
        ):
            return len(name)
    return 0


@cache
def load() -> Names:
    """Return the names that ship with the program."""
    table = typed.load(dict[str, tuple[str, ...]], "impact.classify", "names.toml")
    forms = frozenset(table.pop("forms"))
    names_by_first_word: dict[str, set[tuple[str, ...]]] = {}
    for kind, names_of_kind in table.items():
        for name in names_of_kind:
            words = tuple(_WORD.findall(name))
            names_by_first_word.setdefault(words[0], set()).add(words)
            if kind in _SHOUTED and len(name) > 3:
                loud = tuple(_WORD.findall(name.upper()))
                names_by_first_word.setdefault(loud[0], set()).add(loud)
    return Names(
        {
            first: tuple(sorted(names, key=lambda name: (-len(name), name)))
            for first, names in names_by_first_word.items()
        },
        forms,
    )
