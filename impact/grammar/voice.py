"""Who speaks in a sentence: the document lays down its own rule, or it talks of anything else."""

import re
from dataclasses import dataclass
from functools import cache

from impact.grammar.facts import Facts
from impact.grammar.values import Certainty, Trait, Voice
from impact.typed import Pattern, load

_ANY = re.compile("")


@dataclass(frozen=True, slots=True)
class Sign:
    """What speaks for one voice.

    Attributes:
        weight: Above zero for the document's own rule, below for talk.
        all: Facts that must hold together, "kind=value" or "kind=value|other value".
        pattern: What must stand in the sentence.

    Raises:
        ValueError: If it asks for nothing.
    """

    name: str
    weight: float
    all: tuple[str, ...] = ()
    pattern: Pattern = _ANY

    def __post_init__(self) -> None:
        if not self.all and self.pattern == _ANY:
            raise ValueError(f"sign {self.name!r} asks for nothing")

    def holds(self, text: str, facts: Facts) -> bool:
        """Return whether the sign is there."""
        if not self.pattern.search(text):
            return False
        wanted = (fact.partition("=") for fact in self.all)
        return all(not facts.get(kind, frozenset()).isdisjoint(values.split("|")) for kind, _, values in wanted)


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Sums of weights from which a voice is said, and from which it is sure."""

    unsure: float
    sure: float


@dataclass(frozen=True, slots=True)
class Signs:
    """All signs of who speaks."""

    certainty: Thresholds
    sign: dict[str, Sign]


def voice_of(text: str, facts: Facts) -> Trait[Voice]:
    """Return who speaks, with how sure that is."""
    signs = _signs()
    total = sum(sign.weight for sign in signs.sign.values() if sign.holds(text, facts))
    if abs(total) < signs.certainty.unsure:
        return Trait(None, Certainty.ABSTAIN)
    sure = Certainty.SURE if abs(total) >= signs.certainty.sure else Certainty.UNSURE
    return Trait(Voice.OWN_RULE if total > 0 else Voice.TALK, sure)


@cache
def _signs() -> Signs:
    return load(Signs, "impact.grammar", "voice.toml")
