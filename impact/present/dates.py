"""Days as letters give them."""

from datetime import datetime

from impact.present.cleaning import plain


def day(time: str) -> str:
    """Return the day of an ISO time, such as "29 November 2026"; the text, made plain, where it is no time."""
    try:
        at = datetime.fromisoformat(time)
    except ValueError:
        return plain(time)
    return f"{at.day} {at:%B %Y}"
