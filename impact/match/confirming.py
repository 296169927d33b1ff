"""Whether provisions that are partners lay down the same rules, as the network for changes reads them."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from impact.classify.networks.changes import load
from impact.match.signals import FEWEST, Alignment, Signals
from impact.match.sketch import Sketch

ASKED = 8
"""Pairs of partners that are read, the likest first. Source: project judgment; a pair takes a tenth of a second."""

READERS = 4
"""Pairs that are read at a time, of which a machine with fewer cores loses nothing. Source: project judgment."""


def confirmed(evidence: Signals, old: Sketch, new: Sketch, alignment: Alignment) -> Signals:
    """Return the signals with how likely the likest partners are the same rules; as they are of fewer than `FEWEST`.

    Raises:
        MissingError: If the network is absent or cannot be used.
    """
    pairs = alignment.pairs[:ASKED]
    if len(pairs) < FEWEST:
        return evidence
    network = load()

    def chance(pair: tuple[int, int]) -> float:
        row, column = pair
        return network.change(old.provisions[row].text, new.provisions[column].text).same

    with ThreadPoolExecutor(READERS) as readers:  # the network computes without holding the interpreter
        chances = list(readers.map(chance, pairs))
    return replace(evidence, confirmed=sum(chances) / len(chances))
