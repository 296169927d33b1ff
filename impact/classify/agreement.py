"""How likely a careful reader is to agree with what the heads say of a clause.

The heads know words; a clause may have the words of a rule and be a definition, a sample message, a story or one entry
of a list. What the heads say is therefore weighed with where the clause appears, what it is made of, and how often the
document has powers. The weights were fitted to findings that readers judged: models/agreement/README.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import log1p
from pathlib import Path
from typing import Literal, NamedTuple

from impact.classify.heads import odds, together
from impact.classify.judging import Judged
from impact.paths import shelf, weights_of
from impact.records import ASIDES, Clause, ClauseKind, Strength
from impact.trait_weights import TraitSign, TraitWeights
from impact.typed import Pattern, load

FARTHEST = 6.0
"""Log odds, either way, beyond which a signal says no more. Source: project judgment."""


@dataclass(frozen=True, slots=True)
class AgreementSign:
    """A sign that a clause is not the rule it looks like.

    Attributes:
        place: What is searched: the headings above the clause, outermost first, or the clause.
    """

    name: str
    place: Literal["headings", "clause"]
    pattern: Pattern


@dataclass(frozen=True, slots=True)
class AgreementSigns:
    """All of signs.toml: labels that readers share less often than others of the same odds, and signs by name."""

    contested: tuple[str, ...]
    sign: dict[str, AgreementSign]


def traits_of_heads(judged: Judged, place: int, *, safeguard: bool) -> dict[str, float]:
    """Return the traits of a label, at its place in the order of the heads, that the heads know."""
    import numpy as np

    signals = np.clip(judged.signals[place], -FARTHEST, FARTHEST)
    chance = judged.chances[place]
    return {
        **{name: float(signal) for name, signal in zip(judged.names, signals, strict=True)},
        "chance": float(odds(chance)),
        "anything": float(together(judged.chances)),
        "likeliest": float(chance >= judged.chances.max()),
        "safeguard": float(safeguard),
    }


class PowerTally(NamedTuple):
    """What counts for the heads in all assessed clauses of a document.

    Attributes:
        clauses: Number of assessed clauses.
        powers: Number of those for which a mechanism counts.
        counts: Number of those for which each mechanism counts.
    """

    clauses: int
    powers: int
    counts: Mapping[str, int]


def traits_of_document(tally: PowerTally, label: str) -> dict[str, float]:
    """Return the traits of a label that the rest of its document knows; a safeguard has only the density of powers."""
    count = tally.counts.get(label, 0)
    return {"recurrence": log1p(count), "share": count / tally.clauses, "density": tally.powers / tally.clauses}


def traits_of_clause(clause: Clause, text: str) -> dict[str, float]:
    """Return the traits of a clause of a document with that text: its kind, its strength and its signs."""
    places = {"headings": " > ".join(clause.headings), "clause": clause.span.of(text)}
    found = {name for name, sign in signs().items() if sign.pattern.search(places[sign.place])}
    if clause.kind in ASIDES or clause.kind is ClauseKind.CODE:
        found.add("aside")
    if clause.strength is not Strength.DESCRIPTIVE:
        found.add(str(clause.strength))
    return dict.fromkeys(sorted(found), 1.0)


def traits_of_label(label: str) -> dict[str, float]:
    """Return that a label is contested, under its own name; nothing for others."""
    return {label: 1.0} if label in _contents().contested else {}


def signs() -> Mapping[str, AgreementSign]:
    """Return all signs, by name."""
    return _contents().sign


@cache
def _contents() -> AgreementSigns:
    return load(AgreementSigns, "impact.classify", "signs.toml")


def digest(way: str) -> str:
    """Return the SHA-256 of weights and signs, hexadecimal; raises as `weights`."""
    return weights(way).digest(TraitSign(name, sign.place, sign.pattern) for name, sign in signs().items())


@cache
def weights(way: str) -> TraitWeights:
    """Return the weights that ship with the program for a way of judging.

    Raises:
        MissingError: As `load_weights`.
    """
    return load_weights(shelf("models") / "agreement" / f"{way}.json")


def load_weights(path: Path) -> TraitWeights:
    """Load weights that `models/agreement/fit.py` wrote.

    Raises:
        MissingError: If they are absent or cannot be used.
    """
    return weights_of(TraitWeights, path, "agreement", "models/agreement/fit.py")
