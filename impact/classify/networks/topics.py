"""What the larger network was taught of passages: what they are about, and which of them protect people."""

from dataclasses import dataclass, field
from functools import cache

from impact.classify.networks import larger
from impact.classify.networks.adapted import AdaptedNetwork, load_adapted
from impact.paths import shelf
from impact.records import PassageTopics

MODEL = "topics"
"""Model whose weights are in part those of the larger network beside it."""


@dataclass(frozen=True, slots=True, eq=False)
class TopicNetwork:
    """A loaded network; compared by identity. Its first output says whether a passage protects, the others of what."""

    adapted: AdaptedNetwork = field(repr=False)

    @property
    def topics(self) -> tuple[str, ...]:
        """Ids of what a passage may be about."""
        return tuple(self.adapted.card["topics"])

    def about(self, passage: str, setting: str = "") -> PassageTopics:
        """Return what a passage is about in its setting."""
        protects, *odds = self.adapted.outputs(passage, setting).tolist()
        return PassageTopics(protects, dict(zip(self.topics, odds, strict=True)))


@cache
def load() -> TopicNetwork:
    """Return the network that ships with the program; raises as `load_adapted`."""
    return TopicNetwork(load_adapted(MODEL, shelf("models") / "network", larger.load()))
