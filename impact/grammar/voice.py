"""Who speaks in a sentence: the document lays down its own rule, or it talks of anything else."""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from impact.grammar.facts import Facts
from impact.grammar.values import Certainty, Surroundings, Trait, Voice
from impact.grammar.wording import lean
from impact.paths import shelf, weights_of
from impact.typed import Pattern, load

_ANY = re.compile("")


@dataclass(frozen=True, slots=True)
class Sign:
    """What speaks for one voice.

    Attributes:
        weight: As it is judged; above zero for the document's own rule, below for talk. Labels correct it.
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
class VoiceSigns:
    """All signs of who speaks, by name."""

    sign: dict[str, Sign]


@dataclass(frozen=True, slots=True)
class VoiceWeights:
    """What labeled sentences taught: log odds that the document lays down its own rule are a weighted sum.

    Attributes:
        bias: What the sum begins with.
        judged: Factor of the judged weights of the signs that hold.
        signs: What is added to the judged weight of a sign; nothing for one that was never fitted.
        sentence: Weights of the terms of the sentence.
        clause: Weights of the terms of its clause.
        title: Weights of the terms of the title.
        unsure: Log odds, either way, from which a voice is said.
        sure: Log odds, either way, from which it is sure.
    """

    bias: float
    judged: float
    signs: Mapping[str, float]
    sentence: Mapping[str, float]
    clause: Mapping[str, float]
    title: Mapping[str, float]
    unsure: float
    sure: float


def signs_of(text: str, facts: Facts) -> frozenset[str]:
    """Return the names of the signs that a sentence has."""
    return frozenset(name for name, sign in signs().items() if sign.holds(text, facts))


def judged(names: frozenset[str]) -> float:
    """Return the judged weights of signs, summed."""
    return sum(signs()[name].weight for name in sorted(names))


def voice_of(sentence: str, names: frozenset[str], around: Surroundings) -> Trait[Voice]:
    """Return who speaks, with how sure that is, by the signs of a sentence and the words in and around it.

    A sentence without a clause is its own.
    """
    weights = _weights()
    odds = weights.bias + weights.judged * judged(names) + sum(weights.signs.get(name, 0.0) for name in sorted(names))
    odds += lean(sentence, weights.sentence) + lean(around.clause or sentence, weights.clause)
    odds += lean(around.title, weights.title)
    if abs(odds) < weights.unsure:
        return Trait(None, Certainty.ABSTAIN)
    sure = Certainty.SURE if abs(odds) >= weights.sure else Certainty.UNSURE
    return Trait(Voice.OWN_RULE if odds > 0 else Voice.TALK, sure)


@cache
def signs() -> Mapping[str, Sign]:
    """Return all signs, by name."""
    return load(VoiceSigns, "impact.grammar", "voice.toml").sign


@cache
def digest() -> str:
    """Return the SHA-256 of the weights as they were loaded, hexadecimal; raises as `load_weights`."""
    return sha256(json.dumps(asdict(_weights()), sort_keys=True).encode()).hexdigest()


@cache
def _weights() -> VoiceWeights:
    return load_weights(shelf("models") / "voice" / "voice.json")


def load_weights(path: Path) -> VoiceWeights:
    """Load weights that `models/voice/fit.py` wrote.

    Raises:
        MissingError: If they are absent or cannot be used.
    """
    return weights_of(VoiceWeights, path, "the voice", "models/voice/fit.py")
