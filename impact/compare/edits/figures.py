"""Figures and stretches of time, as numbers that can be compared."""

import re
from collections.abc import Sequence

from impact.compare.vocabulary import vocabulary

_UNITS = {
    "second": 1, "minute": 60, "hour": 3_600, "day": 86_400, "night": 86_400, "week": 604_800, "fortnight": 1_209_600,
    "month": 2_629_800, "quarter": 7_889_400, "year": 31_557_600, "decade": 315_576_000,
}  # fmt: skip
_FIGURES = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19,
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_POWERS = {"hundred": 100, "thousand": 1_000, "million": 1_000_000}
_NAMES = "|".join(sorted((*_FIGURES, *_POWERS), key=len, reverse=True))
IN_WORDS = rf"(?:{_NAMES})(?:(?:-| and | )(?:{_NAMES}))*"
"""Pattern of a number in words, in small letters: "seventy-two", "one hundred and eighty"."""
_NUMBER = re.compile(rf"(?<![\w.])(?:\d+(?:\.\d+)?(?!\.?\w)|(?:once|{IN_WORDS})\b)")
_SINGLE = frozenset({"a", "an", "each", "every", "per", "the"})
"""Words before a unit that make one of it."""
_OFTEN = {
    "immediately": 0, "forthwith": 0, "promptly": 0, "instantly": 0, "hourly": 3_600, "daily": 86_400,
    "nightly": 86_400,
    "weekly": 604_800, "monthly": 2_629_800, "quarterly": 7_889_400, "annually": 31_557_600, "yearly": 31_557_600,
    "annual": 31_557_600, "indefinitely": 10**12, "permanently": 10**12,
}  # fmt: skip

_AT_ONCE = ("without delay", "without undue delay", "at once")


def figure(words: str) -> float | None:
    """Return the first figure that some words name."""
    number = _NUMBER.search(words.lower().replace(",", ""))
    if number is None:
        return None
    return float(number[0]) if number[0][0].isdigit() else float(_value(number[0]))


def _value(number: str) -> int:
    """Return a number that is written in words."""
    whole = part = 0
    for word in re.findall(r"[a-z]+", number.replace("once", "one")):
        if word in _FIGURES:
            part += _FIGURES[word]
        elif word in _POWERS and word != "hundred":
            whole, part = whole + max(part, 1) * _POWERS[word], 0
        elif word in _POWERS:
            part = max(part, 1) * _POWERS[word]
    return whole + part


def seconds(words: str) -> float | None:
    """Return how long a stretch of time is that some words name; a figure alone counts as it is.

    None where a figure was not read: "several days", "half an hour".
    """
    bare = [word for part in words.lower().split() for word in part.strip(".,;()").split("-")]
    often = next((_OFTEN[word] for word in bare if word in _OFTEN), None)
    if often is not None or any(phrase in words.lower() for phrase in _AT_ONCE):
        return float(often or 0)
    at = next((at for at, word in enumerate(bare) if word.removesuffix("s") in _UNITS), None)
    count = figure(words)
    if at is None:
        return count
    if count is None and not _is_single(bare, at):
        return None
    return (1 if count is None else count) * _UNITS[bare[at].removesuffix("s")]


def _is_single(words: Sequence[str], at: int) -> bool:
    """Return whether a unit stands for one of it: alone, or behind "each" and the like, and not "twice a day"."""
    counted = any(word in vocabulary().numbers.counts for word in words)
    return not counted and (not at or words[at - 1] in _SINGLE)
