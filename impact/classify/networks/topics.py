"""What the larger network was taught of passages: what they are about."""

from dataclasses import dataclass, field
from functools import cache

from impact.classify.networks import larger
from impact.classify.networks.adapted import AdaptedNetwork, load_adapted
from impact.paths import shelf

MODEL = "topics"
"""Model whose weights are in part those of the larger network beside it."""


@dataclass(frozen=True, slots=True, eq=False)
class TopicNetwork:
    """A loaded network; compared by identity. It has an output for each topic."""

    adapted: AdaptedNetwork = field(repr=False)

    @property
    def topics(self) -> tuple[str, ...]:
        """Ids of what a passage may be about."""
        return tuple(self.adapted.card["topics"])

    def about(self, passage: str, setting: str = "") -> dict[str, float]:
        """Return the log odds that a passage in its setting is about each topic."""
        return dict(zip(self.topics, self.adapted.outputs(passage, setting).tolist(), strict=True))


@cache
def load() -> TopicNetwork:
    """Return the network that ships with the program; raises as `load_adapted`."""
    return TopicNetwork(load_adapted(MODEL, shelf("models") / "network", larger.load()))
