"""Figures and stretches of time: which words are part of one, and their value, to be compared."""

import re
from collections.abc import Sequence

from impact.compare.vocabulary import vocabulary
from impact.grammar.roles import RoleWord
from impact.numerals import IN_WORDS, value

_UNITS = {
    "second": 1, "minute": 60, "hour": 3_600, "day": 86_400, "night": 86_400, "week": 604_800, "fortnight": 1_209_600,
    "millisecond": 0.001, "ms": 0.001, "s": 1, "sec": 1, "min": 60, "h": 3_600, "hr": 3_600, "hrs": 3_600, "d": 86_400,
    "month": 2_629_800, "quarter": 7_889_400, "year": 31_557_600, "decade": 315_576_000,
}  # fmt: skip
_ORDINALS = {
    "first": 1, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10,
}  # fmt: skip
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
_YEAR = re.compile(r"(?:19|20)\d\d")
_CLOCK = re.compile(r"(?:[01]?\d|2[0-4])[:.][0-5]\d")
_BEFORE_DATE = frozenset({"in", "by", "until", "till", "from", "since", "before", "after", "of", "on", "during", "end"})
"""Words before the name of a month or the number of a year. Source: project judgment."""


def _figure(words: str) -> float | None:
    """Return the first figure that some words name."""
    number = _NUMBER.search(words.lower().replace(",", ""))
    if number is None:
        return next((_ORDINALS[word] for word in re.findall(r"[a-z]+", words.lower()) if word in _ORDINALS), None)
    return float(number[0]) if number[0][0].isdigit() else float(1 if number[0] == "once" else value(number[0]))


def seconds(words: str) -> float | None:
    """Return how long a stretch of time is that some words name; a figure alone counts as it is.

    None where a figure was not read: "several days", "half an hour".
    """
    bare = [word for part in words.lower().split() for word in part.strip(".,;()").split("-")]
    often = next((_OFTEN[word] for word in bare if word in _OFTEN), None)
    if often is not None or any(phrase in words.lower() for phrase in _AT_ONCE):
        return float(often or 0)
    at = next((at for at, word in enumerate(bare) if _unit(word) in _UNITS), None)
    count = _figure(words)
    if at is None:
        return count
    if count is None and not _is_single(bare, at):
        return None
    return (1 if count is None else count) * _UNITS[_unit(bare[at])]


def _unit(word: str) -> str:
    return word if word in _UNITS else word.removesuffix("s")


def _is_single(words: Sequence[str], at: int) -> bool:
    """Return whether a unit stands for one of it: alone, or behind "each" and the like, and not "twice a day"."""
    counted = any(word in vocabulary().numbers.counts for word in words)
    return not counted and (not at or words[at - 1] in _SINGLE)


def names_matter(words: Sequence[RoleWord], at: int) -> bool:
    """Return whether a unit of time names a matter and no stretch: "the month of birth"."""
    around = [word.lemma for word in (*words[max(0, at - 1) : at], *words[at + 1 : at + 2])]
    return around == ["the", "of"] and words[at].lemma in vocabulary().numbers.units


def figure_at(words: Sequence[RoleWord], at: int) -> str:
    """Return what kind of figure a word is by its neighbors: unit, measure, time, count, number; empty for none."""
    before = words[at - 1] if at else None
    after = words[at + 1] if at + 1 < len(words) else None
    found = {
        "unit": _timed(words[at], before),
        "measure": _measure(words[at], before),
        "time": _dated(words[at], before, after),
        "count": words[at].lemma == "once" and _often(after),
        "number": words[at].lemma == "quarter" and after is not None and after.lemma == "of",
    }
    return next((name for name, holds in found.items() if holds), "")


def _timed(word: RoleWord, before: RoleWord | None) -> bool:
    """Return whether a word behind a number is the sign of a unit of time: "ms"."""
    return _counted(before) and word.text.rstrip(".") in vocabulary().numbers.signs


def _measure(word: RoleWord, before: RoleWord | None) -> bool:
    """Return whether a word behind a number is a unit of something else than time: "km"."""
    lists = vocabulary().numbers.measures
    sign = word.text.strip("./")
    return _counted(before) and any(form in lists for form in (sign, sign.lower(), word.lemma))


def _counted(before: RoleWord | None) -> bool:
    return before is not None and (before.kind == "number" or before.text[-1:].isdigit())


def _dated(word: RoleWord, before: RoleWord | None, after: RoleWord | None) -> bool:
    """Return whether a word is a month, a day of the week, the number of a year or an hour of the day."""
    behind = before is not None and (before.lemma in _BEFORE_DATE or before.kind == "number" or _named(before))
    if word.text[:1].isupper() and word.text.lower() in vocabulary().numbers.calendar:
        return behind or (after is not None and after.text[:1].isdigit())
    return bool(behind and _YEAR.fullmatch(word.text)) or bool(_CLOCK.fullmatch(word.text) and ":" in word.text)


def _named(word: RoleWord) -> bool:
    return word.text[:1].isupper() and word.text.lower() in vocabulary().numbers.calendar


def _often(after: RoleWord | None) -> bool:
    return after is None or after.kind == "punctuation"
