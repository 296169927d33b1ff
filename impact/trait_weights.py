"""A fitted chance: a logistic regression on named traits, as its weights lie in `models/`."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from math import exp
from re import Pattern
from typing import NamedTuple

from impact.paths import shelf, weights_of

Traits = Mapping[str, float]
"""What speaks for or against something, by name; what is absent is 0."""


class TraitSign(NamedTuple):
    """A trait that a pattern shows: its name, where the pattern is searched, and the pattern."""

    name: str
    place: str
    pattern: Pattern[str]


@dataclass(frozen=True, slots=True)
class TraitWeights:
    """Log odds: `bias`, and the sum of the traits times their weights.

    Attributes:
        heads: Digest of the heads to whose signals the weights were fitted; empty where they hear none.

    Raises:
        ValueError: If there are no weights.
    """

    bias: float
    traits: Mapping[str, float]
    heads: str = ""

    def __post_init__(self) -> None:
        if not self.traits:
            raise ValueError("no weights of traits")

    def digest(self, signs: Iterable[TraitSign]) -> str:
        """Return the SHA-256 of the weights and of the signs that they weigh, hexadecimal."""
        patterns = [(sign.name, sign.place, sign.pattern.pattern) for sign in signs]
        return sha256(json.dumps([self.bias, sorted(self.traits.items()), patterns]).encode()).hexdigest()

    def odds(self, traits: Traits) -> float:
        """Return the log odds; a trait without a weight says nothing."""
        return self.bias + sum(self.traits.get(name, 0.0) * value for name, value in sorted(traits.items()))

    def chance(self, traits: Traits) -> float:
        """Return the chance, 0 to 1, by `odds`."""
        return chance_of(self.odds(traits))


def chance_of(odds: float) -> float:
    """Return the chance, 0 to 1, that log odds stand for."""
    return 1 / (1 + exp(-odds))


@cache
def shipped_weights(model: str, name: str) -> TraitWeights:
    """Return weights that ship with the program: those in `models/MODEL/NAME.json`.

    Raises:
        MissingError: If they are absent or cannot be used.
    """
    return weights_of(TraitWeights, shelf("models") / model / f"{name}.json", model, f"models/{model}/fit.py")
