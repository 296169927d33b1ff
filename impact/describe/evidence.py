"""Which body a document comes from, weighed by evidence of all families and never by the first hit."""

from dataclasses import dataclass
from typing import Literal

from impact.describe.front import Front
from impact.typed import Pattern, loader

THRESHOLD = 4
"""Weight from which on a family is taken. Source: project judgment; see evidence.toml."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One sign of a family; fields as described in evidence.toml."""

    pattern: Pattern
    weight: int
    within: int = 40
    kind: Literal["line", "property", "name"] = "line"


_families = loader(dict[str, dict[str, tuple[Evidence, ...]]], "impact.describe", "evidence.toml")


def family_of(front: Front) -> str:
    """Return the name of the family with the most evidence; "" where none has enough, or two have the same."""
    weights = sorted(weigh(front).items(), key=lambda entry: -entry[1])
    (best, most), (_, second) = weights[:2]
    return best if most >= THRESHOLD and most > second else ""


def weigh(front: Front) -> dict[str, int]:
    """Return the weight of the evidence for each family."""
    texts = [line.text for line in front.lines]
    metadata = [f"{name}={value}" for name, value in front.properties.items()]
    sources = {"line": texts, "property": metadata, "name": [front.stem]}
    return {
        name: sum(sign.weight for sign in family["evidence"] if _occurs(sign, sources[sign.kind]))
        for name, family in _families().items()
    }


def _occurs(sign: Evidence, texts: list[str]) -> bool:
    return any(sign.pattern.match(text) for text in texts[: sign.within])
