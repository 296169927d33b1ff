"""Many labeled vectors become few that stand for them."""

import numpy as np
import pytest

from impact.train.fit.prototypes import MOST, prototypes, prototypes_of


def unit(rows: np.ndarray) -> np.ndarray:
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


@pytest.fixture(scope="module")
def drawn() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return vectors around two directions, the first of which proposes a label, and weights."""
    random = np.random.default_rng(3)
    ways = np.repeat(np.eye(2, 8), 40, axis=0)
    truth = np.repeat([[1, 0], [0, 0]], 40, axis=0).astype(np.float32)
    return unit(ways + random.normal(scale=0.1, size=ways.shape)), truth, np.full(80, 0.5, np.float32)


def test_every_example_is_counted_once_with_its_weight(drawn: tuple[np.ndarray, np.ndarray, np.ndarray]) -> None:
    made = prototypes(*drawn)

    assert made["sizes"].sum() == pytest.approx(40)
    assert (made["shares"] * made["sizes"][:, None]).sum(axis=0) == pytest.approx([20, 0])


def test_prototypes_have_length_one_and_stand_for_somebody(drawn: tuple[np.ndarray, np.ndarray, np.ndarray]) -> None:
    made = prototypes(*drawn)

    assert np.linalg.norm(made["prototypes"], axis=1) == pytest.approx(1, abs=1e-5)
    assert (made["sizes"] > 0).all()
    assert len(made["prototypes"]) == len(made["shares"]) == len(made["sizes"]) <= 40


def test_clauses_of_two_kinds_share_no_prototype(drawn: tuple[np.ndarray, np.ndarray, np.ndarray]) -> None:
    assert set(prototypes(*drawn)["shares"][:, 0].tolist()) == {0, 1}


def test_there_are_no_more_than_the_most() -> None:
    vectors = unit(np.random.default_rng(1).normal(size=(3 * MOST, 4)))

    made = prototypes(vectors, np.zeros((3 * MOST, 1), np.float32), np.ones(3 * MOST, np.float32))

    assert MOST // 2 < len(made["sizes"]) <= MOST


def test_a_single_example_is_its_own_prototype() -> None:
    vector = unit(np.array([[3.0, 4.0]]))

    made = prototypes(vector, np.array([[1, 0]], np.float32), np.ones(1, np.float32))

    assert made["prototypes"] == pytest.approx(vector)
    assert made["shares"].tolist() == [[1, 0]]


def test_real_and_written_examples_share_no_prototype(drawn: tuple[np.ndarray, np.ndarray, np.ndarray]) -> None:
    vectors, truth, weights = drawn
    own = np.arange(80) % 2 == 1

    made = prototypes_of(vectors, truth, weights, own)

    assert made["sizes"][made["own"] == 0].sum() == pytest.approx(weights[~own].sum())
    assert made["sizes"][made["own"] == 1].sum() == pytest.approx(weights[own].sum())


def test_examples_of_one_kind_make_prototypes_of_that_kind_alone(
    drawn: tuple[np.ndarray, np.ndarray, np.ndarray],
) -> None:
    made = prototypes_of(*drawn, np.ones(80, bool))

    assert set(made["own"].tolist()) == {1}
