"""Numbered clauses that follow each other without a blank line between them."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from impact.extract.text.lines import SourceLine

_CLAUSE = re.compile(r"(\d{1,3}(?:\.\d{1,3}){1,5})(?:bis|ter|[A-Za-z])?\.?[ \t\xa0]+(?=[^\W\d_]|[\"'(\u201c\u2018])")
_TITLE = re.compile(r"(\d{1,3}(?:\.\d{1,3}){0,4})\.?[ \t\xa0]+(?=[^\W\d_])")
_ENDED = re.compile(r"[.:;?!][)\"'\u201d\u2019]?\Z")
_TITLE_LENGTH = 80
"""Characters up to which the line above the first clause is its title. Source: project judgment, as for headings."""


def numbered_runs(chunk: Sequence[SourceLine]) -> Iterator[tuple[list[SourceLine], bool]]:
    """Yield a run of lines cut at the clauses in it, and below a title above them; whole where it holds none.

    With each comes whether it surely is a clause, and no title with a number.

    A clause begins with a number of two parts and more, at the indent of the run, behind the end of a sentence, and
    its number comes after those before it. A list of titles, as of contents, has no such ends.
    """
    starts = _starts(chunk)
    if not starts:
        yield list(chunk), False
        return
    for start, end in pairwise(sorted({0, *starts, len(chunk)})):
        yield list(chunk[start:end]), start in starts and bool(_ENDED.search(chunk[end - 1].text))


def _starts(chunk: Sequence[SourceLine]) -> list[int]:
    starts: list[int] = []
    last: tuple[int, ...] = ()
    for index, line in enumerate(chunk):
        match = _CLAUSE.match(line.text) if line.indent == chunk[0].indent else None
        if match is None:
            continue
        number = tuple(int(part) for part in match[1].split("."))
        before = chunk[index - 1].text if index else ""
        fits = not index or bool(_ENDED.search(before)) or (index == 1 and _entitles(before, number))
        if fits and number >= last:
            starts.append(index)
            last = number
    return starts if any(starts) else []


def _entitles(text: str, number: tuple[int, ...]) -> bool:
    """Return whether a line is the title above the clause with this number."""
    match = _TITLE.match(text) if len(text) < _TITLE_LENGTH else None
    return match is not None and tuple(int(part) for part in match[1].split(".")) == number[:-1]
