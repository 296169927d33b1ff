"""Quantities of provisions, such as "90 days" or "64 groups": a re-issue in other words usually keeps them."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from impact.match.background import load
from impact.numerals import IN_WORDS, value

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_NUMBER = re.compile(rf"\d+(?:[.,\u00a0\u202f]\d+)*|\b(?:twice\b|{IN_WORDS})")
_THOUSANDS = re.compile(r"[,\u00a0\u202f](?=\d{3}(?!\d))")
_SAID_OFTEN = frozenset({"0", "1"})

REMEMBERED = 32_768
"""Provisions whose quantities are kept in memory: those of some 500 documents. Source: project judgment."""

LIGHTEST = 4.0
"""Least product of the lengths of two provisions' quantities: a common number in both is no evidence. Source:
bench/reissues.py."""


@lru_cache(REMEMBERED)
def quantities(text: str) -> frozenset[str]:
    """Return the numbers in a text as digits, without 0 and 1; "two" and "twice" are 2, and "1,600" is 1600."""
    return frozenset(map(_digits, _NUMBER.findall(text.lower()))) - _SAID_OFTEN


def agreement(old: Sequence[str], new: Sequence[str]) -> "NDArray[np.float32]":
    """Return the cosine, 0 to 1, of the quantities of each of some texts with each of others; rare ones weigh more."""
    import numpy as np

    sides = [[quantities(text) for text in texts] for texts in (old, new)]
    shared = sorted(frozenset().union(*sides[0]) & frozenset().union(*sides[1]))
    weight, column = load().rarity, {quantity: place for place, quantity in enumerate(shared)}
    tables, lengths = [], []
    for side in sides:
        table = np.zeros((len(side), len(shared)), np.float32)
        for row, row_quantities in enumerate(side):
            for quantity in row_quantities & column.keys():
                table[row, column[quantity]] = weight(quantity)
        tables.append(table)
        lengths.append(
            np.array(
                [sum(weight(quantity) ** 2 for quantity in row_quantities) ** 0.5 for row_quantities in side],
                np.float32,
            )
        )
    product = np.maximum(np.outer(*lengths), LIGHTEST)
    return np.asarray(tables[0] @ tables[1].T / product, np.float32)


def _digits(number: str) -> str:
    """Return a number as digits that is written in digits or in words."""
    if number[0].isdigit():
        return _THOUSANDS.sub("", number)
    return "2" if number == "twice" else str(value(number))
