"""What a sentence is likely to do for people, and which says the same, by the vectors of their meaning."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from math import exp, log
from pathlib import Path

from impact.classify.networks.encoder import load as load_encoder
from impact.errors import MissingError
from impact.paths import shelf

STANCES = ("burdens", "neutral", "protects")
"""Names of the stances, in the order of the weights and of RuleStance."""
KEPT = 20_000
"""Sentences whose leaning is kept in memory at the most. Source: project judgment."""

_NEXT = "Install the program again, or in a checkout run models/stance/fit.py"

Leaning = tuple[float, float, float]
"""Logarithms of the probabilities that a sentence burdens people, does neither, or protects them."""


@dataclass(frozen=True, slots=True)
class LeaningWeights:
    """Weights of the numbers of the encoder, a row for each stance.

    Raises:
        ValueError: If they are not three rows of one length.
    """

    encoder: str
    intercepts: tuple[float, ...]
    weights: tuple[tuple[float, ...], ...]

    def __post_init__(self) -> None:
        if len(self.intercepts) != len(STANCES) or len(self.weights) != len(STANCES):
            raise ValueError(f"{len(self.weights)} rows of weights are not {len(STANCES)}")
        if len({len(row) for row in self.weights}) != 1:
            raise ValueError("rows of weights differ in length")

    def leaning(self, vector: Iterable[float]) -> Leaning:
        """Return what a vector says."""
        numbers = list(vector)
        sums = [
            intercept + sum(weight * number for weight, number in zip(row, numbers, strict=True))
            for intercept, row in zip(self.intercepts, self.weights, strict=True)
        ]
        whole = log(sum(exp(value) for value in sums))
        burdens, neutral, protects = (value - whole for value in sums)
        return burdens, neutral, protects


@lru_cache(KEPT)
def leaning_of(sentence: str) -> Leaning:
    """Return what a sentence is likely to do.

    Raises:
        MissingError: If the encoder or the weights are absent, or the weights are those of another encoder.
    """
    return load_weights().leaning(load_encoder().vector(sentence).tolist())


def likeness(one: str, other: str) -> float:
    """Return how alike two texts are in what they mean, 1 for the same; 0 for all where there is no encoder."""
    try:
        pairs = zip(_vector(one), _vector(other), strict=True)
    except MissingError:
        return 0.0
    return sum(left * right for left, right in pairs)


@lru_cache(KEPT)
def _vector(text: str) -> tuple[float, ...]:
    return tuple(load_encoder().vector(text).tolist())


@cache
def load_weights() -> LeaningWeights:
    """Return the weights that ship with the program.

    Raises:
        MissingError: If they are absent, cannot be read, or are those of another encoder.
    """
    return weights_from(shelf("models") / "stance" / "stance.json", load_encoder().digest)


def weights_from(path: Path, encoder: str) -> LeaningWeights:
    """Return the weights in a file that were fitted to the encoder with this digest.

    Raises:
        MissingError: If they are absent, cannot be read, or are those of another encoder.
    """
    try:
        card = json.loads(path.read_text(encoding="utf-8"))
        rows = tuple(tuple(map(float, row)) for row in card["weights"])
        weights = LeaningWeights(card["encoder"], tuple(map(float, card["intercepts"])), rows)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise MissingError(f"{path} cannot be read: {error}", _NEXT) from error
    if weights.encoder != encoder:
        raise MissingError(f"{path} was fitted to another encoder", _NEXT)
    return weights
