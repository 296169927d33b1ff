"""Clauses whose wording is the same in both editions."""

from collections import defaultdict
from collections.abc import Callable, Container, Hashable, Sequence

from impact.compare.order import backbone, weights
from impact.compare.wording import ClauseWording, Editions

RICH = 4
"""Words from which on equal wording alone says that two clauses are the same. Source: bench/compare.py."""
Sight = Callable[[ClauseWording], Hashable]
SIGHTS: tuple[Sight, ...] = (
    lambda clause: clause.key if len(clause.code) >= RICH else None,
    lambda clause: (clause.key, clause.number, clause.heading),
    lambda clause: (clause.key, clause.heading),
)
"""What must be the same and unique in both editions, in the order of trust; None is never the same."""


def exact(editions: Editions) -> dict[int, int]:
    """Return new by old index for clauses of equal wording that can be told apart by wording, number or heading.

    After each look, the clauses next to those that kept their order are taken along while they are equal.
    """
    pairs: dict[int, int] = {}
    matched: set[int] = set()
    for sight in SIGHTS:
        news = _unique(editions.new, sight, matched)
        for key, index in _unique(editions.old, sight, pairs.keys()).items():
            if key in news:
                pairs[index] = news[key]
                matched.add(news[key])
        spread(editions, pairs, backbone(pairs.items(), weights(editions.old)), matched)
    return pairs


def spread(editions: Editions, pairs: dict[int, int], seeds: Sequence[tuple[int, int]], matched: set[int]) -> None:
    """Add to `pairs` and `matched` the equal clauses beside `seeds`, downwards first, while both sides are free."""
    old, new = editions
    for step in (1, -1):
        for left, right in seeds[::step]:
            row, column = left + step, right + step
            while (
                0 <= row < len(old)
                and 0 <= column < len(new)
                and row not in pairs
                and column not in matched
                and old[row].key == new[column].key
            ):
                pairs[row] = column
                matched.add(column)
                row, column = row + step, column + step


def equal_left(editions: Editions, rows: Container[int], columns: Container[int]) -> dict[int, int]:
    """Return new by old index for clauses of equal text that are in none of `rows` and `columns`, in their order."""
    old, new = editions
    places: dict[str, list[int]] = defaultdict(list)
    for index, clause in enumerate(new):
        if index not in columns:
            places[clause.key].append(index)
    left = [index for index in range(len(old)) if index not in rows and old[index].key in places]
    return {index: places[old[index].key].pop(0) for index in left if places[old[index].key]}


def _unique(side: Sequence[ClauseWording], sight: Sight, matched: Container[int]) -> dict[Hashable, int]:
    places: dict[Hashable, list[int]] = defaultdict(list)
    for index, clause in enumerate(side):
        if index not in matched and (key := sight(clause)) is not None:
            places[key].append(index)
    return {key: indices[0] for key, indices in places.items() if len(indices) == 1}
