"""The judgment and the words of comparisons: compare.toml."""

from dataclasses import dataclass

from impact.compare.align import LinkKind
from impact.compare.edits.edit import EditKind, Effect, Status
from impact.records import Level, Strength
from impact.typed import Blank, loader


@dataclass(frozen=True, slots=True)
class GravityTable:
    """Which change comes first, by what it does; the highest first.

    Attributes:
        least: That of a change that bears.
        labels_alone: The highest of a clause that was read and changes findings or safeguards and no rule about people.
    """

    finding: dict[str, dict[Level, int]]
    safeguard: dict[str, int]
    wording: dict[str, int]
    edit: dict[EditKind, dict[str, int]]
    least: int
    labels_alone: int


@dataclass(frozen=True, slots=True)
class EditWords:
    """How edits are told: by kind, with words gone, come or both; what was and is laid down; what that does."""

    names: dict[EditKind, str]
    counted: dict[EditKind, tuple[str, ...]]
    sentences: dict[EditKind, dict[str, str]]
    status: dict[Status, str]
    reversed: str
    words: str
    effects: dict[Effect, Blank]


@dataclass(frozen=True, slots=True)
class DurationWords:
    """What stretches of time in a clause are made of."""

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
    edits: EditWords


words = loader(ComparisonWords, "impact.compare", "compare.toml")
