"""Phrases that are data: lines in TOML, looked for in the words of a document."""

import re
from collections.abc import Iterable
from functools import cache

from impact.records import Span

_MAYBE, _BLANK = re.compile(r" \?"), re.compile(r" +")
_IN_CLASS = re.compile(r"(?<=\[-) (?=\])")
_AROUND = 120
"""Characters beside a word in which another meaning is looked for; no phrase of the data reaches further."""


@cache
def pattern_of(lines: tuple[str, ...]) -> re.Pattern[str]:
    r"""Return one pattern for all lines: regular expressions for whole words, in any case.

    A blank matches any white space, also over a line end, and " ?" none as well; `\b` is put around each line.
    """
    loose = (_BLANK.sub(r"\\s+", _MAYBE.sub(r"\\s*", _IN_CLASS.sub(r"\\s", line))) for line in lines)
    return re.compile("|".join(rf"\b(?:{line})\b" for line in loose), re.IGNORECASE)


def places(lines: Iterable[str], text: str, span: Span) -> tuple[Span, ...]:
    """Return where any of the lines matches within `span` of `text`, in the order of the text, without overlaps."""
    wanted = tuple(lines)
    if not wanted:
        return ()
    return tuple(Span(*match.span()) for match in pattern_of(wanted).finditer(text, span.start, span.end))


def meant(words: Iterable[str], unless: Iterable[str], text: str, span: Span) -> tuple[Span, ...]:
    """Return where words stand within a span, but for those that lie in words of another meaning (`unless`)."""
    other = tuple(unless)
    return tuple(place for place in places(words, text, span) if not _otherwise(other, text, place, span))


def _otherwise(unless: tuple[str, ...], text: str, word: Span, span: Span) -> bool:
    near = Span(max(span.start, word.start - _AROUND), min(span.end, word.end + _AROUND))
    return any(far.covers(word) for far in places(unless, text, near))
