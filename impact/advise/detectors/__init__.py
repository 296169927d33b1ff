"""Detectors: clauses that bear on a guideline of RFC 9620 where the taxonomy does not reach, by patterns in TOML."""

from impact.advise.detectors.library import Detector, Side, detectors, sides, stance
from impact.advise.detectors.search import AssessedSentence, Detection, detected, sentences_of

__all__ = [
    "AssessedSentence",
    "Detection",
    "Detector",
    "Side",
    "detected",
    "detectors",
    "sentences_of",
    "sides",
    "stance",
]
