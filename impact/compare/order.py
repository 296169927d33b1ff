"""Which of the matched clauses kept their order."""

from collections.abc import Iterable, Sequence

from impact.compare.wording import ClauseWording


def weights(clauses: Iterable[ClauseWording]) -> list[int]:
    """Return what each clause weighs in a chain: its words, and one."""
    return [len(clause.code) + 1 for clause in clauses]


def backbone(pairs: Iterable[tuple[int, int]], weights: Sequence[int]) -> list[tuple[int, int]]:
    """Return the heaviest chain of pairs that rise on both sides; what is not in it has moved.

    Args:
        pairs: Old and new index, each index at most once.
        weights: Weight of each old index, at least 1.
    """
    ordered = sorted(pairs)
    ranks = {new: rank for rank, new in enumerate(sorted(new for _, new in ordered), start=1)}
    tree: list[tuple[int, int]] = [(0, -1)] * (len(ordered) + 1)
    before: list[int] = []
    for place, (old, new) in enumerate(ordered):
        total, previous = _best(tree, ranks[new] - 1)
        before.append(previous)
        _raise(tree, ranks[new], (total + weights[old], place))
    chain = []
    place = _best(tree, len(ordered))[1]
    while place >= 0:
        chain.append(ordered[place])
        place = before[place]
    return chain[::-1]


def _best(tree: Sequence[tuple[int, int]], rank: int) -> tuple[int, int]:
    """Return the heaviest entry among ranks 1 to `rank` of a Fenwick tree; of equal ones, the latest."""
    best = (0, -1)
    while rank > 0:
        best = max(best, tree[rank])
        rank &= rank - 1
    return best


def _raise(tree: list[tuple[int, int]], rank: int, entry: tuple[int, int]) -> None:
    while rank < len(tree):
        tree[rank] = max(tree[rank], entry)
        rank += rank & -rank
