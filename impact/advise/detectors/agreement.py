"""How likely a careful reader is to agree with what a review says of a clause because of a detector's match.

A detector knows words; a clause may have them in another sense, of a thing that concerns no person, or in an account of
what others do. The weights were fitted to entries that readers judged: models/entries/README.md.
"""

from dataclasses import dataclass
from functools import partial
from math import log1p
from typing import Literal, NamedTuple

from impact.advise.detectors.library import Detector
from impact.advise.detectors.search import Detection
from impact.records import ASIDES, Assessment, LabelOdds, Strength
from impact.trait_weights import Traits, TraitSign, shipped_weights
from impact.typed import Pattern, loader

UNLIKELY = -8.0
"""Log odds of a label that a detector is near to, where it is near to none. Source: as in models/heads."""


@dataclass(frozen=True, slots=True)
class EntrySign:
    """A sign that a match is worth saying, or is not; see traits.toml."""

    name: str
    place: Literal["headings", "sentence", "clause", "words"]
    pattern: Pattern


@dataclass(frozen=True, slots=True)
class EntrySigns:
    """All of traits.toml, in its order."""

    sign: tuple[EntrySign, ...]


signs = loader(EntrySigns, "impact.advise.detectors", "traits.toml")

weights = partial(shipped_weights, "entries")
"""Return the weights for a way of judging, see `impact.records.Outlook`; raises as `shipped_weights`."""


def entries_digest(way: str) -> str:
    """Return what decides which entries are said in a way of judging, as a digest; raises as `weights`."""
    return weights(way).digest(TraitSign(sign.name, sign.place, sign.pattern) for sign in signs().sign)


class TextProfile(NamedTuple):
    """What a whole document tells about each match in it.

    Attributes:
        text: Of the document.
        clauses: Number of assessed clauses.
        traits: Those that all its matches share.
    """

    text: str
    clauses: int
    traits: Traits


def profile_of(assessment: Assessment) -> TextProfile:
    """Return the profile of a document: how many of its clauses speak of people, and how long it is."""
    text = assessment.document.text
    pieces = [clause.span.of(text) for clause in assessment.clauses if clause.assessed]
    many = max(len(pieces), 1)
    shares = {
        f"text of {sign.name}": log1p(10 * sum(bool(sign.pattern.search(piece)) for piece in pieces) / many)
        for sign in signs().sign
        if sign.name in {"persons", "private matters"}
    }
    return TextProfile(text, many, {**shares, "length": log1p(many)})


def traits_of(
    profile: TextProfile, detector: Detector, detection: Detection, count: int, odds: LabelOdds | None
) -> Traits:
    """Return the traits of a match.

    Args:
        profile: Of its document.
        detector: Whose match it is.
        detection: The match.
        count: Clauses of the document in which the detector matches.
        odds: What a network makes of the clause; nothing is known of it where left out.
    """
    return {
        f"detector {detector.id}": 1.0,
        f"bearing {detector.bearing}": 1.0,
        **dict.fromkeys(sorted(_signs_of(profile.text, detection)), 1.0),
        **profile.traits,
        "matches": log1p(len(detection.evidence)),
        "recurrence": log1p(count),
        "share": count / profile.clauses,
        **(_of_labels(detector, odds) if odds else {}),
    }


def _of_labels(detector: Detector, odds: LabelOdds) -> Traits:
    """Return the highest log odds of any label, and of those that the detector is near to."""
    labels = [label for label in detector.labels if label in odds.proposed]
    return {
        "proposes any": max(odds.proposed.values()),
        "mentions any": max(odds.mentioned.values()),
        "proposes its own": max((odds.proposed[label] for label in labels), default=UNLIKELY),
        "mentions its own": max((odds.mentioned[label] for label in labels), default=UNLIKELY),
        "near no label": float(not labels),
    }


def _signs_of(text: str, detection: Detection) -> set[str]:
    """Return the signs that a clause, its headings and the words matched show, its kind and its strength."""
    clause = detection.clause
    places = {
        "headings": " > ".join(clause.headings),
        "sentence": clause.sentence_at(detection.evidence[0]).of(text),
        "clause": clause.span.of(text),
        "words": max((span.of(text) for span in detection.evidence), key=len),
    }
    shown = {sign.name for sign in signs().sign if sign.pattern.search(places[sign.place])}
    shown |= {"aside"} if clause.kind in ASIDES else set()
    shown |= {"hostile"} if detection.hostile else set()
    return shown if detection.strength is Strength.DESCRIPTIVE else shown | {str(detection.strength)}
