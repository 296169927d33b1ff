"""From signals to words: how likely it is that two documents are one proposal, learned by bench/match.py."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from math import exp
from statistics import fmean

from impact.match.signals import Signals
from impact.match.sketch import Sketch
from impact.typed import loader

_REVISION = re.compile(r"(?:(?<=\d)r|[-_. (](?:r|rev|revision|v|version)[-_. ]?)\d[\d.]{0,9}\)?$")
_DRAFT = re.compile(r"^(draft-.{1,150})-\d\d$")
LONGEST_NUMBER = 200
"""Characters of a number that are looked at. Source: project judgment."""


@dataclass(frozen=True, slots=True)
class Visible:
    """The least that a reader must be able to see in the provisions."""

    copied: float
    partners: float


@dataclass(frozen=True, slots=True)
class Band:
    """A word for how strong a match is, see rule.toml."""

    word: str
    chance: float
    seen: tuple[Visible, ...]
    meaning: str


@dataclass(frozen=True, slots=True)
class DistanceBand:
    """A word for how near a document is that is no match, see rule.toml."""

    word: str
    chance: float
    meaning: str


@dataclass(frozen=True, slots=True)
class CitingBand:
    """What is said of documents of which one names the other, see rule.toml."""

    word: str
    copied: float
    meaning: str


@dataclass(frozen=True, slots=True)
class LikenessBand:
    """A word for how alike two provisions are, see rule.toml."""

    word: str
    ratio: float
    margin: float


@dataclass(frozen=True, slots=True)
class Crowd:
    """What many near documents take from the signals of each, see rule.toml."""

    first: int
    last: int
    clear: float
    usual: float
    most: float


@dataclass(frozen=True, slots=True)
class Confirming:
    """What partners that were read as the same rules, or as others, add to the chance, see rule.toml."""

    weight: float
    usual: float
    least: float
    copied: float
    documents: int


@dataclass(frozen=True, slots=True)
class Rule:
    """The whole of rule.toml; the best bands first."""

    weights: dict[str, float]
    crowd: Crowd
    confirming: Confirming
    strength: tuple[Band, ...]
    citing: CitingBand
    below: tuple[DistanceBand, ...]
    alike: tuple[LikenessBand, ...]


rule = loader(Rule, "impact.match", "rule.toml")


def chance(signals: Signals) -> float:
    """Return the chance, 0 to 1, that two documents are one proposal."""
    weights = dict(rule().weights)
    reached = weights.pop("bias") + sum(weight * getattr(signals, name) for name, weight in weights.items())
    if signals.confirmed is not None:
        reached += rule().confirming.weight * (signals.confirmed - rule().confirming.usual)
    return 1 / (1 + exp(-max(-60.0, min(60.0, reached))))


def surplus(distinct: Iterable[float]) -> float:
    """Return what to take from the signal `distinct` of each document of a library, since many are near; 0 for few.

    Args:
        distinct: The signal of all documents that were compared with one, in any order.
    """
    crowd = rule().crowd
    ranked = sorted((value for value in distinct if value < crowd.clear), reverse=True)[crowd.first - 1 : crowd.last]
    return min(max(fmean(ranked) - crowd.usual, 0.0), crowd.most) if ranked else 0.0


def strength(signals: Signals, likely: float) -> tuple[str, str] | None:
    """Return the word for how strong a match is and what it means; None where it is not to be shown.

    Args:
        signals: The signals, of which a word claims no more than a reader can see in the provisions.
        likely: The chance that they give, see `chance`.
    """
    for band in rule().strength:
        if likely >= band.chance and any(
            signals.copied >= visible.copied and signals.partners >= visible.partners for visible in band.seen
        ):
            return band.word, band.meaning
    return None


def carries(signals: Signals) -> bool:
    """Return whether a document that names another also carries so much of its wording that it may be its re-issue."""
    return signals.copied >= rule().citing.copied


def citing() -> tuple[str, str]:
    """Return the word for documents of which one names the other, and what it means."""
    return rule().citing.word, rule().citing.meaning


def distance(likely: float) -> tuple[str, str]:
    """Return the word for how near a document is that is no match, and what it means.

    Args:
        likely: As in `strength`.
    """
    return next((band.word, band.meaning) for band in rule().below if likely >= band.chance)


def weakest() -> str:
    """Return the word for the weakest match that is shown."""
    return rule().strength[-1].word


def alike(margin: float, ratio: float) -> str:
    """Return the word for how alike two provisions are.

    Args:
        margin: As in `Alignment.margins`.
        ratio: Likeness of their letters, 0 to 100.
    """
    return next(band.word for band in rule().alike if ratio >= band.ratio and margin >= band.margin)


def same_contribution(old: Sketch, new: Sketch) -> bool:
    """Return whether two documents say themselves that they are revisions of one: the same number, but for "R1"."""
    return bare_number(old.number) == bare_number(new.number) != ""


def bare_number(number: str) -> str:
    """Return a number in lower case without its revision; that of an Internet-Draft without its last two digits."""
    flat = " ".join(number[:LONGEST_NUMBER].lower().split())
    return _DRAFT.sub(r"\1", _REVISION.sub("", flat))
