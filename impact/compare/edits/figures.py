"""Figures and stretches of time, as numbers that can be compared."""

import re

_UNITS = {
    "second": 1, "minute": 60, "hour": 3_600, "day": 86_400, "night": 86_400, "week": 604_800, "fortnight": 1_209_600,
    "month": 2_629_800, "quarter": 7_889_400, "year": 31_557_600, "decade": 315_576_000,
}  # fmt: skip
_FIGURES = {
    "once": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "eighteen": 18,
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
    "hundred": 100,
}  # fmt: skip
_OFTEN = {
    "immediately": 0, "forthwith": 0, "promptly": 0, "instantly": 0, "hourly": 3_600, "daily": 86_400,
    "nightly": 86_400,
    "weekly": 604_800, "monthly": 2_629_800, "quarterly": 7_889_400, "annually": 31_557_600, "yearly": 31_557_600,
    "annual": 31_557_600, "indefinitely": 10**12, "permanently": 10**12,
}  # fmt: skip

_AT_ONCE = ("without delay", "without undue delay", "at once")


def figure(words: str) -> float | None:
    """Return the first figure that some words name."""
    for word in words.lower().replace(",", "").split():
        if re.fullmatch(r"\d+(?:\.\d+)?", word.strip(".;")):
            return float(word.strip(".;"))
        if word.strip(".;") in _FIGURES:
            return float(_FIGURES[word.strip(".;")])
    return None


def seconds(words: str) -> float | None:
    """Return how long a stretch of time is that some words name; a figure alone counts as it is."""
    bare = [word.strip(".,;") for word in words.lower().split()]
    often = next((_OFTEN[word] for word in bare if word in _OFTEN), None)
    if often is not None or any(phrase in words.lower() for phrase in _AT_ONCE):
        return float(often or 0)
    unit = next((_UNITS[word.removesuffix("s")] for word in bare if word.removesuffix("s") in _UNITS), None)
    count = figure(words)
    if unit is None:
        return count
    return (1 if count is None else count) * unit
