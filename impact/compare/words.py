"""The judgment and the words of comparisons: compare.toml."""

from dataclasses import dataclass

from impact.compare.align import LinkKind
from impact.records import Level, Strength
from impact.typed import loader


@dataclass(frozen=True, slots=True)
class GravityTable:
    """Which change comes first, by what it does; the highest first."""

    finding: dict[str, dict[Level, int]]
    safeguard: dict[str, int]
    wording: dict[str, int]


@dataclass(frozen=True, slots=True)
class DurationWords:
    """What stretches of time in a clause are made of."""

    figures: tuple[str, ...]
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ComparisonWords:
    """The whole of compare.toml."""

    gravity: GravityTable
    limits: DurationWords
    kinds: dict[LinkKind, str]
    strength: dict[Strength, str]
    would: dict[Strength, str]
    finding: dict[str, str]
    doubt: dict[str, str]
    safeguard: dict[str, str]
    elsewhere: dict[str, str]
    wording: dict[str, str]


words = loader(ComparisonWords, "impact.compare", "compare.toml")
