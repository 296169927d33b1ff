"""Forms of English words that are one word."""

from functools import cache
from typing import Any


def stem(word: str) -> str:
    """Return the stem of a word in small letters: forms with one stem are one word ("records", "recording")."""
    stemmed: str = _stemmer().stemWord(word)
    return stemmed


def singular(noun: str) -> str:
    """Return a noun, or the last word of a term, in the singular, as far as its ending tells."""
    if noun.endswith("ies") and len(noun) > 4:
        return f"{noun[:-3]}y"
    return noun[:-1] if noun.endswith("s") and not noun.endswith("ss") else noun


@cache
def _stemmer() -> Any:
    from snowballstemmer import stemmer

    return stemmer("english")
