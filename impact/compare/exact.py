"""Clauses whose wording is the same in both editions."""

from collections import defaultdict
from collections.abc import Callable, Container, Hashable, Sequence

from impact.compare.order import backbone
from impact.compare.wording import Wording

RICH = 4
"""Words from which on equal wording alone says that two clauses are the same. Source: bench/compare.py."""
Sight = Callable[[Wording], Hashable]
SIGHTS: tuple[Sight, ...] = (
    lambda one: one.key if len(one.code) >= RICH else None,
    lambda one: (one.key, one.number, one.heading),
    lambda one: (one.key, one.heading),
)
"""What must be the same and unique in both editions, in the order of trust; None is never the same."""


def exact(old: Sequence[Wording], new: Sequence[Wording]) -> dict[int, int]:
    """Return new by old index for clauses of equal wording that can be told apart by wording, number or heading.

    After each look, the clauses next to those that kept their order are taken along while they are equal.
    """
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for sight in SIGHTS:
        news = _unique(new, sight, taken)
        for key, index in _unique(old, sight, pairs.keys()).items():
            if key in news:
                pairs[index] = news[key]
                taken.add(news[key])
        spread(old, new, pairs, backbone(pairs.items(), [len(one.code) + 1 for one in old]), taken)
    return pairs


def spread(
    old: Sequence[Wording],
    new: Sequence[Wording],
    pairs: dict[int, int],
    seeds: Sequence[tuple[int, int]],
    taken: set[int],
) -> None:
    """Add to `pairs` and `taken` the equal clauses beside `seeds`, downwards first, while both sides are free."""
    for step in (1, -1):
        for left, right in seeds[::step]:
            one, other = left + step, right + step
            while (
                0 <= one < len(old)
                and 0 <= other < len(new)
                and one not in pairs
                and other not in taken
                and old[one].key == new[other].key
            ):
                pairs[one] = other
                taken.add(other)
                one, other = one + step, other + step


def equal_left(
    old: Sequence[Wording], new: Sequence[Wording], held: Container[int], taken: Container[int]
) -> dict[int, int]:
    """Return new by old index for clauses of equal text that are left over, in the order in which they stand."""
    places: dict[str, list[int]] = defaultdict(list)
    for index, one in enumerate(new):
        if index not in taken:
            places[one.key].append(index)
    left = [index for index in range(len(old)) if index not in held and old[index].key in places]
    return {index: places[old[index].key].pop(0) for index in left if places[old[index].key]}


def _unique(side: Sequence[Wording], sight: Sight, taken: Container[int]) -> dict[Hashable, int]:
    places: dict[Hashable, list[int]] = defaultdict(list)
    for index, one in enumerate(side):
        if index not in taken and (key := sight(one)) is not None:
            places[key].append(index)
    return {key: found[0] for key, found in places.items() if len(found) == 1}
