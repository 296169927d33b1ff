"""What two sketches have in common."""

from dataclasses import replace

import numpy as np
import pytest

from impact.match.signals import SURE_ORDER, align, order, signals
from impact.match.sketch import Sketch
from tests.made.sketches import bare_sketch

VECTORS = (np.eye(32, dtype=np.float32) * 127).astype(np.int8)


def sketch(name: str, clauses: int) -> Sketch:
    texts = (f"The exchange shall do thing number {number}." for number in range(clauses))
    return bare_sketch(*texts, id=name * 64, name=f"{name}.txt", vectors=VECTORS[:clauses])


@pytest.mark.parametrize(
    ("clauses", "share"), [(30, 1.0), (9, 1.0), (4, 0.0)], ids=["many clauses", "one page", "a handful"]
)
def test_the_share_with_a_partner_is_of_the_shorter_text_unless_it_has_but_a_handful(
    clauses: int, share: float
) -> None:
    one, other = sketch("a", clauses), sketch("c", 30)

    assert signals(one, other, align(one, other)).partners == pytest.approx(share)


def drawn(name: str, seed: int, clauses: int) -> Sketch:
    rng = np.random.default_rng(seed)
    return replace(sketch(name, clauses), vectors=rng.integers(-127, 128, (clauses, 32)).astype(np.int8))


def test_partners_in_the_same_order_are_surer_the_more_there_are() -> None:
    few, many = ([(place, 2 * place) for place in range(count)] for count in (6, 12))

    assert 0 < order(few) < order(many) <= SURE_ORDER


@pytest.mark.parametrize(
    "pairs", [[(place, 20 - place) for place in range(12)], [(0, 0), (1, 1), (2, 2)]], ids=["turned round", "a handful"]
)
def test_another_order_and_a_handful_of_partners_say_nothing(pairs: list[tuple[int, int]]) -> None:
    assert order(pairs) == 0


def test_the_order_of_provisions_does_not_matter_to_their_margins() -> None:
    first, second = drawn("a", 1, 20), drawn("c", 2, 24)
    turned = replace(second, provisions=second.provisions[::-1], vectors=second.vectors[::-1])

    forth, back = align(first, second), align(first, turned)

    assert forth.distinct == pytest.approx(back.distinct, abs=1e-5)
    assert len(forth.pairs) == len(back.pairs)


def test_the_signals_are_the_same_whichever_document_comes_first() -> None:
    first, second = drawn("a", 1, 20), drawn("c", 2, 24)

    forth, back = align(first, second), align(second, first)

    assert signals(first, second, forth).distinct == pytest.approx(signals(second, first, back).distinct, abs=1e-5)
    assert {(new, old) for old, new in forth.pairs} == set(back.pairs)


def test_a_common_formula_in_both_counts_less_than_a_rare_provision() -> None:
    first, second = drawn("a", 1, 20), drawn("c", 2, 24)
    shared = replace(second, vectors=np.concatenate([first.vectors[:2], second.vectors[2:]]))
    common = np.array([0.6, 0.6] + [0.0] * 18, np.float32)
    both = [replace(first, common=common), replace(shared, common=np.pad(common, (0, 4)))]

    assert align(*both).distinct < align(first, shared).distinct
