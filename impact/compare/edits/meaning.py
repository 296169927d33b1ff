"""What the network says of sentences: what one does for people, what has changed between two, if they are one rule."""

from enum import StrEnum
from functools import lru_cache

from impact.classify.networks.changes import ChangeReading, load

KEPT = 20_000
"""Sentences, and pairs of them, of which is kept in memory what the network says. Source: project judgment."""


class RuleStance(StrEnum):
    """What a rule does for people."""

    BURDENS = "burdens"
    NEUTRAL = "neutral"
    PROTECTS = "protects"


@lru_cache(KEPT)
def stance_of(sentence: str) -> tuple[RuleStance, float]:
    """Return the likeliest stance of a sentence towards people, and how likely it is.

    Raises:
        MissingError: If the network for changes is absent or cannot be used.
    """
    stances = load().stances(sentence)
    likeliest = max(RuleStance, key=lambda stance: stances[stance])
    return likeliest, stances[likeliest]


@lru_cache(KEPT)
def change_of(old: str, new: str) -> ChangeReading:
    """Return what the network makes of a change; raises as `stance_of`."""
    return load().change(old, new)


def one_rule(left: str, right: str) -> float:
    """Return the probability that two texts are one rule, though it may have changed, whichever comes first.

    Raises:
        MissingError: As for `stance_of`.
    """
    return change_of(*sorted((left, right))).same
