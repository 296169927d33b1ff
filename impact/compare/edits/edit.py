"""One edit: what kind of change a sentence, or a clause of one, has seen."""

from dataclasses import dataclass
from enum import StrEnum


class EditKind(StrEnum):
    """The kinds, those that say most first: where a sentence has seen several, they are told in this order."""

    POLARITY = "polarity"
    MODALITY = "modality"
    CONDITION = "condition"
    PERIOD = "period"
    ACTOR = "actor"
    OBJECT = "object"
    NUMBER = "number"
    PROTECTION_REMOVED = "protection_removed"
    BURDEN_ADDED = "burden_added"
    PROTECTION_ADDED = "protection_added"
    BURDEN_REMOVED = "burden_removed"
    SENTENCE_REMOVED = "sentence_removed"
    SENTENCE_ADDED = "sentence_added"
    REWORDING = "rewording"
    EDITORIAL = "editorial"


Named = tuple[EditKind, str, str]
"""A kind with the words that have changed."""


class Effect(StrEnum):
    """What an edit does to people: to the powers over them, or to what protects them; unclear where neither shows."""

    LESS_PROTECTION = "less_protection"
    MORE_POWER = "more_power"
    MORE_PROTECTION = "more_protection"
    LESS_POWER = "less_power"
    UNCLEAR = "unclear"

    @property
    def grave(self) -> bool:
        """Whether people are worse off."""
        return self in (Effect.LESS_PROTECTION, Effect.MORE_POWER)


class Status(StrEnum):
    """What a sentence lays down: that something is required and so on, ruled out, or the case."""

    MUST = "must"
    SHOULD = "should"
    MAY = "may"
    DESCRIPTIVE = "descriptive"
    DENIED = "denied"


PROTECTING = frozenset({EditKind.PROTECTION_REMOVED, EditKind.PROTECTION_ADDED})
BURDENING = frozenset({EditKind.BURDEN_REMOVED, EditKind.BURDEN_ADDED})
SAME_RULE = frozenset({EditKind.PERIOD, EditKind.NUMBER, EditKind.REWORDING, EditKind.EDITORIAL})
"""Kinds that leave the rule as it was, where they do not bear."""


@dataclass(frozen=True, slots=True)
class SentenceEdit:
    """What kind of change it is.

    Attributes:
        old: The words that have changed, as the old text has them; empty where words have come.
        new: The same of the new text.
        old_sentence: Around them.
        bears: Whether it changes what somebody must, may or must not do, in a matter that concerns people.
        plain: Whether it is sure to matter to people; else it comes behind those that are.
        status: What the sentence lays down before and after, where it is in both texts.
    """

    kind: EditKind
    old: str
    new: str
    old_sentence: str
    new_sentence: str
    bears: bool
    effect: Effect = Effect.UNCLEAR
    status: tuple[Status, Status] | None = None
    plain: bool = True
