"""Dates as standards bodies write them, to ISO 8601 and no more precise than written."""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from impact.typed import load

YEAR = re.compile(r"(?:[1l]9|20)\d\d|[ -][6-9]\d(?!\d)")
"""A year, also one that a typewriter wrote with an l for a 1, as in "June l988"."""

ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")


@dataclass(frozen=True, slots=True)
class Dated:
    """A date: ISO 8601 (year, year-month or a whole date), and where it stands, 0-based and half-open."""

    iso: str
    start: int
    end: int


def find_date(text: str, start: int = 0) -> Dated | None:
    """Return the first date in `text` from `start` on; of a range of days the first day.

    "(11/2016)", "2021-07", "23 September - 4 October 2019", "May 18, 2020", "3rd April 2020", "15.06.2023",
    "15.VI.2019", "2019年9月23日" are dates; a year alone and a date that does not exist are none.
    """
    if not YEAR.search(text, start):
        return None
    best: Dated | None = None
    for pattern, build in _forms():
        for match in pattern.finditer(text, start):
            iso = build(match.groupdict())
            if iso is None:
                continue
            dated = Dated(iso, *match.span())
            if best is None or (dated.start, -dated.end) < (best.start, -best.end):
                best = dated
            break
    return best


@dataclass(frozen=True, slots=True)
class _Names:
    months: dict[str, tuple[str, ...]]
    abbreviations: dict[str, int]


@cache
def _months() -> dict[str, int]:
    names = load(_Names, "impact.describe", "dates.toml")
    months = {name: number for months in names.months.values() for number, name in enumerate(months, 1)}
    return {**months, **names.abbreviations}


@cache
def _forms() -> tuple[tuple[re.Pattern[str], Callable[[dict[str, str]], str | None]], ...]:
    """Return the written forms, each with what makes an ISO date of it."""
    names = "|".join(sorted(map(re.escape, _months()), key=len, reverse=True))
    day, dash = r"(?P<day>\d{1,2})(?:st|nd|rd|th|er)?", r"\s*[-\u2013\u2014]\s*"
    year = r"(?P<year>(?:[1l]9|20)\d\d)(?!\d)"
    month, other = rf"(?P<month>{names})\b\.?", rf"(?:{names})\b\.?"
    until = r"\d{1,2}(?:st|nd|rd|th)?"
    of = r"(?:\s+de\s+|\s+|-)"
    # The longest form first where two begin at the same place.
    written = (
        rf"(?<![\w.]){day}\s+{month}(?:\s+(?:19|20)\d\d)?{dash}{until}\s+{other},?\s+{year}",
        rf"(?<![\w.]){day}{dash}{until}{of}{month}{of},?\s*{year}",
        rf"(?<![\w.]){day}{of}{month},?{of}{year}",
        rf"\b{month}\s+{day}{dash}{other}\s+{until},?\s+{year}",
        rf"\b{month}\s+{day}{dash}{until},?\s+{year}",
        rf"\b{month}\s+{day},?\s+{year}",
        rf"(?<!\d\s)(?<!\d-)\b{month}(?:\s+de)?,?[\s-]+{year}",
        r"(?<![\w.])(?P<day>\d{1,2})[ -](?P<month>" + names + r")[ -](?P<short>[6-9]\d)(?!\d)",
    )
    figures = (
        r"(?<![\d/.-])(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?![\d-])",
        r"(?<![\d/.-])(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)(?![\d-])",
        r"(?<![\d/.-])(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>(?:19|20)\d\d)(?![\d.])",
        r"(?<![\d/.-])(?P<day>\d{1,2})\.(?P<roman>[IVX]+)\.(?P<year>(?:19|20)\d\d)(?![\d.])",
        r"\(\s*(?P<month>\d\d)/(?P<year>(?:19|20)\d\d)\s*\)",
        r"\(\s*(?P<year>(?:19|20)\d\d)/(?P<month>\d\d)\s*\)",
        r"(?P<year>(?:19|20)\d\d)\s*年\s*(?P<month>\d{1,2})\s*月(?:\s*(?P<day>\d{1,2})\s*日)?",
    )
    return tuple((re.compile(form, re.IGNORECASE), _iso) for form in (*written, *figures))


def _iso(parts: dict[str, str]) -> str | None:
    """Return the date made of named parts; None where no such day exists."""
    year = int(parts["year"].lower().replace("l", "1")) if parts.get("year") else 1900 + int(parts["short"])
    if parts.get("roman"):
        name = parts["roman"].lower()
        month = ROMAN.index(name) + 1 if name in ROMAN else 0
    else:
        month = int(parts["month"]) if parts["month"].isdigit() else _months()[parts["month"].lower()]
    if not 1 <= month <= 12:
        return None
    if not parts.get("day"):
        return f"{year:04}-{month:02}"
    day = int(parts["day"])
    return f"{year:04}-{month:02}-{day:02}" if 1 <= day <= monthrange(year, month)[1] else None
