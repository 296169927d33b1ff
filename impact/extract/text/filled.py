"""Paragraphs of filled text that follow each other without a blank line between them.

In filled text a line takes as many words as fit. A line ends early only where its paragraph does.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from impact.extract.text import marks
from impact.extract.text.lines import SourceLine

_NARROW, _BROAD = 50, 100
"""Columns between which the width of filled text lies. Source: project judgment; RFC 7994 has 72, editors 80."""
_FULL, _PAIRS = 0.9, 12
"""Share of lines amid a sentence that have no room for the next word, and how many such lines show that a text is
filled. Source: project judgment."""
_OUTLIERS = 0.03
"""Share of lines that may be wider, such as web addresses. Source: project judgment."""
_LONG, _PARTS = 10, 3
"""Lines of a run that holds several paragraphs, and paragraphs that show it, at least.

Source: project judgment; in RFCs, which set blank lines between paragraphs, a sentence now and then ends a line early.
"""
_CLEAR = 8
"""Columns left free behind the next word, which most early ends have. Source: project judgment."""
_TITLE = 60
"""Characters below which a line above a paragraph may be its title. Source: project judgment, as for entries."""
_LABEL = re.compile(
    r"(?P<shape>[\[(\u00a7]?\s?(?:[^\W\d_]{1,12}[-. ]{0,2})?)(?P<number>\d{1,4}(?:\.\d{1,3}){0,4})[.:)\]]{1,2}\s"
)
"""A number that a clause begins with: "R4:", "(4)", "Art. 5." """


def width_of_fill(lines: Sequence[SourceLine]) -> int:
    """Return the last column that words of filled text reach; 0 where the lines are not filled."""
    ends = sorted(_end(line) for line in lines if marks.looks_prose(line.text))
    width = ends[int((1 - _OUTLIERS) * (len(ends) - 1))] if ends else 0
    if not _NARROW <= width <= _BROAD:
        return 0
    full = [not _has_room(line, after, width) for line, after in pairwise(lines) if _runs_on(line, after)]
    return width if len(full) >= _PAIRS and sum(full) >= _FULL * len(full) else 0


def filled_runs(chunk: Sequence[SourceLine], width: int) -> Iterator[list[SourceLine]]:
    """Yield the paragraphs and titles of a run of lines; the whole run where it holds but one or is no running text.

    A paragraph ends with a line that ends a sentence and has room for the next word, or above a number that follows
    its own. A title is a short line between the end of one and the beginning of the next.
    """
    starts = _starts(chunk, width) if width and len(chunk) >= _LONG and _is_prose(chunk) else [0]
    clear = sum(
        _has_room(chunk[start - 1], chunk[start], width - _CLEAR) or _follows(chunk[before], chunk[start])
        for before, start in pairwise(starts)
    )
    listed = sum(bool(marks.BULLET.match(chunk[start].text)) for start in starts)
    if len(starts) < _PARTS or clear * 2 < len(starts) - 1 or listed * 3 > len(starts):
        starts = [0]
    for start, end in pairwise([*starts, len(chunk)]):
        yield list(chunk[start:end])


def _is_prose(chunk: Sequence[SourceLine]) -> bool:
    prose = sum(marks.looks_prose(line.text) for line in chunk)
    drawn = sum(marks.looks_drawn(line.text) for line in chunk)
    return prose * 2 >= len(chunk) and drawn * 10 <= len(chunk)


def _starts(chunk: Sequence[SourceLine], width: int) -> list[int]:
    """Return where paragraphs and titles may begin; a line that ends a sentence needs room for one more blank."""
    starts = [0]
    for index in range(1, len(chunk)):
        before, line = chunk[index - 1], chunk[index]
        if line.indent > chunk[starts[-1]].indent and not marks.mark(line.text):
            continue
        closed = before.text.endswith(marks.TERMINAL)
        early = _has_room(before, line, width - 1 if closed else width)
        titled = starts[-1] == index - 1 and _is_title(before, line)
        if (early and (closed or titled)) or _follows(chunk[starts[-1]], line):
            starts.append(index)
    return starts


def _is_title(line: SourceLine, after: SourceLine) -> bool:
    bare = len(line.text) < _TITLE and not line.text.endswith((*marks.TERMINAL, ",")) and not marks.mark(line.text)
    return bare and not after.text[:1].islower() and marks.looks_prose(after.text)


def _follows(first: SourceLine, line: SourceLine) -> bool:
    """Return whether a line begins with the number after that of another line, in the same form."""
    label, next_label = _LABEL.match(first.text), _LABEL.match(line.text)
    if label is None or next_label is None or label["shape"] != next_label["shape"]:
        return False
    *head, last = label["number"].split(".")
    return next_label["number"] == ".".join([*head, str(int(last) + 1)])


def _runs_on(line: SourceLine, after: SourceLine) -> bool:
    """Return whether a sentence goes on from a line to the next one."""
    prose = marks.looks_prose(line.text) and after.text[:1].islower()
    return prose and not line.text.endswith(marks.TERMINAL) and not marks.mark(after.text)


def _has_room(line: SourceLine, after: SourceLine, width: int) -> bool:
    return bool(after.text) and _end(line) + 1 + len(after.text.split(maxsplit=1)[0]) <= width


def _end(line: SourceLine) -> int:
    return line.indent + len(line.text)
