"""Whether provisions that are partners lay down the same rules, as the network for changes reads them."""

from dataclasses import replace

from impact.classify.networks.changes import load
from impact.match.signals import FEWEST, Alignment, Signals
from impact.match.sketch import Sketch

ASKED = 8
"""Pairs of partners that are read, the likest first. Source: project judgment; a pair takes a tenth of a second."""


def confirmed(evidence: Signals, old: Sketch, new: Sketch, alignment: Alignment) -> Signals:
    """Return the signals with how likely the likest partners are the same rules; as they are of fewer than `FEWEST`.

    Raises:
        MissingError: If the network is absent or cannot be used.
    """
    pairs = alignment.pairs[:ASKED]
    if len(pairs) < FEWEST:
        return evidence
    chances = [load().change(old.provisions[row].text, new.provisions[column].text).same for row, column in pairs]
    return replace(evidence, confirmed=sum(chances) / len(chances))
