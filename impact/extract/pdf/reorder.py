"""What was drawn out of order is put back into the line it provably belongs to.

Programs draw links, bullets, labels and page numbers of contents after the text around them, so that content order
tears lines apart. A piece goes back only where its place is certain: a hole of its size in an earlier line, a bullet
or number just left of a line, a value right of a label, a page number right of an entry.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import inf

from impact.extract.pdf.line import WIDE_GAP, Line
from impact.extract.pdf.order import ANCHOR, HANG, LABEL_WORDS, MANY, is_next
from impact.extract.pdf.words import Rectangle, runs_leftwards

_LABEL = re.compile(
    r"[•▪▫●■□◦‣\u2043➢❖✓○◆◇►▶·*o\u2013\u2014-]|\(?(?:\d{1,3}|[A-Za-z]|[ivx]{1,5})[.)]|(?:\d{1,3}|[A-Z])(?:\.\d{1,3})+\.?"
)
_SPACE = 0.3
"""Heights of a line up to which a gap is the space between two words, not between columns. Source: a space has a
quarter of an em; the narrowest common gap of columns (LaTeX, 10 points) is 0.8 of a line of ten points."""

_NEAR = 1.5
"""Heights of a line from a label to its text. Source: one em, the margin of terms on the pages of RFCs, and more."""

_LEVEL = 0.6
"""Share of the lower of two lines that both share if they stand on one baseline. Source: project judgment."""
_LEAST_TERMS, _TERM_WORDS = 3, 4
"""Terms of a column, and words of one. Source: project judgment; the lines of a column of a page have more words."""

_PASSES = 3
"""Times that pieces are put back. Source: project judgment; a label finds its line after the link at its start."""


def mend(lines: list[Line], boxes: list[Rectangle]) -> list[Line]:
    """Return the lines of a page with the pieces that were drawn out of order put back."""
    if len(lines) > MANY:
        return lines
    crowded = list(_crowded(lines))
    if True not in crowded:
        return lines
    labels = _labels_of(lines)
    for _ in range(_PASSES):
        count = len(lines)
        lines = _pass(lines, crowded, boxes, labels)
        if len(lines) == count:
            break
        crowded = list(_crowded(lines))
    return lines


def _crowded(lines: Sequence[Line]) -> Iterator[bool]:
    """Yield of each line whether one before it may stand on its baseline: if not, none reaches down so far."""
    lowest, least = -inf, inf
    for line in lines:
        top, bottom = line.y0, line.y1
        reach, height = lowest - top, bottom - top
        if bottom > lowest:
            lowest = bottom
        if height < least:
            least = height
        yield reach >= (0 if line.cells else _LEVEL * least)


def _pass(lines: list[Line], crowded: Sequence[bool], boxes: list[Rectangle], labels: dict[int, float]) -> list[Line]:
    """Put pieces into earlier lines; a piece may only find its place once others are back in theirs."""
    ordered: list[Line] = []
    rows: dict[int, list[Line]] = {}
    for line, is_crowded in zip(lines, crowded, strict=True):
        row = int((line.y0 + line.y1) / 8)
        pieces = _pieces(line, boxes) if is_crowded else []
        hosts = _hosts(pieces, rows, row, boxes, labels) if is_crowded else []
        if hosts:
            if hosts[0].words[0] in labels and hosts[0].x1 <= line.x0:  # the text goes on here, not at its label
                del labels[hosts[0].words[0]]
                ordered.remove(hosts[0])
                ordered.append(hosts[0])
            for host, piece in zip(hosts, pieces, strict=True):
                _merge(host, piece, boxes)
            continue
        ordered.append(line)
        rows.setdefault(row, []).append(line)
    return ordered


def _pieces(line: Line, boxes: list[Rectangle]) -> list[Line]:
    """Return the cells of a line; those with more gaps than three, and with none, are one piece."""
    if not 0 < len(line.cells) <= 3:
        return [line]
    bounds = [0, *line.cells, len(line.words)]
    pieces = []
    for start, end in pairwise(bounds):
        words = line.words[start:end]
        if len(words) == 1:
            pieces.append(Line(line.page, words, *boxes[words[0]]))
            continue
        lefts, tops, rights, bottoms = zip(*(boxes[word] for word in words), strict=True)
        pieces.append(Line(line.page, words, min(lefts), min(tops), max(rights), max(bottoms)))
    return pieces


def _hosts(
    pieces: list[Line], rows: dict[int, list[Line]], row: int, boxes: list[Rectangle], labels: dict[int, float]
) -> list[Line]:
    """Return the line that each of some pieces belongs to; none if a piece belongs to no line."""
    hosts = []
    for piece in pieces:
        host = _host(piece, rows, row, boxes, labels)
        if host is None:
            return []
        hosts.append(host)
    return hosts


def _host(
    line: Line, rows: dict[int, list[Line]], row: int, boxes: list[Rectangle], labels: dict[int, float]
) -> Line | None:
    """Return the nearest earlier line on the same baseline that `line` belongs to."""
    hosts = [
        host
        for key in (row, row - 1, row + 1)
        for host in rows.get(key, ())
        if _level(line, host) and _belongs(line, host, boxes, labels)
    ]
    if len(hosts) < 2:
        return hosts[0] if hosts else None
    return min(hosts, key=lambda host: max(host.x0 - line.x1, line.x0 - host.x1))


def _level(line: Line, host: Line) -> bool:
    """Return whether two lines stand on one baseline."""
    top, bottom, host_top, host_bottom = line.y0, line.y1, host.y0, host.y1
    height, host_height = bottom - top, host_bottom - host_top
    if height > 2 * host_height or host_height > 2 * height:
        return False
    shared = (host_bottom if host_bottom < bottom else bottom) - (host_top if host_top > top else top)
    return shared >= _LEVEL * (height if height < host_height else host_height)


def _belongs(line: Line, host: Line, boxes: list[Rectangle], labels: dict[int, float]) -> bool:
    """Return whether `line` provably belongs into `host`, an earlier line on the same baseline."""
    height = host.y1 - host.y0
    if line.x1 <= host.x0 + 0.2 * height:
        if runs_leftwards(host.page.texts[host.words[0]]):
            return False
        text, gap = line.page.texts[line.words[0]], (host.x0 - line.x1) / height
        is_label = len(line.words) == 1 and _LABEL.fullmatch(text) is not None
        most = max(4 if is_label else 0, min(labels.get(line.words[0], 0), HANG))
        return gap < most or _is_space(line, host, boxes)
    if line.x0 >= host.x1 - 0.2 * height:
        if _is_space(host, line, boxes) and not runs_leftwards(host.page.texts[host.words[0]]):
            return True
        is_value = line.x0 - host.x1 < labels.get(host.words[0], 0) * height
        return is_value or (len(line.words) == 1 and _is_page_number(line, host))
    return _interlocks(line, host, boxes)


def _is_space(first: Line, second: Line, boxes: list[Rectangle]) -> bool:
    """Return whether the gap between two lines is no wider than the space between two words of one size."""
    height, other = first.y1 - first.y0, second.y1 - second.y0
    gap = second.x0 - first.x1
    if not (height >= 0.6 * other and other >= 0.6 * height and gap > -0.05 * height):
        return False
    if gap < _SPACE * max(height, other):
        return True
    texts, words = first.page.texts, (*first.words, *second.words)
    x0, _, x1, _ = boxes[words[0]]
    width = (x1 - x0) / len(texts[words[0]])
    if gap >= 1.2 * width:
        return False
    widths = [(boxes[word][2] - boxes[word][0]) / len(texts[word]) for word in words]
    return max(widths) - min(widths) < 0.01 * width  # of a font of fixed pitch


def _interlocks(line: Line, host: Line, boxes: list[Rectangle]) -> bool:
    """Return whether the words of two lines on one baseline lie between each other, as those of columns never do."""
    slack = 0.3 * (host.y1 - host.y0)
    spans = sorted((boxes[word][0], boxes[word][2]) for word in (*host.words, *line.words))
    return all(after[0] >= before[1] - slack for before, after in pairwise(spans))


def _is_page_number(line: Line, host: Line) -> bool:
    """Return whether `line` is the page number of a contents entry that was drawn before: far right, digits only."""
    text = line.page.texts[line.words[0]]
    first = host.page.texts[host.words[0]]
    far = line.x0 > 0.8 * line.page.upright_width and len(text) < 4
    numbered = host.cells and host.page.texts[host.words[-1]].isdigit()
    return far and text.isdigit() and not numbered and not first.isdigit()


def _labels_of(lines: list[Line]) -> dict[int, float]:
    """Return the first words of labels, and how many heights of a line apart the text to their right may be.

    Labels are in brackets, or end in a colon and stand three or more below each other; or they end in a colon or full
    stop, near their text, apart from the lines before and after that are no labels.
    """
    labels: dict[int, float] = {}
    run: list[Line] = []
    ends = [line.page.texts[line.words[-1]][-1] if len(line.words) <= LABEL_WORDS else "" for line in lines]
    for at, line in enumerate(lines):
        if len(line.words) == 1 and ANCHOR.fullmatch(line.page.texts[line.words[0]]):
            labels[line.words[0]] = inf
        if not (ends[at] == ":" and run and _aligned(run[-1], line)):
            run = []
        if ends[at] == ":":
            run.append(line)
        if ends[at] and ends[at] in ":.":
            before, after = at and ends[at - 1] != ":", at + 1 < len(lines) and ends[at + 1] != ":"
            if not (before and is_next(lines[at - 1], line)) and not (after and is_next(line, lines[at + 1])):
                labels[line.words[0]] = _NEAR
        if len(run) > 2:
            labels.update((label.words[0], inf) for label in run[-3:])
    labels.update((term.words[0], inf) for term in _terms(lines))
    return labels


def _terms(lines: list[Line]) -> Iterator[Line]:
    """Yield the lines of columns of short terms, each of which has a line of what it means at its level to the right.

    Programs that let terms float draw them before the text of the page.
    """
    start = 0
    for at in range(1, len(lines) + 1):
        if at < len(lines) and _is_below(lines[at - 1], lines[at]):
            continue
        if at - start >= _LEAST_TERMS:
            run = [term for term in lines[start:at] if _is_term(term)]
            values = [_value(term, lines[at:]) for term in run]
            lefts = Counter(round(value.x0) for value in values if value)
            left, count = lefts.most_common(1)[0] if lefts else (0, 0)
            if count >= _LEAST_TERMS:
                yield from (term for term, value in zip(run, values, strict=True) if value and round(value.x0) == left)
        start = at


def _is_term(line: Line) -> bool:
    width = line.page.upright_width
    return len(line.words) <= _TERM_WORDS and line.x0 < 0.4 * width and line.x1 - line.x0 < 0.25 * width


def _is_below(last: Line, line: Line) -> bool:
    """Return whether a line may be the term below another one."""
    return len(line.words) <= _TERM_WORDS and -2 < last.x0 - line.x0 < 2 and line.y1 > last.y1


def _value(term: Line, lines: list[Line]) -> Line | None:
    """Return the nearest line at the level of a term to its right, in the left half of the page."""
    level = (line for line in lines if line.x0 > term.x1 and _level(term, line))
    value = min(level, key=lambda line: line.x0, default=None)
    return value if value and value.x0 < 0.45 * term.page.upright_width else None


def _aligned(first: Line, second: Line) -> bool:
    return abs(first.x0 - second.x0) < 2 or abs(first.x1 - second.x1) < 2


def _merge(host: Line, line: Line, boxes: list[Rectangle]) -> None:
    """Put the words of `line` into `host` from left to right, and find the wide gaps again."""
    host.pieced = True
    host.words = sorted([*host.words, *line.words], key=lambda word: boxes[word][0])
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
