"""Which body a document comes from, weighed by evidence of all families and never by the first hit."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from impact.describe.front import Front

THRESHOLD = 4
"""Weight from which on a family is taken. Source: project judgement; see evidence.toml."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One sign of a family; fields as described in evidence.toml."""

    pattern: re.Pattern[str]
    weight: int
    within: int
    kind: str


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
        family: sum(sign.weight for sign in signs if _seen(sign, sources[sign.kind]))
        for family, signs in _families().items()
    }


def _seen(sign: Evidence, texts: list[str]) -> bool:
    return any(sign.pattern.match(text) for text in texts[: sign.within])


@cache
def _families() -> dict[str, tuple[Evidence, ...]]:
    """Return the signs of each family, in the order of the file."""
    data = tomllib.loads((Path(__file__).parent / "evidence.toml").read_text("utf-8"))
    return {family: tuple(map(_evidence, table["evidence"])) for family, table in data.items()}


def _evidence(entry: dict[str, str | int]) -> Evidence:
    pattern = re.compile(str(entry["pattern"]), re.IGNORECASE)
    return Evidence(pattern, int(entry["weight"]), int(entry.get("within", 40)), str(entry.get("kind", "line")))
