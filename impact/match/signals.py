"""How alike two sketches are: copied text, and provisions that say the same."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import combinations
from math import sqrt
from statistics import NormalDist
from typing import TYPE_CHECKING

from impact.match.copied import PERMUTATIONS, shared
from impact.match.quantities import agreement
from impact.match.sketch import Sketch

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

QUANTITIES = 0.3
"""What equal quantities add to the cosine of two provisions. Source: bench/reissues.py on its development pairs; of
.15, .3 and .5 it told most re-issues from neighbors."""

COMMON, LEAST_WEIGHT = 1.5, 0.1
"""What a provision loses of its weight by how common it is, and what it keeps at the least: formulas and boilerplate of
the field have partners everywhere. Source: bench/reissues.py on its development pairs."""

PARTNER = 0.05
"""Margin from which two provisions that choose each other are partners, see `Alignment`. Source: bench/reissues.py."""

FEWEST = 5
"""Partners below which `partners` and `order` are 0: a handful is found by chance. Source: project judgment."""

SURE_ORDER = 4.0
"""Most of `order`: beyond it, more standard deviations make nothing surer. Source: project judgment."""


@dataclass(frozen=True, slots=True)
class Signals:
    """What speaks for two documents being one proposal.

    Attributes:
        copied: Share of the shorter text's sequences of words that the longer has too, 0 to 1.
        distinct: Mean margin of the provisions of both, see `Alignment`; common ones count less. It tells the same
            provisions from the same subject.
        partners: Share of the provisions of the side that has fewer that have a partner, 0 to 1; 0 where fewer than
            `FEWEST` have.
        order: By how many standard deviations more partners follow each other in the same order than by chance, 0 to
            `SURE_ORDER`; 0 where fewer than `FEWEST` are partners. Another order is no sign that provisions differ.
        confirmed: Mean probability that the likest partners lay down the same rules, 0 to 1; None where nobody asked.
    """

    copied: float
    distinct: float
    partners: float
    order: float = 0.0
    confirmed: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Alignment:
    """Provisions of two documents set against each other, whatever their order; compared by identity.

    The likeness of two provisions is the cosine of their vectors and what equal quantities add, less the means of its
    row and column: what all provisions on the subject share is no likeness. The margin of a provision is the likeness
    of its best partner less what the best of as many would have by chance, if likenesses were normal.

    Attributes:
        margins: Of each provision of the one as a partner of each of the other, shape (one, other).
        distinct: Mean margin of the best partners, of both documents alike, common provisions counting less.
        pairs: 0-based places in one and in the other of provisions that choose each other, largest margin first;
            only those with a margin of `PARTNER`.
    """

    margins: "NDArray[np.float32]" = field(repr=False)
    distinct: float
    pairs: tuple[tuple[int, int], ...]


def align(old: Sketch, new: Sketch) -> Alignment:
    """Return how the provisions of two sketches stand to each other."""
    import numpy as np

    cosines = old.rows() @ new.rows().T
    if not cosines.size:
        return Alignment(cosines, 0.0, ())
    texts = ([provision.text for provision in sketch.provisions] for sketch in (old, new))
    likeness = cosines + QUANTITIES * agreement(*texts)
    likeness += likeness.mean() - likeness.mean(axis=1, keepdims=True) - likeness.mean(axis=0, keepdims=True)
    rows = likeness - _chance(likeness.shape[1]) * likeness.std(axis=1, keepdims=True)
    columns = likeness - _chance(likeness.shape[0]) * likeness.std(axis=0, keepdims=True)
    weights = [np.clip(1 - COMMON * sketch.common, LEAST_WEIGHT, 1) for sketch in (old, new)]
    distinct = (
        float(np.average(rows.max(axis=1), weights=weights[0]) + np.average(columns.max(axis=0), weights=weights[1]))
        / 2
    )
    places, chosen = np.arange(len(likeness)), likeness.argmax(axis=1)
    margins = rows if len(rows) <= likeness.shape[1] else columns
    mutual = (likeness.argmax(axis=0)[chosen] == places) & (margins[places, chosen] >= PARTNER)
    pairs = sorted(zip(places[mutual].tolist(), chosen[mutual].tolist(), strict=True), key=lambda at: -margins[at])
    return Alignment(margins, distinct, tuple(pairs))


def signals(old: Sketch, new: Sketch, alignment: Alignment) -> Signals:
    """Return the signals of two sketches; the same whichever comes first."""
    equal = float((old.minhash == new.minhash).sum()) / PERMUTATIONS if old.runs and new.runs else 0.0
    fewer = min(len(old.provisions), len(new.provisions))
    return Signals(
        copied=shared(equal, old.runs, new.runs),
        distinct=alignment.distinct,
        partners=len(alignment.pairs) / fewer if len(alignment.pairs) >= FEWEST else 0.0,
        order=order(alignment.pairs),
    )


def order(pairs: Sequence[tuple[int, int]]) -> float:
    """Return how surely some pairs of places, none twice, stand in the same order on both sides, see `Signals`.

    Source: the rank correlation of Kendall 1938, with its variance for pairs in any order.
    """
    count = len(pairs)
    if count < FEWEST:
        return 0.0
    steps = [old < later for (_, old), (_, later) in combinations(sorted(pairs), 2)]
    correlation = 2 * sum(steps) / len(steps) - 1
    deviation = sqrt(2 * (2 * count + 5) / (9 * count * (count - 1)))
    return min(max(correlation / deviation, 0.0), SURE_ORDER)


@cache
def _chance(count: int) -> float:
    """Return the mean of the largest of `count` standard normal numbers. Source: Blom 1958, with alpha 3/8."""
    return NormalDist().inv_cdf((count - 0.375) / (count + 0.25)) if count > 1 else 0.0
