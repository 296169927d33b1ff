"""Searching without regard to case: in lower case, which takes less than half the time of patterns for any case."""

import re

_ESCAPE = re.compile(r"\\.|[^\\]+")
_FLAGS = re.compile(r"\(\?[aiLmsux-]")
_ODD = re.compile("[\u0130\u0131\u017f\u212a]")
"""Letters that count as ASCII letters in any case. Source: the tables of Python's `re` for IGNORECASE."""


def lower(text: str) -> str | None:
    """Return a text in lower case, each letter in its place; None where a pattern could find other words in it."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) and (text.isascii() or not _ODD.search(text)) else None


def lower_pattern(source: str) -> re.Pattern[str] | None:
    """Return a pattern that finds in `lower` of a text what `source` finds in the text in any case; None if none does.

    Flags within the source have no place here, and letters with a case must be those of ASCII.
    """
    if _FLAGS.search(source) or any(letter.lower() != letter.upper() and not letter.isascii() for letter in source):
        return None
    return re.compile("".join(part if part[0] == "\\" else part.lower() for part in _ESCAPE.findall(source)))
