"""Texts that share much of their wording."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

_GRAM = 5
"""Words in a row that are compared. Source: project judgment."""

_WORD = re.compile(r"[a-z0-9']+")


def near_duplicates(texts: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """Return the pairs of texts, earlier one first, that share more than half of the 5-grams of the shorter one.

    Words count without capitals and signs; a text of fewer than five words is one gram.

    Source: project judgment: a corpus in which no two clauses share more.

    Args:
        texts: In any order; the pairs name them by their index.
    """
    holders: dict[tuple[str, ...], list[int]] = defaultdict(list)
    grams: list[set[tuple[str, ...]]] = []
    pairs = []
    for number, text in enumerate(texts):
        own = _grams(_WORD.findall(text.lower()))
        shared = Counter(other for gram in own for other in holders[gram])
        pairs += [
            (other, number) for other, count in sorted(shared.items()) if count > min(len(own), len(grams[other])) / 2
        ]
        grams.append(own)
        for gram in own:
            holders[gram].append(number)
    return tuple(pairs)


def _grams(words: Sequence[str]) -> set[tuple[str, ...]]:
    return {tuple(words[at : at + _GRAM]) for at in range(max(1, len(words) - _GRAM + 1))}
