"""The order of the lines of a page, put right where what is drawn before or after the text stands between its lines."""

import re
from collections.abc import Sequence
from functools import reduce
from itertools import accumulate, pairwise

from impact.extract.pdf.line import Line

Sides = tuple[float, float]
"""Left and right edge in points."""

_MASTHEAD = 3
"""Lines of a masthead at least. Source: project judgment; fewer are a running head, which is left out later."""

_GAP = 0.7
"""Share of the height of a page from which a gap is no place of a figure but all there is between head and foot.
Source: project judgment."""

_ROOM = 0.6
"""Share of the height of a line that is free between two others at least if it fits between them. Source: project
judgment."""

HANG = 8.0
"""Heights of a line up to which a label hangs out over the text below it. Source: project judgment."""

LABEL_WORDS = 9
"""Words of a label at most. Source: the longest in a registration of a media type (RFC 6838) has nine."""

ANCHOR = re.compile(r"\[[^\[\]\s]{1,40}\]")
"""Label of an entry in a list of references."""

MANY = 500
"""Pieces on a page from which it is a plot or a drawing, where the order stays as it is.
Source: project judgment; a page of prose has far fewer."""


def in_page_order(lines: list[Line]) -> list[Line]:
    """Return the lines with what was drawn last but stands above all else first, and the other way round.

    Programs draw mastheads and footers after or before the text. A cut is only made where everything drawn after it
    stands above everything drawn before it, and over it, not beside it as a column does.
    """
    if len(lines) < 2 or lines[-1].y1 > lines[0].y0 + 1:  # then no cut is possible
        return _masthead_first(lines)
    lowest = list(accumulate((line.y1 for line in reversed(lines)), max))[::-1]
    highest = list(accumulate((line.y0 for line in lines), min))
    sides = list(accumulate(((line.x0, line.x1) for line in lines), _hull))
    sides_after = list(accumulate(((line.x0, line.x1) for line in reversed(lines)), _hull))[::-1]
    pieces: list[list[Line]] = [[lines[0]]]
    for at in range(1, len(lines)):
        if lowest[at] <= highest[at - 1] + 1 and _meet(sides[at - 1], sides_after[at]):
            pieces.append([])
        pieces[-1].append(lines[at])
    return [line for piece in reversed(pieces) for line in _masthead_first(piece)]


def _masthead_first(lines: list[Line]) -> list[Line]:
    """Return the lines with a run of them that stands over all that was drawn before it in front."""
    if not 1 < len(lines) <= MANY:
        return lines
    highest = lines[0].y0
    for at, line in enumerate(lines):
        if line.y1 <= highest + 1 and at:
            end = next((end for end in range(at + 1, len(lines)) if lines[end].y1 > highest + 1), len(lines))
            if end - at >= _MASTHEAD and _overlap(lines[:at], lines[at:end]):
                return lines[at:end] + lines[:at] + lines[end:]
        if line.y0 < highest:
            highest = line.y0
    return lines


def _hull(left: Sides, right: Sides) -> Sides:
    return min(left[0], right[0]), max(left[1], right[1])


def _meet(left: Sides, right: Sides) -> bool:
    return max(left[0], right[0]) < min(left[1], right[1])


def _overlap(first: list[Line], second: list[Line]) -> bool:
    """Return whether two groups of lines share some of the width of the page."""
    return _meet(*(reduce(_hull, ((line.x0, line.x1) for line in lines)) for lines in (first, second)))


def in_gaps(lines: list[Line]) -> list[Line]:
    """Return the lines with those that fill a gap between two lines of their column put there.

    A line of a paragraph that is wholly a link, drawn after the text, has no piece of its line to go back to; neither
    has a figure. Labels above their text may be drawn before all text of the page.
    """
    if len(lines) > MANY or not _any_rises(lines):
        return lines
    lines = _labels_down(lines)
    ordered: list[Line] = []
    least = _ROOM * min(line.y1 - line.y0 for line in lines)
    rooms: list[int] = []
    at, lowest = 0, 0.0
    while at < len(lines):
        end = at + 1
        gap = _gap(lines[at], ordered, rooms) if lines[at].y1 < lowest + 1 else None
        if gap is not None:
            while end < len(lines) and _fits(lines[end], ordered[gap - 1], ordered[gap]):
                if lines[end].y1 < lines[end - 1].y0 + 1 and _overlap(lines[end - 1 : end], lines[end : end + 1]):
                    break
                end += 1
            if end < len(lines) and is_next(lines[end - 1], lines[end], 1.75):  # a piece of a paragraph that goes on
                gap, end = None, at + 1
        if gap is None:
            if ordered and lines[at].y0 - ordered[-1].y1 > least:
                rooms.append(len(ordered))
            ordered.append(lines[at])
        else:
            ordered[gap:gap] = lines[at:end]
            rooms = _rooms(ordered, least)
        if lines[at].y0 > lowest:
            lowest = lines[at].y0
        at = end
    return ordered


def _any_rises(lines: list[Line]) -> bool:
    """Return whether a line stands above the lowest one before it."""
    lowest = 0.0
    for line in lines:
        if line.y1 < lowest + 1:
            return True
        if line.y0 > lowest:
            lowest = line.y0
    return False


def _labels_down(lines: list[Line]) -> list[Line]:
    """Return the lines with labels that were drawn before the text around them put into gaps of that text."""
    if not any(line.y0 > after.y1 - 1 and _is_label(line) for line, after in pairwise(lines)):
        return lines
    ordered: list[Line] = []
    for at in range(len(lines) - 1, -1, -1):
        line, after = lines[at], lines[at + 1] if at + 1 < len(lines) else None
        gap = None
        if after is not None and line.y0 > ordered[0].y1 - 1 and _is_label(line) and not is_next(line, after):
            gap = _gap(line, ordered, range(1, len(ordered)))
        ordered.insert(gap or 0, line)
    return ordered


def _is_label(line: Line) -> bool:
    """Return whether a line is a term or the name of a reference alone."""
    text = line.page.texts[line.words[-1]]
    return (len(line.words) <= LABEL_WORDS and text.endswith(":")) or ANCHOR.fullmatch(text) is not None


def _rooms(lines: list[Line], least: float) -> list[int]:
    """Return the positions of the lines above which more than `least` points are free."""
    return [at for at, (above, below) in enumerate(pairwise(lines), 1) if below.y0 - above.y1 > least]


def _gap(line: Line, ordered: list[Line], rooms: Sequence[int]) -> int | None:
    """Return the last position in `ordered` between two lines of a column that leave room for `line`; None if none do.

    Args:
        line: Stands at another place as yet.
        ordered: The lines in order.
        rooms: Positions in `ordered` that are looked at.
    """
    slack = 0.3 * (line.y1 - line.y0)
    least, most = line.y1 - slack, line.y0 + slack
    for at in reversed(rooms):
        if ordered[at].y0 >= least and ordered[at - 1].y1 <= most and _fits(line, ordered[at - 1], ordered[at]):
            return at
    return None


def _fits(line: Line, above: Line, below: Line) -> bool:
    """Return whether a line fits between two others of one column, above and below and within their sides.

    A label may hang out to the left over the text below it.
    """
    height = line.y1 - line.y0
    if above.y1 - 0.3 * height > line.y0 or line.y1 > below.y0 + 0.3 * height:
        return False
    least = _ROOM * max(height, min(above.y1 - above.y0, below.y1 - below.y0))
    if not least < below.y0 - above.y1 < _GAP * line.page.upright_height:
        return False
    left, right = min(above.x0, below.x0), max(above.x1, below.x1)
    hangs = below.x0 - HANG * height < line.x0 < below.x0
    one_column = max(above.x0, below.x0) < min(above.x1, below.x1)
    return one_column and (line.x0 >= left - 2 or hangs) and line.x0 < right


def is_next(before: Line, line: Line, pitch: float = 1.55) -> bool:
    """Return whether `line` is right below `before`, at most `pitch` heights of a line, as in one paragraph.

    Boxes of some fonts are only 0.6 of the distance of lines high; terms of an RFC are 1.6 of their height apart.
    """
    if before.x0 >= line.x1 or line.x0 >= before.x1:
        return False
    return 0 < line.y1 - before.y1 < pitch * max(before.y1 - before.y0, line.y1 - line.y0)
