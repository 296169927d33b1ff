"""How alike two clauses are, and which are each other's likest."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from math import log

from impact.compare.wording import ClauseWording, Editions

SAME_NUMBER, SAME_HEADING, OTHER_PART = 0.1, 0.05, -0.15
"""What number, heading and part (heading or text) add to the likeness of two clauses. Source: bench/compare.py."""
COMMON = 40
"""A word in more clauses than that proposes none. Source: bench/compare.py."""
PROPOSED, ROUNDS = 8, 4
"""How many clauses are looked at for each, and how often. Source: bench/compare.py."""


def likeness(old: ClauseWording, new: ClauseWording) -> float:
    """Return how alike two clauses are: shared words in order, 0 to 1, and what number and heading add."""
    from rapidfuzz import fuzz

    return fuzz.ratio(old.code, new.code) / 100 + beside(old, new)


def beside(old: ClauseWording, new: ClauseWording) -> float:
    """Return what number, heading and part add to the likeness."""
    number = SAME_NUMBER if old.number and old.number == new.number else 0.0
    heading = SAME_HEADING if old.heading and old.heading == new.heading else 0.0
    return number + heading + (OTHER_PART if old.title != new.title else 0.0)


def nearest(editions: Editions, rows: Iterable[int], columns: Iterable[int], least: float) -> list[tuple[int, int]]:
    """Return pairs of `rows` and `columns` that are each other's likest and at least `least` alike, by old index.

    Only clauses that share a rare word or pair of words are looked at, so that the time grows with the number of
    clauses and not with its square.
    """
    pairs: list[tuple[int, int]] = []
    scores = _scores(editions, rows, columns)
    for _ in range(ROUNDS):
        mutual = _mutual(scores, least)
        if not mutual:
            break
        pairs += mutual
        paired_old, paired_new = {i for i, _ in pairs}, {j for _, j in pairs}
        scores = {(i, j): score for (i, j), score in scores.items() if i not in paired_old and j not in paired_new}
    return sorted(pairs)


def proposals(editions: Editions, rows: Iterable[int], columns: Iterable[int]) -> dict[int, list[int]]:
    """Return, for each old index, the new indices that share the most rare words with it, best first."""
    index: dict[str, list[int]] = defaultdict(list)
    for column in columns:
        for sign in _signs(editions.new[column]):
            index[sign].append(column)
    out = {}
    for row in rows:
        shared: Counter[int] = Counter()
        for sign in _signs(editions.old[row]):
            holders = index.get(sign, ())
            if len(holders) <= COMMON:
                weight = round(100 / (1 + log(len(holders) or 1)))
                for column in holders:
                    shared[column] += weight
        ranked = sorted(shared, key=lambda column: (-shared[column], abs(column - row), column))
        out[row] = ranked[:PROPOSED]
    return out


def _signs(clause: ClauseWording) -> list[str]:
    code = clause.code
    return list(dict.fromkeys([*code, *(code[at : at + 2] for at in range(len(code) - 1))]))


def _scores(editions: Editions, rows: Iterable[int], columns: Iterable[int]) -> dict[tuple[int, int], float]:
    return {
        (row, column): likeness(editions.old[row], editions.new[column])
        for row, proposed in proposals(editions, rows, columns).items()
        for column in proposed
    }


def _mutual(scores: dict[tuple[int, int], float], least: float) -> list[tuple[int, int]]:
    best_old: dict[int, tuple[float, int, int]] = {}
    best_new: dict[int, tuple[float, int, int]] = {}
    for (row, column), score in scores.items():
        if score >= least:
            best_old[row] = max(best_old.get(row, (0.0, 0, 0)), (score, -abs(row - column), column))
            best_new[column] = max(best_new.get(column, (0.0, 0, 0)), (score, -abs(row - column), row))
    return [(row, best[2]) for row, best in best_old.items() if best_new[best[2]][2] == row]
