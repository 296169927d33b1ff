"""Clauses between two matched ones: aligned in their order, one to one, one to several, several to one."""

from collections.abc import Sequence

from impact.compare.nearness import beside, nearest
from impact.compare.order import backbone, weights
from impact.compare.wording import Editions

Group = tuple[tuple[int, ...], tuple[int, ...]]
"""Old and new indices of clauses that say the same: one to one, one to several, or several to one."""
FLOOR = 0.45
"""Share of words that two clauses must have in common to be the same one. Source: bench/compare.py."""
INSIDE = 0.6
"""Share of its words that a piece must have in the clause it was split from. Source: bench/compare.py."""
PIECES, PIECE_COST = 5, 0.5
"""Pieces of a split at most, and what each one after the first costs, in words. Source: bench/compare.py."""
LARGE, ANCHOR = 60_000, 0.7
"""Pairs from which on a gap is first cut at clauses at least `ANCHOR` alike. Source: bench/compare.py."""


def fill(editions: Editions, rows: Sequence[int], columns: Sequence[int]) -> list[Group]:
    """Return the groups that align best the old clauses at `rows` and the new ones at `columns`, both ascending."""
    if not rows or not columns:
        return []
    if len(rows) * len(columns) <= LARGE:
        return _Gap(editions, rows, columns).groups()
    anchors = backbone(nearest(editions, rows, columns, ANCHOR), weights(editions.old))
    if not anchors:
        return []
    groups: list[Group] = []
    for upper, lower in cuts(rows, columns, anchors):
        groups += fill(editions, upper, lower)
    return groups + [((row,), (column,)) for row, column in anchors]


def cuts(
    rows: Sequence[int], columns: Sequence[int], anchors: Sequence[tuple[int, int]]
) -> list[tuple[list[int], list[int]]]:
    """Return the runs of indices before, between and after anchors, which rise on both sides and are left out."""
    out: list[tuple[list[int], list[int]]] = []
    at_row = at_column = 0
    for row, column in [*anchors, (-1, -1)]:
        upper, lower = [], []
        while at_row < len(rows) and (row < 0 or rows[at_row] < row):
            upper.append(rows[at_row])
            at_row += 1
        while at_column < len(columns) and (column < 0 or columns[at_column] < column):
            lower.append(columns[at_column])
            at_column += 1
        out.append((upper, lower))
        at_row += at_row < len(rows) and rows[at_row] == row
        at_column += at_column < len(columns) and columns[at_column] == column
    return out


class _Gap:
    """One gap, small enough to weigh each pair."""

    def __init__(self, editions: Editions, rows: Sequence[int], columns: Sequence[int]) -> None:
        from rapidfuzz import fuzz, process

        self._old, self._new = [editions.old[row] for row in rows], [editions.new[column] for column in columns]
        self._rows, self._columns = rows, columns
        codes = ([clause.code for clause in side] for side in (self._old, self._new))
        ratios = process.cdist(*codes, scorer=fuzz.ratio)
        self._ratios: list[list[float]] = (ratios / 100).tolist()

    def groups(self) -> list[Group]:
        """Return the groups of the best path, in order."""
        height, width = len(self._rows), len(self._columns)
        best = [[0.0] * (width + 1) for _ in range(height + 1)]
        steps = [[(1, 0)] * (width + 1) for _ in range(height + 1)]
        for i in range(height - 1, -1, -1):
            for j in range(width - 1, -1, -1):
                best[i][j], steps[i][j] = max(
                    ((gain + best[i + down][j + right]), (down, right)) for gain, down, right in self._moves(i, j)
                )
        return self._path(steps)

    def _path(self, steps: list[list[tuple[int, int]]]) -> list[Group]:
        groups: list[Group] = []
        i = j = 0
        while i < len(self._rows) and j < len(self._columns):
            down, right = steps[i][j]
            if down and right:
                groups.append((tuple(self._rows[i : i + down]), tuple(self._columns[j : j + right])))
            i, j = i + down, j + right
        return groups

    def _moves(self, i: int, j: int) -> list[tuple[float, int, int]]:
        """Return what each step from here gains: skip either side, one to one, one to several, several to one."""
        moves = [(0.0, 1, 0), (0.0, 0, 1)]
        old, new, ratio = self._old[i], self._new[j], self._ratios[i][j]
        bonus = beside(old, new)
        both = (len(old.code) + len(new.code)) / 2
        if ratio + bonus > FLOOR and ratio > 0:
            moves.append(((ratio + bonus - FLOOR) * both + (old.key == new.key), 1, 1))
        if ratio == 1:
            return moves
        if ratio * both >= INSIDE * len(new.code):
            moves += [(gain, 1, count) for gain, count in self._pieces(i, j, bonus, split=True)]
        if ratio * both >= INSIDE * len(old.code):
            moves += [(gain, count, 1) for gain, count in self._pieces(i, j, bonus, split=False)]
        return moves

    def _pieces(self, i: int, j: int, bonus: float, *, split: bool) -> list[tuple[float, int]]:
        """Return gains and numbers of pieces for a whole at (i, j) with its further pieces after it."""
        from rapidfuzz import fuzz

        whole, parts, at = (self._old[i], self._new, j) if split else (self._new[j], self._old, i)
        joined, gains = parts[at].code, []
        for count in range(2, PIECES + 1):
            here = at + count - 1
            if here >= len(parts) or parts[here].title != whole.title:
                break
            ratio = self._ratios[i][here] if split else self._ratios[here][j]
            length = len(parts[here].code)
            if ratio * (len(whole.code) + length) / 2 < INSIDE * length:
                break
            joined += parts[here].code
            share = fuzz.ratio(whole.code, joined) / 100 + bonus - FLOOR
            if share > 0:
                gains.append((share * (len(whole.code) + len(joined)) / 2 - PIECE_COST * (count - 1), count))
        return gains
