"""How alike two sketches are: copied text, meaning of clauses, mechanisms."""

from dataclasses import dataclass, field
from math import log1p, sqrt
from typing import TYPE_CHECKING

from impact.match.copied import PERMUTATIONS, shared
from impact.match.sketch import Sketch

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

NO_PROFILE = 0.4
"""What the profiles of two documents say where one of them has none: nothing. Source: bench/match.py, between the mean
of strangers and that of re-issues."""

FEWEST = 5
"""Pairs of clauses below which `partners` is 0: a handful is found by chance. Source: bench/reissues.py; among 66,000
pairs of unrelated texts, none in which the shorter has less than 20 clauses came near the line of a match."""


@dataclass(frozen=True, slots=True)
class Signals:
    """What speaks for two documents being one proposal.

    Attributes:
        copied: Share of the shorter text's sequences of words that the longer has too, 0 to 1.
        paired: Weight of the pairs of clauses that choose each other among all, for each clause of the documents on
            average; 0 where none is nearer than clauses of strangers, about 1.3 for the same text.
        distinct: How much nearer the best partner of a clause is than the other document as a whole, on average over
            both: tells the same provisions from the same subject.
        profile: Cosine of the mechanisms and safeguards found, 0 to 1.
        partners: Share of the compared clauses of the side that has fewer that have a partner, 0 to 1; 0 where fewer
            than `FEWEST` have one.
    """

    copied: float
    paired: float
    distinct: float
    profile: float
    partners: float


@dataclass(frozen=True, slots=True, eq=False)
class Alignment:
    """Clauses of two documents set against each other; compared by identity.

    Attributes:
        cosines: Of each clause of one with each of the other, in that shape.
        nearness: Twice the cosine less how common both clauses are, in the same shape.
            Source: Lample et al. 2018 (CSLS), against the background in place of all other clauses.
        pairs: 0-based places in one and in the other of clauses that choose each other, nearest pair first; only
            those nearer than clauses of strangers.
    """

    cosines: "NDArray[np.float32]" = field(repr=False)
    nearness: "NDArray[np.float32]" = field(repr=False)
    pairs: tuple[tuple[int, int], ...]


def align(old: Sketch, new: Sketch) -> Alignment:
    """Return how the clauses of two sketches stand to each new, whatever their order."""
    import numpy as np

    cosines = old.rows() @ new.rows().T
    nearness = 2 * cosines - old.common[:, None] - new.common[None, :]
    if not nearness.size:
        return Alignment(cosines, nearness, ())
    places, chosen = np.arange(len(nearness)), nearness.argmax(axis=1)
    mutual = (nearness.argmax(axis=0)[chosen] == places) & (nearness[places, chosen] > 0)
    pairs = sorted(zip(places[mutual].tolist(), chosen[mutual].tolist(), strict=True), key=lambda at: -nearness[at])
    return Alignment(cosines, nearness, tuple(pairs))


def signals(old: Sketch, new: Sketch, alignment: Alignment) -> Signals:
    """Return the signals of two sketches; the same whichever comes first."""
    equal = float((old.minhash == new.minhash).sum()) / PERMUTATIONS if old.runs and new.runs else 0.0
    clauses, fewer = len(old.clauses) + len(new.clauses), min(len(old.clauses), len(new.clauses))
    weight = sum(float(alignment.nearness[at]) for at in alignment.pairs)
    return Signals(
        copied=shared(equal, old.runs, new.runs),
        paired=2 * weight / clauses if clauses else 0.0,
        distinct=_distinct(alignment.cosines),
        profile=_cosine(dict(old.profile), dict(new.profile)),
        partners=len(alignment.pairs) / fewer if len(alignment.pairs) >= FEWEST else 0.0,
    )


def _distinct(cosines: "NDArray[np.float32]") -> float:
    """Return the mean of the best cosine in both directions less the means of its row and column; 0 without clauses."""
    if not cosines.size:
        return 0.0
    level = cosines - cosines.mean(axis=1, keepdims=True) - cosines.mean(axis=0, keepdims=True) + cosines.mean()
    return float(level.max(axis=1).mean() + level.max(axis=0).mean()) / 2


def _cosine(old: dict[str, int], new: dict[str, int]) -> float:
    """Return the cosine of log counts."""
    if not old or not new:
        return NO_PROFILE
    product = sum(log1p(count) * log1p(new.get(label, 0)) for label, count in old.items())
    lengths = [sqrt(sum(log1p(count) ** 2 for count in profile.values())) for profile in (old, new)]
    return product / (lengths[0] * lengths[1])
