"""Clauses that say the same in so different an order that too few words follow each other to tell it."""

import re
from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from math import log

from impact.compare import nearness
from impact.compare.gaps import Group
from impact.compare.vocabulary import stems
from impact.compare.wording import ClauseWording, Editions
from impact.stems import stem

ALIKE, LEAST = 0.36, 3
"""Share of matters in common, rare ones counting more, and how many at least, from which two clauses of one section are
the same one. Source: bench/edits.py on corpora/editions: 0.33 to 0.76 for the least alike rewordings, 0.25 at most for
clauses that were added and deleted in one document."""
COMMON = 0.3
"""Weight of a matter that is in each clause. Source: project judgment."""
NUMBERED = 0.06
"""What the same number adds to it; then one matter less is enough. Source: project judgment."""
WITHIN = 0.75
"""Share of its stems that a clause must have in one beside it that was joined of both. Source: as above."""
ALONE = 0.06
"""The same share for two clauses with one number that alone have no counterpart between two pairs of neighbors.
Source: project judgment; a clause that is deleted or added there gives its number to the next one."""
SAME = 0.5
"""Chance of being one rule from which on two clauses in other words are the same one. Source: project judgment."""
WEIGHED = 60
"""Such pairs from which on none is weighed. Source: project judgment."""
ORDERED = 0.5
"""Likeness of words in order below which two clauses have to be likely to be one rule. Source: corpora/editions (read
sets)."""
LARGE = 10_000
"""Pairs in a section from which on they are not weighed. Source: project judgment."""
OneRule = Callable[[str, str], float]
"""Chance that two texts are one rule, the same whichever comes first."""
_WORD = re.compile(r"[^\W_]+")
# fmt: off
_EMPTY = frozenset([
    "a", "an", "the", "of", "to", "in", "on", "by", "for", "with", "from", "at", "as", "and", "or", "is", "are",
    "be", "been", "was", "were", "shall", "should", "may", "must", "can", "will", "would", "that", "which", "who",
    "it", "its", "this", "these", "those", "their", "they", "any", "each", "such", "has", "have", "had", "not", "no",
    "nor", "but", "than", "so", "if", "when",
])
# fmt: on
"""Words that say nothing of the content. Source: project judgment."""


def recast(editions: Editions, groups: Sequence[Group], one_rule: OneRule | None = None) -> list[Group]:
    """Return the groups, with clauses that have none paired by their stems, or joined to what has taken them up.

    With `one_rule`, those between the same neighbors that say the same in quite other words are paired too.
    """
    out = list(groups)
    out += _alone(editions, out)
    out += _pairs(editions, _free(editions, out))
    if one_rule:
        out += _meant(editions, out, one_rule)
        out = _without_others(editions, out, one_rule)
    out = _joined(editions, out)
    return [_turn(group) for group in _joined(Editions(editions.new, editions.old), [_turn(group) for group in out])]


@lru_cache(maxsize=20_000)
def content(text: str) -> frozenset[str]:
    """Return the stems of the words of a text that have a content, figures too."""
    return frozenset(stem(word) for word in _WORD.findall(text.casefold()) if word not in _EMPTY)


@lru_cache(maxsize=20_000)
def matters(text: str) -> frozenset[str]:
    """Return the matters that the words of a text name: words for one matter are one, others are their stems."""
    senses = stems()
    return frozenset(senses[word].sense if word in senses else word for word in content(text))


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
    rarity = _Rarity(editions)
    sections: dict[tuple[str, bool], tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for place, (side, indices) in enumerate(zip(editions, free, strict=True)):
        for index in indices:
            sections[side[index].heading, side[index].title][place].append(index)
    for rows, columns in sections.values():
        if not rows or not columns or len(rows) * len(columns) > LARGE:
            continue
        near = [(-rarity.likeness(old[row], new[column]), row, column) for row in rows for column in columns]
        used: tuple[set[int], set[int]] = set(), set()
        for likeness, row, column in sorted(near):
            if -likeness >= ALIKE and row not in used[0] and column not in used[1]:
                used[0].add(row)
                used[1].add(column)
                yield (row,), (column,)


def _alone(editions: Editions, groups: Sequence[Group]) -> Iterator[Group]:
    """Yield the pairs of free clauses between neighbors that are pairs, with one number and some matter in common."""
    old, new = editions
    rows, columns = (frozenset(side) for side in _free(editions, groups))
    if not rows or not columns:
        return
    partners = {side[0]: other[0] for side, other in groups if len(side) == len(other) == 1}
    partners |= {-1: -1, len(old): len(new)}
    rarity = _Rarity(editions)
    for row in sorted(rows):
        column = partners.get(row - 1, len(new)) + 1
        if column not in columns or partners.get(row + 1) != column + 1:
            continue
        before, after = old[row], new[column]
        same = (before.number, before.heading, before.title) == (after.number, after.heading, after.title)
        if same and before.number and rarity.share(before, after) >= ALONE:
            yield (row,), (column,)


def _meant(editions: Editions, groups: Sequence[Group], one_rule: OneRule) -> Iterator[Group]:
    """Yield the pairs of free clauses of one section between the same neighbors that say the likest, each once."""
    old, new = editions
    pairs = [
        (row, column)
        for row, column in _between(editions, groups)
        if (old[row].heading, old[row].title) == (new[column].heading, new[column].title)
    ]
    if len(pairs) > WEIGHED:
        return
    used: tuple[set[int], set[int]] = set(), set()
    for chance, row, column in sorted((-one_rule(old[row].key, new[column].key), row, column) for row, column in pairs):
        if -chance >= SAME and row not in used[0] and column not in used[1]:
            used[0].add(row)
            used[1].add(column)
            yield (row,), (column,)


def _without_others(editions: Editions, groups: list[Group], one_rule: OneRule) -> list[Group]:
    """Return the groups without pairs of clauses that share few words and are not likely to be one rule."""
    old, new = editions
    weak = [
        group
        for group in groups
        if len(group[0]) == len(group[1]) == 1 and nearness.likeness(old[group[0][0]], new[group[1][0]]) < ORDERED
    ]
    if len(weak) > WEIGHED:
        return groups
    others = {group for group in weak if one_rule(old[group[0][0]].key, new[group[1][0]].key) < SAME}
    return [group for group in groups if group not in others]


def _between(editions: Editions, groups: Sequence[Group]) -> Iterator[tuple[int, int]]:
    """Yield each free old clause with each free new one between the counterparts of its nearest matched neighbors."""
    rows, columns = _free(editions, groups)
    partners = {index: other for side, other in groups for index in side}
    partners |= {-1: (-1,), len(editions.old): (len(editions.new),)}
    above, below = -1, 0
    for row in rows:
        above = max(above, row - 1)
        while above not in partners:
            above -= 1
        below = max(below, row + 1)
        while below not in partners:
            below += 1
        first, last = max(partners[above]), min(partners[below])
        yield from ((row, column) for column in columns[bisect(columns, first) : bisect(columns, last)])


class _Rarity:
    """How rare a matter is among the clauses of both editions."""

    def __init__(self, editions: Editions) -> None:
        clauses = [matters(clause.key) for side in editions for clause in side]
        self._counts = Counter(matter for clause in clauses for matter in clause)
        self._clauses = len(clauses)

    def likeness(self, first: ClauseWording, second: ClauseWording) -> float:
        """Return the share of matters in common, with what the same number adds; 0 where they are too few."""
        left, right = matters(first.key), matters(second.key)
        numbered = bool(first.number) and first.number == second.number
        if len(left & right) < LEAST - numbered:
            return 0.0
        return self.share(first, second) + NUMBERED * numbered

    def share(self, first: ClauseWording, second: ClauseWording) -> float:
        """Return the share of matters in common."""
        left, right = matters(first.key), matters(second.key)
        return 2 * self._weight(left & right) / max(self._weight(left) + self._weight(right), 1)

    def _weight(self, stems: Iterable[str]) -> float:
        return sum(log((self._clauses + 1) / (self._counts[stem] + 1)) + COMMON for stem in stems)


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
    is_within = len(stems & words) >= WITHIN * len(stems)
    return len(stems) >= LEAST and is_within and bool(more) and len(more & stems) >= WITHIN * len(more)
