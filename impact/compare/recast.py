"""Clauses that say the same in so different an order that too few words follow each other to tell it."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache

from impact.compare.gaps import Group
from impact.compare.wording import ClauseWording, Editions
from impact.stems import stem

ALIKE, LEAST = 0.5, 3
"""Share of stems in common, and how many at least, from which two clauses of one section are the same one.
Source: bench/edits.py on corpora/editions."""
WITHIN = 0.75
"""Share of its stems that a clause must have in one beside it that was joined of both. Source: as above."""
LARGE = 10_000
"""Pairs in a section from which on they are not weighed. Source: project judgment."""
_WORD = re.compile(r"[^\W_]+")
_EMPTY = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "to",
        "in",
        "on",
        "by",
        "for",
        "with",
        "from",
        "at",
        "as",
        "and",
        "or",
        "is",
        "are",
        "be",
        "been",
        "shall",
        "should",
        "may",
        "must",
        "can",
        "will",
        "would",
        "that",
        "which",
        "it",
        "its",
        "this",
        "these",
        "those",
        "their",
        "any",
        "each",
        "such",
    ]
)
"""Words that say nothing of the content. Source: project judgment."""


def recast(editions: Editions, groups: Sequence[Group]) -> list[Group]:
    """Return the groups, with clauses that have none paired by their stems, or joined to what has taken them up."""
    out = list(groups)
    out += _pairs(editions, _free(editions, out))
    out = _joined(editions, out)
    return [_turn(group) for group in _joined(Editions(editions.new, editions.old), [_turn(group) for group in out])]


@lru_cache(maxsize=20_000)
def content(text: str) -> frozenset[str]:
    """Return the stems of the words of a text that have a content, figures too."""
    return frozenset(stem(word) for word in _WORD.findall(text.casefold()) if word not in _EMPTY)


def _turn(group: Group) -> Group:
    return group[1], group[0]


def _free(editions: Editions, groups: Sequence[Group]) -> tuple[list[int], list[int]]:
    rows = {index for side, _ in groups for index in side}
    columns = {index for _, side in groups for index in side}
    return (
        [index for index in range(len(editions.old)) if index not in rows],
        [index for index in range(len(editions.new)) if index not in columns],
    )


def _pairs(editions: Editions, free: tuple[list[int], list[int]]) -> Iterator[Group]:
    """Yield the likest pairs of free clauses of one section, each clause once."""
    old, new = editions
    sections: dict[tuple[str, bool], tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for place, (side, indices) in enumerate(zip(editions, free, strict=True)):
        for index in indices:
            sections[side[index].heading, side[index].title][place].append(index)
    for rows, columns in sections.values():
        if not rows or not columns or len(rows) * len(columns) > LARGE:
            continue
        near = [(-_likeness(old[row], new[column]), row, column) for row in rows for column in columns]
        used: tuple[set[int], set[int]] = set(), set()
        for likeness, row, column in sorted(near):
            if -likeness >= ALIKE and row not in used[0] and column not in used[1]:
                used[0].add(row)
                used[1].add(column)
                yield (row,), (column,)


def _likeness(one: ClauseWording, other: ClauseWording) -> float:
    """Return the share of stems in common; 0 where they are too few."""
    left, right = content(one.key), content(other.key)
    common = len(left & right)
    return 2 * common / (len(left) + len(right)) if common >= LEAST else 0.0


def _joined(editions: Editions, groups: Sequence[Group]) -> list[Group]:
    """Return the groups with free old clauses put to their neighbor where one new clause holds the words of both."""
    old, new = editions
    places = {side[0]: place for place, (side, other) in enumerate(groups) if len(side) == len(other) == 1}
    out = list(groups)
    for row in _free(editions, out)[0]:
        for beside in (row - 1, row + 1):
            place = places.get(beside)
            if (
                place is not None
                and len(out[place][0]) == 1
                and _takes_up(old[row], old[beside], new[out[place][1][0]])
            ):
                out[place] = tuple(sorted((row, beside))), out[place][1]
                break
    return out


def _takes_up(piece: ClauseWording, other: ClauseWording, whole: ClauseWording) -> bool:
    """Return whether a whole holds nearly all stems of a piece, and what it has more than the other comes from it."""
    stems, words = content(piece.key), content(whole.key)
    more = words - content(other.key)
    held = len(stems & words) >= WITHIN * len(stems)
    return len(stems) >= LEAST and held and bool(more) and len(more & stems) >= WITHIN * len(more)
