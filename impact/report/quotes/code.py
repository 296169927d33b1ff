"""Where a quote of code is cut: between lines and definitions alone, since half a line is read as another one."""

import re
from collections.abc import Sequence
from itertools import pairwise

from impact.records import Span

DEFINED = re.compile(r"(?<!\S)[A-Za-z][\w-]*(?:[ \t]+[A-Z]+)*[ \t]*::=")
"""The beginning of a definition. Source: ITU-T X.680, clause 13 on assignments."""

LINE = re.compile(r"\n\s*")

REMARK = "--"
"""With what a remark begins. Source: ITU-T X.680, clause 12.6."""


def is_code(text: str, span: Span) -> bool:
    """Return whether a span holds definitions: it begins with one, or has two."""
    return bool(DEFINED.match(text, span.start, span.end)) or text.count("::=", span.start, span.end) > 1


def begun(text: str, span: Span, marks: Sequence[Span]) -> Span:
    """Return a span of code from the definition on in which the first mark stands that is in one; else all of it."""
    starts = [match.start() for match in DEFINED.finditer(text, span.start, span.end)]
    first = next((mark.start for mark in marks if starts and mark.start >= starts[0]), span.start)
    return Span(max((at for at in starts if at <= first), default=span.start), span.end)


def lines(text: str, span: Span, marks: Sequence[Span], limit: int) -> list[Span]:
    """Return what to keep of a long span: the lines of the marks with those of their definition as far as they fit.

    Marks come in order; without any the first lines are kept. About `limit` characters are shown.
    """
    names = {match.start() for match in DEFINED.finditer(text, span.start, span.end)}
    starts = sorted(
        {span.start, *names, *(match.end() for match in LINE.finditer(text, span.start, span.end)), span.end}
    )
    units = [
        match for match in map(Span, *zip(*pairwise(starts), strict=True)) if text[match.start : match.end].strip()
    ]
    out: list[Span] = []
    for mark in marks or [units[0]]:
        left, shown_to = limit - sum(map(len, out)), out[-1].end if out else span.start
        if mark.start < shown_to or (out and left <= 0):
            continue
        first, last = _remarked(text, units, *_around(units, mark, names, (max(left, 0), shown_to)))
        words = text[units[first].start : units[last].end].rstrip()
        match = Span(units[first].start, units[first].start + len(words))
        joined = out and not text[shown_to : match.start].strip()
        out = [*out[:-1], Span(out[-1].start, match.end)] if joined else [*out, match]
    return out


def _around(units: Sequence[Span], mark: Span, names: set[int], room: tuple[int, int]) -> tuple[int, int]:
    """Return the first and the last line to keep for a mark: back to the name of its definition, then on to its end."""
    left, shown_to = room
    marked = [at for at, unit in enumerate(units) if unit.meets(mark)]
    first, last = marked[0], marked[-1]
    while (
        units[first].start not in names
        and first > 0
        and units[first - 1].start >= shown_to
        and units[last].end - units[first - 1].start <= left
    ):
        first -= 1
    while (
        last + 1 < len(units)
        and units[last + 1].start not in names
        and units[last + 1].end - units[first].start <= left
    ):
        last += 1
    return first, last


def _remarked(text: str, units: Sequence[Span], first: int, last: int) -> tuple[int, int]:
    """Return the first and the last line with those that go on with a remark in which they begin or end."""
    remarks = [unit.of(text).lstrip().startswith(REMARK) for unit in units]
    while first > 0 and remarks[first] and remarks[first - 1]:
        first -= 1
    while last + 1 < len(units) and remarks[last] and remarks[last + 1]:
        last += 1
    return first, last
