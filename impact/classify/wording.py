"""The words and patterns of wording.toml."""

import re
from dataclasses import dataclass

from impact.typed import Pattern, loader


@dataclass(frozen=True, slots=True)
class EvidenceWords:
    """What tells which words carried a label, see wording.toml."""

    pointing: frozenset[str]
    generic: frozenset[str]
    types: frozenset[str]
    between: re.Pattern[str]
    denying: Pattern


@dataclass(frozen=True, slots=True)
class ApartWords:
    """Words by which a clause protects no person, or does something to nobody, see wording.toml."""

    label: str
    about: Pattern
    unless: Pattern


@dataclass(frozen=True, slots=True)
class OwnActs:
    """Labels that items of a list do not have whose stem says that people may do what follows, see wording.toml."""

    labels: frozenset[str]
    stem: Pattern


@dataclass(frozen=True, slots=True)
class Wording:
    """All of wording.toml."""

    deniable: frozenset[str]
    limited: Pattern
    condition: Pattern
    consequence: Pattern
    unanswered: Pattern
    undoing: dict[str, Pattern]
    apart: tuple[ApartWords, ...]
    own_acts: OwnActs
    evidence: EvidenceWords


wording = loader(Wording, "impact.classify", "wording.toml")
