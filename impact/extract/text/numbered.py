"""Numbered clauses that follow each other without a blank line between them."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from impact.extract.text.lines import SourceLine
from impact.extract.text.marks import looks_prose

_CLAUSE = re.compile(
    r"(\d{1,3}(?:\.\d{1,3}){1,5})(?:-?(?:bis|ter|quater)|[A-Za-z])?\.?[ \t\xa0]+(?=[^\W\d_]|[\"'(\u201c\u2018])"
)
_TITLE = re.compile(r"(\d{1,3}(?:\.\d{1,3}){0,4})\.?[ \t\xa0]+(?=[^\W\d_])")
_ENDED = re.compile(r"[.:;?!][)\"'\u201d\u2019]?\Z")
_STOPS = (".", ".)", '."', ":", ";")
_WIDE = 0.75
"""Width of the first line of a clause, of its widest one, at the least. Source: project judgment."""
_TITLE_LENGTH = 80
"""Characters up to which the line above the first clause is its title. Source: project judgment, as for headings."""


def numbered_runs(chunk: Sequence[SourceLine]) -> Iterator[tuple[list[SourceLine], bool]]:
    """Yield a run of lines cut at the clauses in it and at the titles above them; whole where it holds none.

    With each comes whether it surely is a clause, and no title with a number.

    A clause begins with a number of two parts and more, at the indent of the first one, and its number comes after
    those before it; behind the end of a sentence, or with a capital where it is the very next one. A list of titles, as
    of contents, has no sentences: it is left as it is.
    """
    starts = _starts(chunk)
    if not starts:
        yield list(chunk), False
        return
    titles = [start - 1 for start in starts if start and _titled(chunk, start)]
    for start, end in pairwise(sorted({0, *starts, *titles, len(chunk)})):
        yield list(chunk[start:end]), start in starts and _closed(chunk, end)


def _closed(chunk: Sequence[SourceLine], end: int) -> bool:
    """Return whether the line before a place ends a sentence."""
    return bool(_ENDED.search(chunk[end - 1].text))


def _starts(chunk: Sequence[SourceLine]) -> list[int]:
    starts: list[int] = []
    last: tuple[int, ...] = ()
    indent = -1
    for index, line in enumerate(chunk):
        match = _CLAUSE.match(line.text) if indent in (-1, line.indent) else None
        if match is None:
            continue
        number = tuple(int(part) for part in match[1].split("."))
        fits = not index or _closed(chunk, index) or _titled(chunk, index)
        if number >= last and (fits or (_succeeds(last, number) and line.text[match.end() :][:1].isupper())):
            starts.append(index)
            last, indent = number, line.indent
    ends = [*starts[1:], len(chunk)]
    sure = any(_closed(chunk, end) for end in ends) if any(starts) else starts == [0] and _alone(chunk)
    return starts if sure else []


def _alone(chunk: Sequence[SourceLine]) -> bool:
    """Return whether a run that begins with a number is a clause and no title: running words up to a full stop.

    Its first line is as wide as those after it; a title above a paragraph mostly is not.
    """
    first, widest = chunk[0].text, max(len(line.text) for line in chunk)
    wide = len(chunk) == 1 or len(first) >= _WIDE * widest
    return looks_prose(first) and wide and chunk[-1].text.endswith(_STOPS)


def _succeeds(last: tuple[int, ...], number: tuple[int, ...]) -> bool:
    """Return whether a number is the next one on its level: 5.3 after 5.2."""
    return len(last) == len(number) and number == (*last[:-1], last[-1] + 1)


def _titled(chunk: Sequence[SourceLine], index: int) -> bool:
    """Return whether the line before a clause is its title: above the first one, else behind the end of a sentence."""
    title = _TITLE.match(chunk[index - 1].text) if len(chunk[index - 1].text) < _TITLE_LENGTH else None
    clause = _CLAUSE.match(chunk[index].text)
    if title is None or clause is None or not (index == 1 or _closed(chunk, index - 1)):
        return False
    return title[1].split(".") == clause[1].split(".")[:-1]
