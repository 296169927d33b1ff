"""What was drawn out of order is put back into the line it provably belongs to.

Programs draw links, bullets, labels and page numbers of contents after the text around them, so that content order
tears lines apart. A piece goes back only where its place is certain: a hole of its size in an earlier line, a bullet
or number just left of a line, a value right of a label, a page number right of an entry.
"""

import re
from itertools import accumulate, pairwise

from impact.extract.pdf.line import WIDE_GAP, Line
from impact.extract.pdf.words import Rectangle, runs_leftwards

_LABEL = re.compile(
    r"[•▪▫●■□◦‣\u2043➢❖✓○◆◇►▶·*o\u2013\u2014-]|\(?(?:\d{1,3}|[A-Za-z]|[ivx]{1,5})[.)]|(?:\d{1,3}|[A-Z])(?:\.\d{1,3})+\.?"
)
_MANY = 500
"""Pieces on a page from which it is a plot or a drawing, where nothing is put back.
Source: project judgment; a page of prose has far fewer."""


def mend(lines: list[Line], boxes: list[Rectangle]) -> list[Line]:
    """Return the lines of a page with the pieces that were drawn out of order put back."""
    if len(lines) > _MANY:
        return lines
    ordered: list[Line] = []
    rows: dict[int, list[Line]] = {}
    labels = _label_columns(lines)
    for line in lines:
        row = int((line.y0 + line.y1) / 8)
        pieces = [line] if not line.cells or len(line.cells) > 3 else _pieces(line, boxes)
        hosts = [host for piece in pieces if (host := _host(piece, rows, row, boxes, labels)) is not None]
        if len(hosts) == len(pieces):
            for host, piece in zip(hosts, pieces, strict=True):
                _merge(host, piece, boxes)
            continue
        ordered.append(line)
        rows.setdefault(row, []).append(line)
    return ordered


def in_page_order(lines: list[Line]) -> list[Line]:
    """Return the lines with what was drawn last but stands above all else first, and the other way round.

    Programs draw mastheads and footers after or before the text. A cut is only made where everything drawn after it
    stands above everything drawn before it, and over it, not beside it as a column does.
    """
    if len(lines) < 2:
        return lines
    lowest = list(accumulate((line.y1 for line in reversed(lines)), max))[::-1]
    highest = list(accumulate((line.y0 for line in lines), min))
    pieces: list[list[Line]] = [[lines[0]]]
    for at in range(1, len(lines)):
        if lowest[at] <= highest[at - 1] + 1 and _overlap(lines[:at], lines[at:]):
            pieces.append([])
        pieces[-1].append(lines[at])
    return [line for piece in reversed(pieces) for line in piece]


def _overlap(first: list[Line], second: list[Line]) -> bool:
    """Return whether two groups of lines share some of the width of the page."""
    left = max(min(line.x0 for line in first), min(line.x0 for line in second))
    right = min(max(line.x1 for line in first), max(line.x1 for line in second))
    return left < right


def _pieces(line: Line, boxes: list[Rectangle]) -> list[Line]:
    bounds = [0, *line.cells, len(line.words)]
    pieces = []
    for start, end in pairwise(bounds):
        words = line.words[start:end]
        lefts, tops, rights, bottoms = zip(*(boxes[word] for word in words), strict=True)
        pieces.append(Line(line.page, words, min(lefts), min(tops), max(rights), max(bottoms)))
    return pieces


def _host(line: Line, rows: dict[int, list[Line]], row: int, boxes: list[Rectangle], labels: set[int]) -> Line | None:
    """Return the earlier line on the same baseline that `line` belongs to."""
    for key in (row, row - 1, row + 1):
        for host in rows.get(key, ()):
            shared = (min(host.y1, line.y1)) - (max(host.y0, line.y0))
            own, other = line.y1 - line.y0, host.y1 - host.y0
            if shared < 0.6 * (min(other, own)) or own > 2 * other or other > 2 * own:
                continue
            if _belongs(line, host, boxes, labels):
                return host
    return None


def _belongs(line: Line, host: Line, boxes: list[Rectangle], labels: set[int]) -> bool:
    """Return whether `line` provably belongs into `host`, an earlier line on the same baseline."""
    height = host.y1 - host.y0
    if line.x1 <= host.x0 + 0.2 * height:
        near, text = host.x0 - line.x1 < 4 * height, line.page.texts[line.words[0]]
        label = len(line.words) == 1 and _LABEL.fullmatch(text) is not None
        return near and label and not runs_leftwards(host.page.texts[host.words[0]])
    if line.x0 >= host.x1 - 0.2 * height:
        return host.words[0] in labels or (len(line.words) == 1 and _is_page_number(line, host))
    return _hole(line, host, boxes) is not None


def _is_page_number(line: Line, host: Line) -> bool:
    """Return whether `line` is the page number of a contents entry that was drawn before: far right, digits only."""
    text = line.page.texts[line.words[0]]
    first = host.page.texts[host.words[0]]
    far = line.x0 > 0.8 * line.page.upright_width and len(text) < 4
    numbered = host.cells and host.page.texts[host.words[-1]].isdigit()
    return far and text.isdigit() and not numbered and not first.isdigit()


def _label_columns(lines: list[Line]) -> set[int]:
    """Return the first words of labels that end in a colon and stand three or more below each other."""
    columns: set[int] = set()
    run: list[Line] = []
    for line in [*lines, None]:
        text = line.page.texts[line.words[-1]] if line is not None else ""
        is_label = line is not None and text.endswith(":") and len(line.words) <= 3
        if line is not None and is_label and (not run or _aligned(run[-1], line)):
            run.append(line)
            continue
        if len(run) > 2:
            columns.update(label.words[0] for label in run)
        run = []
    return columns


def _aligned(first: Line, second: Line) -> bool:
    return abs(first.x0 - second.x0) < 2 or abs(first.x1 - second.x1) < 2


def _hole(line: Line, host: Line, boxes: list[Rectangle]) -> int | None:
    """Return the position in the words of `host` where there is a hole that takes `line`; None if there is none."""
    slack = 0.3 * (host.y1 - host.y0)
    for at in range(1, len(host.words)):
        left, right = boxes[host.words[at - 1]][2], boxes[host.words[at]][0]
        if right - left > slack and line.x0 >= left - slack and line.x1 <= right + slack:
            return at
    return None


def _merge(host: Line, line: Line, boxes: list[Rectangle]) -> None:
    """Put the words of `line` into `host` from left to right, and find the wide gaps again."""
    at = _hole(line, host, boxes)
    if at is None:
        at = 0 if line.x0 < host.x0 else len(host.words)
    host.words[at:at] = line.words
    host.x0, host.x1 = min(host.x0, line.x0), max(host.x1, line.x1)
    host.y0, host.y1 = min(host.y0, line.y0), max(host.y1, line.y1)
    height = host.y1 - host.y0
    gaps = [boxes[after][0] - boxes[before][2] for before, after in pairwise(host.words)]
    host.cells = [at for at, gap in enumerate(gaps, 1) if gap > WIDE_GAP * height]
    host.tight = {at for at, gap in enumerate(gaps, 1) if abs(gap) < 0.08 * height and _touches(host, at)}


def _touches(line: Line, at: int) -> bool:
    """Return whether no space belongs before a word: it is punctuation, or follows an opening bracket."""
    before, after = line.page.texts[line.words[at - 1]], line.page.texts[line.words[at]]
    return after[0] in ",.;:)]" or before[-1] in "(["
