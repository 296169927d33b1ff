"""Coefficients of agreement, against the worked examples that their authors published."""

import random

import pytest
from sklearn.metrics import cohen_kappa_score

from impact.review.decide.coefficients import kappa, nominal_alpha

# K. Krippendorff, Computing Krippendorff's Alpha-Reliability, University of Pennsylvania, 2011
# (repository.upenn.edu/asc_papers/43). A letter or digit is an answer, a full stop none.
BINARY = ("0100000010", "1110010000")  # section A: Meg and Owen
NOMINAL = ("aabbdcccedda", "babbbccceddd")  # section B: Ben and Gerry
GAPS = ("123321412...", "1233224125.3", ".333234225 1.".replace(" ", ""), "1233244125 1.".replace(" ", ""))  # section C


def answers(rows: tuple[str, ...]) -> list[list[str | None]]:
    return [[None if answer == "." else answer for answer in row] for row in rows]


@pytest.mark.parametrize(
    ("rows", "alpha"), [(BINARY, 0.095), (NOMINAL, 0.692), (GAPS, 0.743)], ids=["A binary", "B nominal", "C gaps"]
)
def test_alpha_is_that_of_krippendorffs_worked_examples(rows: tuple[str, ...], alpha: float) -> None:
    assert nominal_alpha(answers(rows)) == pytest.approx(alpha, abs=0.0005)


def test_alpha_does_not_count_a_unit_that_only_one_person_answered() -> None:
    with_singles = [row + "x." for row in NOMINAL[:1]] + [row + ".." for row in NOMINAL[1:]]

    assert nominal_alpha(answers(tuple(with_singles))) == nominal_alpha(answers(NOMINAL))


@pytest.mark.parametrize("rows", [("aaa", "aaa"), ("a.", ".b"), ("...", "..."), ("", "")])
def test_alpha_is_undefined_without_two_different_answers_that_count(rows: tuple[str, ...]) -> None:
    assert nominal_alpha(answers(rows)) is None


def test_alpha_is_below_zero_where_people_disagree_more_than_by_chance() -> None:
    assert nominal_alpha(answers(("ab", "ba"))) == pytest.approx(-0.5)


def test_kappa_is_that_of_cohens_worked_example() -> None:
    # J. Cohen, Weighted kappa, Psychological Bulletin 70, 1968, table 1, as frequencies of 200: two judges and three
    # categories, kappa .492 without weights.
    table = {("1", "1"): 88, ("1", "2"): 14, ("1", "3"): 18, ("2", "1"): 10, ("2", "2"): 40, ("2", "3"): 10}
    table |= {("3", "1"): 2, ("3", "2"): 6, ("3", "3"): 12}
    rated = [pair for pair, number in table.items() for _ in range(number)]

    assert kappa([left for left, _ in rated], [right for _, right in rated]) == pytest.approx(0.492, abs=0.0005)


def test_kappa_is_that_of_scikit_learn() -> None:
    chance = random.Random(1)  # noqa: S311 - answers, no secrets
    for _ in range(50):
        left, right = ([chance.choice("abc") for _ in range(30)] for _ in range(2))

        assert kappa(left, right) == pytest.approx(cohen_kappa_score(left, right))


@pytest.mark.parametrize("given", [[], [True, True]])
def test_kappa_is_undefined_without_variation(given: list[bool]) -> None:
    assert kappa(given, given) is None
