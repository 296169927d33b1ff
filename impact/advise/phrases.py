"""Phrases that are data: lines in TOML, looked for in the words of a document."""

import re
from collections.abc import Iterable
from functools import cache

from impact.records import Span

_MAYBE, _BLANK = re.compile(r" \?"), re.compile(r" +")
_IN_CLASS = re.compile(r"(?<=\[-) (?=\])")


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
