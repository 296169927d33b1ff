"""What the network says of sentences: what one does for people, what has changed between two, if they are one rule."""

from functools import cache, lru_cache

from impact.classify.networks.changes import ChangeReading
from impact.classify.networks.changes import load as load_changes
from impact.errors import MissingError

KEPT = 20_000
"""Sentences, and pairs of them, of which is kept in memory what the network says. Source: project judgment."""


@cache
def taught() -> bool:
    """Return whether the network for changes is there; without it, words and grammar alone tell what has changed."""
    try:
        load_changes()
    except MissingError:
        return False
    return True


@lru_cache(KEPT)
def stances_of(sentence: str) -> dict[str, float]:
    """Return the probability of each stance of a sentence towards people.

    Raises:
        MissingError: If the network for changes is absent or cannot be used.
    """
    return load_changes().stances(sentence)


@lru_cache(KEPT)
def change_of(old: str, new: str) -> ChangeReading:
    """Return what the network makes of a change; raises as `stances_of`."""
    return load_changes().change(old, new)


def one_rule(one: str, other: str) -> float:
    """Return the probability that two texts are one rule, though it may have changed, whichever comes first.

    Raises:
        MissingError: As for `stances_of`.
    """
    return change_of(*sorted((one, other))).same
