"""The detectors and the markers of stance, read from TOML."""

import re
from dataclasses import dataclass
from functools import cache

from impact.records import Bearing
from impact.typed import Pattern, Place, load, loader

FILES = ("network", "openness", "protection", "people")


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """What to look for: what a detector, or one of two clauses that do not go together, says.

    Attributes:
        near: Beginnings of lower-case words, one of which a sentence must have.
        patterns: Regular expressions for whole words.
        unless: What a match must not lie in.
        needs: What the sentence must say too, one of these; "@people" stands for `Stance.people`.
        never: What a clause must not say, unless it denies it.
        polar: Whether it counts only where the sentence does not deny it; left out, so do all but notes.
        of_scope: Whether it counts too where a sentence puts things out of scope.
        matches: Sentences that it finds; tested.
        misses: Sentences that it leaves alone; tested.
    """

    id: str
    near: tuple[str, ...]
    patterns: tuple[str, ...]
    matches: tuple[str, ...]
    misses: tuple[str, ...]
    unless: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    polar: bool | None = None
    of_scope: bool = False

    @property
    def affirmed(self) -> bool:
        """Whether it counts only where the sentence does not deny it."""
        return self.polar is not False


@dataclass(frozen=True, slots=True, kw_only=True)
class Detector(Side):
    """What to look for and what to say of it, see the head of network.toml.

    Attributes:
        guideline: Section of RFC 9620.
        labels: Mechanisms or safeguards of the taxonomy that it is nearest to.
        keep: What to ask first of a benefit whose words are not weak.
        serves: Who has the good of it: "people", or "system", which may be one that works against them.
        yields: Labels that say more: nothing is said of clauses in which one of them is firm.
    """

    name: str
    guideline: str
    bearing: Bearing
    says: str
    ask: str
    source: str
    labels: tuple[str, ...] = ()
    keep: str = ""
    serves: str = "people"
    yields: tuple[str, ...] = ()

    @property
    def affirmed(self) -> bool:
        """Whether it counts only where the sentence does not deny it."""
        return self.bearing is not Bearing.NOTE if self.polar is None else self.polar

    def __post_init__(self) -> None:
        if self.keep and self.bearing is not Bearing.BENEFIT:
            raise ValueError("only a benefit has something to keep")


@dataclass(frozen=True, slots=True)
class Stance:
    """Words that make a match mere talk.

    `names` are headings under which names and titles stand that say nothing; `pointers` are words of a sentence that
    only sends the reader elsewhere, and `entries` whole sentences that name something and where; `people` are words for
    persons and for what is theirs; `background` are headings of parts that lead in, `illustrating` words of
    headings of examples; `world` are words of what is common now or was once; see stance.toml.
    """

    scope: tuple[str, ...]
    names: tuple[str, ...]
    pointers: tuple[str, ...]
    entries: tuple[str, ...]
    people: tuple[str, ...]
    illustrating: Pattern
    world: Pattern
    within: Pattern
    subordinate: Pattern
    abbreviation: re.Pattern[str]
    background: Pattern


@dataclass(frozen=True, slots=True)
class _Detectors:
    detectors: dict[str, Detector]


@dataclass(frozen=True, slots=True)
class _Sides:
    sides: dict[str, Side]


@cache
def detectors() -> tuple[Detector, ...]:
    """Return the detectors, in the order of the guidelines."""
    detectors: dict[str, Detector] = {}
    for name in FILES:
        added = load(_Detectors, "impact.advise.detectors", f"{name}.toml").detectors
        for key in detectors.keys() & added.keys():
            Place(f"{name}.toml", f"detectors[{key}]").refuse("duplicate; another file has it already")
        detectors |= added
    return tuple(detectors.values())


@cache
def sides() -> tuple[Side, ...]:
    """Return the sides of the counters that are no detectors, in the order of the file; raises as `detectors`."""
    return tuple(load(_Sides, "impact.advise.detectors", "sides.toml").sides.values())


stance = loader(Stance, "impact.advise.detectors", "stance.toml")
