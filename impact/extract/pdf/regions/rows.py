"""Rows of a table with cells of several lines: drawn cell by cell, so that the next cell begins up at the right."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from impact.extract.pdf.line import Line

Pitch = Callable[[Line], float]

_LINES = 8
"""Lines of a cell at most. Source: project judgment; longer ones may be columns of a page."""

_TIGHT = 1.12
"""Usual distances of lines up to which a line goes on with the cell above it. Source: project judgment."""

_APART = 0.5
"""Heights of a line from one cell to the next at least. Source: project judgment; more than a space has."""

_NEAR = 4.0
"""Heights of a line from a row to the next at most. Source: project judgment."""

_SLACK = 2.0
"""Points by which the lines of a cell may begin further left than its first one. Source: project judgment."""


@dataclass(frozen=True, slots=True)
class _Row:
    """Lines `start` to `end` of a table row, and the gap between two of its cells."""

    start: int
    end: int
    gap: tuple[float, float]


def rows_of(lines: Sequence[Line], pitch: Pitch, left_out: Callable[[Line], bool]) -> dict[int, int]:
    """Return the row of each line (by `id`) of a row with a cell of several lines.

    Such a row counts if the row before or after it has a gap at the same place, be it of one line.

    Args:
        lines: Of all pages, in content order.
        pitch: Gives the usual distance in points from a line to the next.
        left_out: Tells whether a line is in no table, such as code and list items.
    """
    rows: list[_Row] = []
    for at, (last, line) in enumerate(pairwise(lines), 1):
        if line.x0 > last.x0 and _rises(last, line):
            row = _row(lines, at, rows[-1] if rows else None, pitch)
            if row is not None and not any(left_out(line) for line in lines[row.start : row.end]):
                if rows and rows[-1].start == row.start:
                    rows.pop()
                rows.append(row)
    found: dict[int, int] = {}
    for place, row in enumerate(rows):
        if _has_neighbor(lines, row, rows[max(place - 1, 0) : place + 2]):
            found.update((id(line), row.start) for line in lines[row.start : row.end])
    return found


def _rises(last: Line, line: Line) -> bool:
    """Return whether a line to the right of the one drawn before it begins further up."""
    return line.y1 < last.y1 + 0.3 * line.height and last.page is line.page


def _row(lines: Sequence[Line], at: int, last: _Row | None, pitch: Pitch) -> _Row | None:
    """Return the row in which line `at` begins a cell, the cells before it being the lines drawn just before."""
    line = lines[at]
    start = last.start if last is not None and last.end == at and _levels(lines[last.start], line) else -1
    if start < 0:
        start = _first(lines, at, pitch)
    if start < 0:
        return None
    left = max(before.x1 for before in lines[start:at])
    if left + _APART * line.height > line.x0:
        return None
    end = at + 1
    while end < len(lines) and end - at < _LINES and _follows(lines[end - 1], lines[end], left, pitch):
        end += 1
    return _Row(start, end, (left, line.x0))


def _first(lines: Sequence[Line], at: int, pitch: Pitch) -> int:
    """Return the first line of the cell drawn just before line `at`, which is on one level with it; -1 for none."""
    for start in range(at - 1, max(at - 1 - _LINES, -1), -1):
        if _levels(lines[start], lines[at]):
            return start
        if start == 0 or not _follows(lines[start - 1], lines[start], 0.0, pitch):
            return -1
    return -1


def _levels(first: Line, line: Line) -> bool:
    return first.page is line.page and abs(first.y1 - line.y1) < 0.3 * line.height


def _follows(last: Line, line: Line, left: float, pitch: Pitch) -> bool:
    """Return whether a line stands right below another, and wholly right of `left`."""
    drop = line.y1 - last.y1
    return (
        last.page is line.page
        and 0.5 * line.height < drop <= _TIGHT * pitch(last)
        and line.x0 > left
        and not line.cells
        and line.x0 < last.x1
    )


def _has_neighbor(lines: Sequence[Line], row: _Row, rows: Sequence[_Row]) -> bool:
    """Return whether the row before or after has a gap where this one has it."""
    if any(other is not row and _touch(other, row) and _share(other.gap, row.gap) for other in rows):
        return True
    first = lines[row.start]
    near = [lines[place] for place in (row.start - 1, row.start, row.end) if 0 <= place < len(lines)]
    return any(
        other.page is first.page
        and abs(other.y1 - first.y1) < (_NEAR + _LINES) * first.height
        and any(_share(gap, row.gap) for gap in _gaps(other))
        for other in near
    )


def _touch(row: _Row, other: _Row) -> bool:
    return row.end == other.start or other.end == row.start


def _gaps(line: Line) -> list[tuple[float, float]]:
    box, words = line.page.upright_box, line.words
    return [(box(words[cell - 1])[2], box(words[cell])[0]) for cell in line.cells]


def _share(left: tuple[float, float], right: tuple[float, float]) -> bool:
    return max(left[0], right[0]) < min(left[1], right[1])
