"""From signals to words: how likely it is that two documents are one proposal, learned by bench/match.py."""

import re
import tomllib
from dataclasses import asdict
from functools import cache
from importlib.resources import files
from math import exp
from typing import Any

from impact.match.signals import Signals
from impact.match.sketch import Sketch

_REVISION = re.compile(r"[-_. ]*\(?\b(?:r|rev|revision|v|version|ed)[-_. ]*\d[\d.]*\)?$|(?<=\w)-\d\d$", re.IGNORECASE)


@cache
def rule() -> dict[str, Any]:
    """Return rule.toml, read once; not to be changed."""
    return dict(tomllib.loads(files("impact.match").joinpath("rule.toml").read_text("utf-8")))


def chance(found: Signals) -> float:
    """Return the chance, 0 to 1, that two documents are one proposal."""
    weights = rule()["weights"]
    reached = weights["bias"] + sum(weights[name] * value for name, value in asdict(found).items())
    return 1 / (1 + exp(-max(-60.0, min(60.0, reached))))


def strength(found: Signals) -> tuple[str, str] | None:
    """Return the word for how strong a match is and what it means; None where it is not to be shown."""
    for band in rule()["strength"]:
        if found.copied >= band["copied"] and chance(found) >= band["chance"]:
            return band["word"], band["meaning"]
    return None


def weakest() -> str:
    """Return the word for the weakest match that is shown."""
    return str(rule()["strength"][-1]["word"])


def alike(nearness: float, ratio: float) -> str:
    """Return the word for how alike two clauses are.

    Args:
        nearness: As in `Alignment.nearness`.
        ratio: Likeness of their letters, 0 to 100.
    """
    fits = (band for band in rule()["alike"] if ratio >= band["ratio"] and nearness >= band["nearness"])
    return str(next(fits)["word"])


def same_contribution(one: Sketch, other: Sketch) -> bool:
    """Return whether two documents say themselves that they are revisions of one: the same number, but for "R1"."""
    numbers = [_REVISION.sub("", " ".join(each.number.lower().split())) for each in (one, other)]
    return bool(numbers[0]) and numbers[0] == numbers[1]
