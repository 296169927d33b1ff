"""English words: by them a hidden word is told from letters that merely stand so."""

from functools import cache
from math import log

from impact.paths import shelf

COMMON = (
    "shall",
    "must",
    "should",
    "not",
    "user",
    "users",
    "subscriber",
    "subscribers",
    "operator",
    "operators",
    "network",
)
"""Words that standards have much more often than the texts that the list was counted in. Source: project judgment."""
LEAST = 3
"""Letters of a word of the list; shorter ones are pieces of words as often. Source: project judgment."""
SHORT = (
    "a",
    "an",
    "as",
    "at",
    "be",
    "by",
    "do",
    "i",
    "if",
    "in",
    "is",
    "it",
    "no",
    "of",
    "on",
    "or",
    "so",
    "to",
    "up",
    "we",
)
ENDINGS = ("s", "es", "d", "ed", "r", "er", "ers", "or", "ors", "ing", "ly", "able", "ment", "ments", "ation", "ations")
"""Endings with which words of the list go on. Source: project judgment."""
LONGEST = 24
"""Letters of the longest word that is looked for. Source: project judgment."""


@cache
def known_words() -> bytes:
    """Return the file of the encoder's words, the most frequent first; call it while files can be opened."""
    return (shelf("models") / "encoder" / "vocab.txt").read_bytes()


@cache
def _ranks() -> dict[str, int]:
    lines = known_words().decode("utf-8").split("\n")
    words = [word for word in lines if len(word) >= LEAST and word.isascii() and word.isalpha()]
    return {word: rank for rank, word in enumerate(dict.fromkeys((*SHORT, *COMMON, *words)), 1)}


def is_word(text: str) -> bool:
    """Return whether letters, of any case, are an English word of three letters or more."""
    word, ranks = text.lower(), _ranks()
    if not LEAST <= len(word) <= LONGEST:
        return False
    return word in ranks or f"{word}s" in ranks or (word.endswith(ENDINGS) and _is_ended(word, ranks))


def _is_ended(word: str, ranks: dict[str, int]) -> bool:
    return any(
        word.endswith(ending) and _stem(word[: -len(ending)], ranks)
        for ending in ENDINGS
        if len(word) > len(ending) + 3
    )


def _stem(stem: str, ranks: dict[str, int]) -> bool:
    return stem in ranks or f"{stem}e" in ranks or (stem[-1] == "i" and f"{stem[:-1]}y" in ranks)


def is_short(text: str) -> bool:
    """Return whether letters are one of the English words of one or two letters."""
    return text.lower() in SHORT


def parted(letters: str) -> list[str]:
    """Return the words of which letters without spaces are likeliest made; empty where they are not made of words.

    The rarer a word, the less likely, as in the list; the time is by the number of letters.
    """
    low, ranks = letters.lower(), _ranks()
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(low) + 1):
        choices = [
            (best[start][0] + cost, start)
            for start in range(max(0, end - LONGEST), end)
            if (cost := _cost(low[start:end], ranks)) and best[start][0] >= 0
        ]
        best.append(min(choices, default=(-1.0, 0)))
        if all(cost < 0 for cost, _ in best[-LONGEST:]):
            return []
    if best[-1][0] < 0:
        return []
    words, end = [], len(low)
    while end:
        start = best[end][1]
        words.append(letters[start:end])
        end = start
    return words[::-1]


def _cost(word: str, ranks: dict[str, int]) -> float:
    """Return how unlikely a word is, by Zipf's law; 0 for what is none."""
    rank = ranks.get(word)
    if rank is not None:
        return log(rank) + 4
    return log(len(ranks)) + 6 if len(word) > LEAST + 2 and word.endswith(ENDINGS) and is_word(word) else 0.0
