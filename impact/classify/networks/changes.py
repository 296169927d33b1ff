"""What the larger network was taught of changes: their kinds, what they mean for people, and which rule is the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from math import exp
from typing import TYPE_CHECKING, Any

from impact.classify.networks import larger
from impact.classify.networks.adapted import AdaptedNetwork, load_adapted
from impact.paths import shelf

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

KINDS = ("polarity", "modality", "actor", "object", "number", "period", "condition", "rewording", "editorial")
"""Kinds of changes, in the order of the outputs."""
STANCES = ("burdens", "neutral", "protects")
"""What a sentence does for people, in the order of the outputs behind those of kinds and of one rule."""
MATTERS = ("worse", "better", "unclear", "nothing")
"""What a change means for people, in the order of the outputs behind those of stances."""
TURNED = {"worse": "better", "better": "worse"}
"""What the way back of a change means for people, where it means something else."""
OUTPUTS = len(KINDS) + 1 + len(STANCES) + len(MATTERS)

MODEL = "changes"
"""Model whose weights are in part those of the larger network beside it."""


@dataclass(frozen=True, slots=True)
class ChangeReading:
    """What the network makes of a text and of the one in its place.

    Attributes:
        kinds: Probability of each of `KINDS`, if both are one rule.
        same: Probability that both are one rule, though it may have changed.
        matters: Probability of each of `MATTERS`.
    """

    kinds: Mapping[str, float]
    same: float
    matters: Mapping[str, float]


@dataclass(frozen=True, slots=True, eq=False)
class ChangeNetwork:
    """A loaded network; compared by identity. Its outputs are of kinds, of one rule, of stances and of what matters."""

    adapted: AdaptedNetwork = field(repr=False)

    def change(self, old: str, new: str) -> ChangeReading:
        """Return what it makes of a change, heard in both directions.

        The change back is of the same kind, and worse where the change is better.
        """
        there, back = self._parts(old, new), self._parts(new, old)
        kinds, same, matters = ([parts[at] for parts in (there, back)] for at in (0, 1, 3))
        turned = matters[1][[MATTERS.index(TURNED.get(meaning, meaning)) for meaning in MATTERS]]
        return ChangeReading(
            _shares(KINDS, (kinds[0] + kinds[1]) / 2),
            1 / (1 + exp(-float(same[0][0] + same[1][0]) / 2)),
            _shares(MATTERS, (matters[0] + turned) / 2),
        )

    def stances(self, sentence: str) -> dict[str, float]:
        """Return the probability of each of `STANCES` for a sentence."""
        return _shares(STANCES, self._parts(sentence, "")[2])

    def _parts(self, first: str, second: str) -> "list[NDArray[np.float32]]":
        import numpy as np

        ends = np.cumsum([len(KINDS), 1, len(STANCES)])
        return np.split(self.adapted.outputs(first, second), ends)


def _shares(names: Sequence[str], odds: "NDArray[np.floating[Any]]") -> dict[str, float]:
    import numpy as np

    raised = np.exp(odds - odds.max())
    return dict(zip(names, map(float, raised / raised.sum()), strict=True))


@cache
def load() -> ChangeNetwork:
    """Return the network that ships with the program; raises as `load_adapted`."""
    return ChangeNetwork(load_adapted(MODEL, shelf("models") / "network", larger.load()))
