"""salience.toml, typed, and the weights by which passages and sentences are salient."""

import re
from dataclasses import dataclass
from functools import cache, partial
from hashlib import sha256

from impact.trait_weights import TraitSign, shipped_weights
from impact.typed import Pattern, loader

SENTENCES = "sentences"
"""Name of the weights by which the sentence of a passage is chosen; the others are those of the ways of judging."""


@dataclass(frozen=True, slots=True)
class SalienceWords:
    """All of salience.toml, see there."""

    words: dict[str, tuple[str, ...]]
    headings: dict[str, Pattern]
    leaning: tuple[str, ...]


PROTECTION = {"model": "model-protection", "fast": "fast-protection"}
"""Name of the weights by which it is told what protects people, by way of judging; a way without a network has none."""

library = loader(SalienceWords, "impact.salience", "salience.toml")

weights = partial(shipped_weights, "salience")
"""Return the weights for a way of judging, or for `SENTENCES`; raises as `shipped_weights`."""


@cache
def lists() -> dict[str, re.Pattern[str]]:
    """Return by name what finds the words of each list, in any case."""
    return {name: _whole_words(lines) for name, lines in library().words.items()}


@cache
def leaning() -> re.Pattern[str]:
    """Return what matches the beginning of a sentence that leans on the one before it."""
    return _whole_words(library().leaning)


def heads_cases(heading: str) -> bool:
    """Return whether a heading announces examples or use cases, of which a section has several alike."""
    return library().headings["case"].search(heading) is not None


def _whole_words(lines: tuple[str, ...]) -> re.Pattern[str]:
    spaced = (line.replace(" ", r"\s+") for line in lines)
    return re.compile("|".join(rf"\b(?:{line})\b" for line in spaced), re.IGNORECASE)


def digest(way: str) -> str:
    """Return what decides which passages are salient in a way of judging, as a digest; raises as `weights`."""
    patterns = {**library().headings, **lists(), "leaning": leaning()}
    signs = [TraitSign(name, "salience", pattern) for name, pattern in patterns.items()]
    names = (way, SENTENCES, *([PROTECTION[way]] if way in PROTECTION else []))
    return sha256(" ".join(weights(name).digest(signs) for name in names).encode()).hexdigest()
