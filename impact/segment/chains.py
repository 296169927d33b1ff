"""The heaviest rising chain of numbers, which tells headings from numbers that only look like theirs."""

from bisect import bisect_left
from collections.abc import Sequence

from impact.segment.numbers import Part


def heaviest_chain(entries: Sequence[tuple[tuple[Part, ...], int]]) -> frozenset[int]:
    """Return the positions of the entries that form the heaviest strictly rising chain, the later one of equals.

    O(n log n): a Fenwick tree over the numbers keeps the heaviest chain that ends below each.

    Args:
        entries: Components of a number and the weight of the block that bears it, in the order of the document.
    """
    keys = sorted({parts for parts, _ in entries})
    tree: list[tuple[int, int]] = [(0, -1)] * (len(keys) + 1)
    before: list[int] = []
    end = (0, -1)
    for position, (parts, weight) in enumerate(entries):
        rank = bisect_left(keys, parts)
        heaviest, previous = _most(tree, rank)
        before.append(previous)
        chain = (heaviest + weight, position)
        _raise(tree, rank + 1, chain)
        end = max(end, chain)
    members: set[int] = set()
    position = end[1]
    while position >= 0:
        members.add(position)
        position = before[position]
    return frozenset(members)


def _most(tree: list[tuple[int, int]], rank: int) -> tuple[int, int]:
    best = (0, -1)
    while rank > 0:
        best = max(best, tree[rank])
        rank -= rank & -rank
    return best


def _raise(tree: list[tuple[int, int]], rank: int, value: tuple[int, int]) -> None:
    while rank < len(tree):
        tree[rank] = max(tree[rank], value)
        rank += rank & -rank


def running_numbers(labels: Sequence[tuple[int, int] | None]) -> frozenset[int]:
    """Return the blocks whose numbers run on through the whole document, as the paragraphs of UN documents do.

    They count from 1 without a gap, at least 6 of them, and go on across at least 2 headings; the numbers of ordinary
    lists begin again.

    Args:
        labels: Block and value of each plain number ("12.") in the order of the document; None for a heading.
    """
    numbers: list[int] = []
    crossings, fresh = 0, False
    for entry in labels:
        if entry is None:
            fresh = True
        elif entry[1] == len(numbers) + 1:
            crossings += fresh and bool(numbers)
            numbers.append(entry[0])
            fresh = False
    return frozenset(numbers) if len(numbers) >= 6 and crossings >= 2 else frozenset()
