"""Text as a model sees and quotes it: runs of white space become one space, invisible characters vanish."""

import unicodedata
from functools import cache

from impact.records import Span

_VARIATION = ("\ufe00", "\ufe0f"), ("\U000e0100", "\U000e01ef")
"""First and last of the characters that vary the one before them; unseen instructions can be written in them."""


def legible(text: str) -> str:
    """Return a text without invisible characters, with single spaces and none at its ends."""
    return _legible(text)[0]


def find(quote: str, text: str, span: Span) -> Span | None:
    """Return where a quote first stands within a span of a text, word for word up to white space; None if nowhere.

    A quote must have substance: letters or digits that take four bytes of UTF-8, two Chinese characters or four
    Latin letters. Source: project judgment.
    """
    wanted = legible(quote)
    if len("".join(filter(str.isalnum, wanted)).encode()) < 4:
        return None
    seen, places = _legible(span.of(text))
    start = seen.find(wanted)
    if start < 0:
        return None
    return Span(span.start + places[start], span.start + places[start + len(wanted) - 1] + 1)


@cache
def _unseen(character: str) -> bool:
    varies = any(first <= character <= last for first, last in _VARIATION)
    return varies or (unicodedata.category(character)[0] == "C" and not character.isspace())


def _legible(text: str) -> tuple[str, list[int]]:
    """Return the legible text, and for each of its characters its 0-based place in the text."""
    seen: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        if _unseen(character):
            continue
        if not character.isspace():
            seen.append(character)
            places.append(place)
        elif seen and seen[-1] != " ":
            seen.append(" ")
            places.append(place)
    while seen and seen[-1] == " ":
        seen.pop()
        places.pop()
    return "".join(seen), places
