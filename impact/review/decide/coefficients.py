"""Coefficients of agreement between people who answer the same questions."""

from collections import Counter
from collections.abc import Hashable, Sequence


def kappa(left: Sequence[Hashable], right: Sequence[Hashable]) -> float | None:
    """Return Cohen's kappa of two people's answers, unit by unit; None where both gave one and the same throughout.

    Source: J. Cohen, A coefficient of agreement for nominal scales, 1960.
    """
    same = sum(a == b for a, b in zip(left, right, strict=True)) * len(left)
    others = Counter(right)
    by_chance = sum(number * others[answer] for answer, number in Counter(left).items())
    most = len(left) ** 2
    return (same - by_chance) / (most - by_chance) if by_chance < most else None


def nominal_alpha(table: Sequence[Sequence[Hashable | None]]) -> float | None:
    """Return Krippendorff's alpha of nominal answers, a row a person and a column a unit; None is no answer.

    A unit that fewer than two people answered does not count. The coefficient is undefined (None) where all answers
    that count are the same, or where none counts.

    Source: K. Krippendorff, Computing Krippendorff's alpha-reliability, 2011, section C, the computational form for
    nominal data.
    """
    by_unit = [Counter(answer for answer in unit if answer is not None) for unit in zip(*table, strict=True)]
    paired = [counts for counts in by_unit if counts.total() > 1]
    totals = sum(paired, Counter[Hashable]())
    observed = sum((counts.total() ** 2 - _squares(counts)) / (counts.total() - 1) for counts in paired)
    expected = totals.total() ** 2 - _squares(totals)
    return 1 - (totals.total() - 1) * observed / expected if expected else None


def _squares(counts: Counter[Hashable]) -> int:
    return sum(number**2 for number in counts.values())
