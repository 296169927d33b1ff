"""Write the table of words that say the same, or the contrary, from WordNet.

`python bench/thesaurus.py DICT > impact/grammar/thesaurus.toml`, where DICT is the folder with data.noun and the like
of WordNet 3.0, /usr/share/wordnet of the Debian package wordnet-base. Kept are single words in small letters, each in
its `SENSES` most frequent senses, if the texts that WordNet counted have it in that sense.
"""

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

SENSES = 3
KINDS = {"noun": "nouns", "verb": "verbs", "adj": "adjectives", "adv": "adverbs"}
COARSE = frozenset({
    "ass", "bang", "bastard", "bitch", "boob", "bugger", "crap", "damn", "dick", "fag", "fuck", "hooker", "hump",
    "knocker", "negro", "nigger", "piss", "prick", "pussy", "screw", "shag", "shit", "slut", "spic", "tit", "tits",
    "titty", "turd", "wank", "whore", "wop", "yid", "jap", "chink", "coolie", "gook", "honky", "darky", "colored",
})  # fmt: skip
"""Words that the table leaves out."""
QUALITIES = ("verb", "adj", "adv")
"""Kinds whose contraries turn a sentence round; "employer" and "employee" are two parties."""
LETTERS = {"n": "noun", "v": "verb", "a": "adj", "s": "adj", "r": "adv"}
AGENTS = ("er", "or", "ee", "ant", "ist")
BEGINNING = 5
"""Letters that both words of a pair begin with, from which on the comparison knows them without a table."""
HEAD = """# Words that say the same, the contrary, and words made of others that begin otherwise.
# Written by bench/thesaurus.py. Source: WordNet 3.0, Copyright 2006 by Princeton University; its license is in
# models/parser/NOTICE.
"""


@dataclass(frozen=True, slots=True)
class Synset:
    """Words that say the same in one sense; `pointers` are sign, place, kind and the two words of a relation."""

    words: tuple[str, ...]
    pointers: tuple[tuple[str, str, str, str], ...]


class WordNet:
    """The files of WordNet, by kind."""

    def __init__(self, folder: Path) -> None:
        self.synsets = {kind: dict(_synsets(folder / f"data.{kind}")) for kind in KINDS}
        self._ranks = {kind: dict(_ranks(folder / f"index.{kind}")) for kind in KINDS}

    def common(self, kind: str, place: str, word: str) -> bool:
        """Return whether a word is frequent in a sense."""
        rank, counted = self._ranks[kind].get((word, place), (SENSES, 0))
        plain = word.isalpha() and word.islower() and len(word) > 2 and word not in COARSE
        return plain and rank < SENSES and counted > rank

    def related(self, sign: str, kinds: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Yield pairs of frequent words in a relation, the first of each of some kinds."""
        for kind in kinds:
            for place, synset in self.synsets[kind].items():
                for pointer, there, letter, numbers in synset.pointers:
                    if pointer != sign or numbers == "0000":
                        continue
                    other = LETTERS[letter]
                    one = synset.words[int(numbers[:2], 16) - 1]
                    two = self.synsets[other][there].words[int(numbers[2:4], 16) - 1]
                    if self.common(kind, place, one) and self.common(other, there, two):
                        yield min(one, two), max(one, two)


def _synsets(path: Path) -> Iterator[tuple[str, Synset]]:
    for line in path.read_text("latin-1").splitlines():
        if line.startswith("  "):
            continue
        parts = line.split("|")[0].split()
        count = int(parts[3], 16)
        words = tuple(parts[4 + 2 * number].partition("(")[0] for number in range(count))
        start = 5 + 2 * count
        pointers = (parts[at : at + 4] for at in range(start, start + 4 * int(parts[start - 1]), 4))
        yield parts[0], Synset(words, tuple((sign, place, kind, pair) for sign, place, kind, pair in pointers))


def _ranks(path: Path) -> Iterator[tuple[tuple[str, str], tuple[int, int]]]:
    """Yield the place of each sense of a word, 0 for the most frequent, and how many senses were counted."""
    for line in path.read_text("latin-1").splitlines():
        if line.startswith("  "):
            continue
        parts = line.split()
        counted = int(parts[int(parts[3]) + 5])
        for rank, place in enumerate(parts[-int(parts[2]) :]):
            yield (parts[0], place), (rank, counted)


def main() -> None:
    """Read, choose, write."""
    wordnet = WordNet(Path(sys.argv[1]))
    print(HEAD)
    for kind, name in KINDS.items():
        groups = (
            " ".join(sorted(word for word in synset.words if wordnet.common(kind, place, word)))
            for place, synset in wordnet.synsets[kind].items()
        )
        _write(name, {group for group in groups if " " in group})
    _write("contraries", {" ".join(pair) for pair in wordnet.related("!", QUALITIES)})
    _write("derived", {" ".join(pair) for pair in wordnet.related("+", KINDS) if _unlike(*pair)})


def _unlike(one: str, two: str) -> bool:
    return one[:BEGINNING] != two[:BEGINNING] and not one.endswith(AGENTS) and not two.endswith(AGENTS)


def _write(name: str, rows: set[str]) -> None:
    print(f"{name} = [")
    print("\n".join(f'  "{row}",' for row in sorted(rows)))
    print("]")


if __name__ == "__main__":
    main()
