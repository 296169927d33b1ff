"""How much of the shorter of two texts is copied, as their MinHashes tell."""

import pytest

from impact.match.copied import PERMUTATIONS, shared


def test_equal_texts_share_all() -> None:
    assert shared(1.0, 300, 300) == 1.0


def test_one_equal_number_of_a_long_text_and_a_short_one_says_nothing() -> None:
    assert shared(1 / PERMUTATIONS, 300, 40_000) == 0.0


def test_a_text_that_stands_whole_in_one_three_times_as_long_is_told() -> None:
    assert shared(1 / 3, 1000, 3000) == pytest.approx(0.86, abs=0.01)


def test_a_text_without_sequences_shares_nothing() -> None:
    assert shared(0.0, 0, 40_000) == 0.0
