"""How the words of a text lean: to a document's own rule, or to talk."""

import math
import re
from collections.abc import Mapping
from itertools import pairwise

_WORD = re.compile(r"[a-z]+(?:[-'][a-z]+)*")


def terms(text: str) -> frozenset[str]:
    """Return the words of a text and its pairs of neighboring words, in small letters."""
    words = _WORD.findall(text.lower())
    return frozenset(words).union(f"{first} {second}" for first, second in pairwise(words))


def lean(text: str, weights: Mapping[str, float]) -> float:
    """Return the weights of the terms of a text, summed and divided by the root of the number of its terms.

    Terms without a weight count too: words that tell nothing dilute those that do.
    """
    present = terms(text)
    return sum(sorted(weights[term] for term in present if term in weights)) / math.sqrt(max(len(present), 1))
