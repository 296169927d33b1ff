"""What the larger network was taught of sentences: which of them introduce a document to a stranger."""

from functools import cache

from impact.classify.networks import larger
from impact.classify.networks.adapted import AdaptedNetwork, load_adapted
from impact.paths import shelf

MODEL = "introductions"
"""Model whose weights are in part those of the larger network beside it."""


@cache
def load() -> AdaptedNetwork:
    """Return the network that ships with the program, with one output; raises as `load_adapted`."""
    return load_adapted(MODEL, shelf("models") / "network", larger.load())
