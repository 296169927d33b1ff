"""Phrases that are data: lines in TOML, looked for in the words of a document."""

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from impact.casing import lower, lower_pattern
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
    return re.compile(_source(lines), re.IGNORECASE)


def _source(lines: tuple[str, ...]) -> str:
    loose = (_BLANK.sub(r"\\s+", _MAYBE.sub(r"\\s*", _IN_CLASS.sub(r"\\s", line))) for line in lines)
    return "|".join(rf"\b(?:{line})\b" for line in loose)


@lru_cache(maxsize=16)
def _lower(text: str) -> str | None:
    return lower(text)


@cache
def _lower_pattern_of(lines: tuple[str, ...]) -> re.Pattern[str] | None:
    """Return what finds in lower case what `pattern_of` finds in any; None where that is not sure."""
    return lower_pattern(_source(lines))


def places(lines: Iterable[str], text: str, span: Span) -> tuple[Span, ...]:
    """Return where any of the lines matches within `span` of `text`, in the order of the text, without overlaps."""
    wanted = tuple(lines)
    if not wanted:
        return ()
    lowered = _lower(text)
    pattern = None if lowered is None else _lower_pattern_of(wanted)
    matches = (
        pattern_of(wanted).finditer(text, span.start, span.end)
        if lowered is None or pattern is None
        else pattern.finditer(lowered, span.start, span.end)
    )
    return tuple([Span(*match.span()) for match in matches])


def meant(words: Iterable[str], unless: Iterable[str], text: str, span: Span) -> tuple[Span, ...]:
    """Return where words stand within a span, but for those that lie in words of another meaning (`unless`)."""
    other = tuple(unless)
    return tuple(place for place in places(words, text, span) if not _otherwise(other, text, place, span))


def _otherwise(unless: tuple[str, ...], text: str, word: Span, span: Span) -> bool:
    near = Span(max(span.start, word.start - _AROUND), min(span.end, word.end + _AROUND))
    return any(far.covers(word) for far in places(unless, text, near))
