"""Which matches of detectors are worth saying: those that a careful reader is likely to agree with."""

from collections.abc import Iterator

from impact.advise.context import Context
from impact.advise.detectors.agreement import profile_of, traits_of, weights
from impact.advise.detectors.library import detectors
from impact.advise.detectors.search import Detection
from impact.advise.guidelines.detector_points import granting
from impact.records import Outlook
from impact.trait_weights import Traits

LEAST = 0.8
"""Chance of agreement from which a review says what a detector matches. Source: models/entries/README.md."""


def worth_saying(context: Context) -> dict[str, tuple[Detection, ...]]:
    """Return by detector the matches that a careful reader is likely to agree with; all where there is no outlook."""
    if context.outlook is None:
        return granting(context)
    agreement = weights(context.outlook.way)
    likely: dict[str, tuple[Detection, ...]] = {}
    for name, match, traits in weighed(context, context.outlook):
        if agreement.chance(traits) >= LEAST:
            likely[name] = (*likely.get(name, ()), match)
    return likely


def weighed(context: Context, outlook: Outlook) -> Iterator[tuple[str, Detection, Traits]]:
    """Yield what `granting` leaves, with the id of its detector and what speaks for and against it."""
    detections, profile = granting(context), profile_of(context.whole)
    for detector in detectors():
        count = len(context.detections.get(detector.id, ()))
        for match in detections.get(detector.id, ()):
            yield detector.id, match, traits_of(profile, detector, match, count, outlook.odds(match.clause))
