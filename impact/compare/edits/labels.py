"""What the labels of the classifier say that a sentence does for people."""

from dataclasses import dataclass
from enum import IntEnum

LEAST = 0.15
"""Confidence of the classifier from which on its labels say what a sentence does.
Source: project judgment on sentences of our own."""


class RuleStance(IntEnum):
    """What a rule does for people."""

    BURDENS = -1
    NEUTRAL = 0
    PROTECTS = 1


@dataclass(frozen=True, slots=True)
class SentenceLabels:
    """How sure the classifier is of the surest safeguard and the surest power that it found in a sentence.

    `humane` is the same of safeguards that are for people even where a sentence names none.
    """

    guard: float = 0.0
    power: float = 0.0
    humane: float = 0.0

    @property
    def stance(self) -> RuleStance:
        """What the surer of both says; neutral where neither is sure enough."""
        if max(self.guard, self.power) < LEAST:
            return RuleStance.NEUTRAL
        return RuleStance.PROTECTS if self.guard > self.power else RuleStance.BURDENS


NO_LABELS = SentenceLabels()
"""Of a sentence in which the classifier found nothing, or that it did not see."""
