"""Days as letters give them."""

import re
from calendar import month_name
from datetime import UTC, datetime

from impact.present.cleaning import plain


def day(time: str) -> str:
    """Return the day of an ISO time, such as "29 November 2026"; the text, made plain, where it is no time."""
    try:
        at = datetime.fromisoformat(time)
    except ValueError:
        return plain(time)
    return f"{at.day} {at:%B %Y}"


def moment(time: str) -> str:
    """Return an ISO time with its hour in UTC, such as "29 November 2026, 14:05 UTC"; as `day` without a zone."""
    try:
        at = datetime.fromisoformat(time)
    except ValueError:
        return plain(time)
    if at.tzinfo is None:
        return day(time)
    in_utc = at.astimezone(UTC)
    return f"{day(in_utc.isoformat())}, {in_utc:%H:%M} UTC"


def written(date: str) -> str:
    """Return a date in full: "27 October 2017", "October 2017"; the text where it is no ISO date."""
    match = re.fullmatch(r"(?P<year>\d{4})-(?P<month>0[1-9]|1[0-2])(?:-(?P<day>\d\d))?", date)
    if match is None:
        return date
    days = f"{int(match['day'])} " if match["day"] else ""
    return f"{days}{month_name[int(match['month'])]} {match['year']}"
