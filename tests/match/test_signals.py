"""What two sketches have in common."""

import numpy as np
import pytest

from impact.match.signals import align, signals
from impact.match.sketch import Sketch, SketchProvision


def sketch(name: str, clauses: int) -> Sketch:
    vectors = (np.eye(32, dtype=np.float32)[:clauses] * 127).astype(np.int8)
    kept = tuple(
        SketchProvision(f"{number}", f"The exchange shall do thing number {number}.") for number in range(clauses)
    )
    return Sketch(
        id=name * 64,
        name=f"{name}.txt",
        title="",
        number="",
        meaning="b" * 64,
        terms=(),
        provisions=kept,
        runs=0,
        minhash=np.zeros(256, np.uint32),
        vectors=vectors,
        common=np.zeros(clauses, np.float32),
    )


@pytest.mark.parametrize(
    ("clauses", "share"), [(30, 1.0), (9, 1.0), (4, 0.0)], ids=["many clauses", "one page", "a handful"]
)
def test_the_share_with_a_partner_is_of_the_shorter_text_unless_it_has_but_a_handful(
    clauses: int, share: float
) -> None:
    one, other = sketch("a", clauses), sketch("c", 30)

    assert signals(one, other, align(one, other)).partners == pytest.approx(share)
