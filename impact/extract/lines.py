"""Words to lines: what stands on one baseline and follows in content order, put right where it is provably wrong."""

from collections import Counter
from dataclasses import dataclass, field

from impact.extract.words import PageWords, Rectangle, Style, runs_leftwards

WIDE_GAP = 1.6
"""Widths of the line height from which white space inside a line parts cells. Source: justified text of the shared
documents stays below 1.2, tab stops and columns start at 1.8."""


@dataclass(slots=True)
class Line:
    """A line of text on a page, in the reading frame (turned upright where most of the page's text is sideways).

    Attributes:
        page: The page it is on.
        words: Indices into the words of the page, in reading order.
        x0: Left edge in points.
        y0: Upper edge in points, from the top.
        x1: Right edge in points.
        y1: Lower edge in points, from the top.
        cells: Positions in `words` before which a wide gap is.
        size: Font size in points of most of its characters; 0 where unknown.
        bold: Whether it is all bold.
        right: How far right the lines around it reach, in points.
        text: Its words with single spaces between.
        solid: How many lines there are in the unbroken run of lines it belongs to.
    """

    page: PageWords
    words: list[int]
    x0: float
    y0: float
    x1: float
    y1: float
    cells: list[int] = field(default_factory=list)
    size: float = 0.0
    bold: bool = False
    right: float = 0.0
    text: str = ""
    solid: int = 1

    @property
    def height(self) -> float:
        """Height in points."""
        return self.y1 - self.y0


def lines_of(page: PageWords) -> list[Line]:
    """Return the lines of a page in content order. Call it while the page is open, since fonts are looked up."""
    boxes = _upright(page)
    lines = _mend(_rough(page, boxes), boxes)
    for line in lines:
        _describe(line, boxes)
    _find_right_edges(lines)
    return lines


def _upright(page: PageWords) -> list[Rectangle]:
    """Return the boxes of the words, turned by a quarter where most longer words stand on their side."""
    boxes = page.boxes
    longer = [box for box, text in zip(boxes, page.texts, strict=True) if len(text) > 3]
    sideways = sum(box[3] - box[1] > 1.5 * (box[2] - box[0]) for box in longer)
    if sideways * 2 <= len(longer) or not longer:
        return boxes
    upwards = sum(
        (after[1] < before[1]) - (after[1] > before[1])
        for before, after in zip(boxes, boxes[1:], strict=False)
        if abs(before[0] - after[0]) < 2
    )
    if upwards >= 0:
        return [(page.height - y1, x0, page.height - y0, x1) for x0, y0, x1, y1 in boxes]
    return [(y0, page.width - x1, y1, page.width - x0) for x0, y0, x1, y1 in boxes]


def _rough(page: PageWords, boxes: list[Rectangle]) -> list[Line]:
    """Cut the words into runs that go on to the right on one baseline (to the left in scripts that do)."""
    lines: list[Line] = []
    line: Line | None = None
    last_x0 = last_y0 = last_x1 = last_y1 = 0.0
    for index, (x0, y0, x1, y1) in enumerate(boxes):
        if line is not None:
            shared = (last_y1 if last_y1 < y1 else y1) - (last_y0 if last_y0 > y0 else y0)
            height = last_y1 - last_y0
            lower = y1 - y0 if y1 - y0 < height else height
            gap = x0 - last_x1
            level = shared >= 0.5 * lower
            if level and gap < -0.4 * height and runs_leftwards(page.texts[index]):
                gap = last_x0 - x1
            if level and gap >= -0.4 * height:
                if gap > WIDE_GAP * lower:
                    line.cells.append(len(line.words))
                line.words.append(index)
                if x0 < line.x0:
                    line.x0 = x0
                if x1 > line.x1:
                    line.x1 = x1
                if y0 < line.y0:
                    line.y0 = y0
                if y1 > line.y1:
                    line.y1 = y1
                last_x0, last_y0, last_x1, last_y1 = x0, y0, x1, y1
                continue
        line = Line(page, [index], x0, y0, x1, y1)
        lines.append(line)
        last_x0, last_y0, last_x1, last_y1 = x0, y0, x1, y1
    return lines


def _mend(lines: list[Line], boxes: list[Rectangle]) -> list[Line]:
    """Put back what was drawn out of order: a number drawn after its title, a link drawn after its paragraph."""
    kept: list[Line] = []
    rows: dict[int, list[Line]] = {}
    for line in lines:
        row = int(line.y1 // 4)
        near = [other for key in (row - 1, row, row + 1) for other in rows.get(key, ())]
        host = next((other for other in near if _belongs(line, other, kept, boxes)), None)
        if host is not None:
            _merge(host, line, boxes)
            continue
        kept.append(line)
        rows.setdefault(row, []).append(line)
    return kept


def _belongs(line: Line, host: Line, kept: list[Line], boxes: list[Rectangle]) -> bool:
    """Return whether `line` provably belongs into `host`, an earlier line on the same baseline."""
    shared = min(line.y1, host.y1) - max(line.y0, host.y0)
    if shared < 0.6 * min(line.height, host.height) or max(line.height, host.height) > 2 * min(
        line.height, host.height
    ):
        return False
    height = host.height
    if line.x1 <= host.x0 + 0.2 * height:
        first = host.page.texts[host.words[0]]
        return host is kept[-1] and host.x0 - line.x1 < 4 * height and not runs_leftwards(first)
    if line.x0 >= host.x1 - 0.2 * height:
        text = "".join(line.page.texts[word] for word in line.words)
        last = host.page.texts[host.words[-1]]
        return (
            last.endswith(":") and host is not kept[-1] or (text.isdigit() and host is not kept[-1] and len(text) < 4)
        )
    return _hole(line, host, boxes) is not None


def _hole(line: Line, host: Line, boxes: list[Rectangle]) -> int | None:
    """Return the position in the words of `host` where there is a hole that takes `line`; None if there is none."""
    slack = 0.3 * host.height
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
    host.cells = [
        place
        for place in range(1, len(host.words))
        if boxes[host.words[place]][0] - boxes[host.words[place - 1]][2] > WIDE_GAP * host.height
    ]


def _describe(line: Line, boxes: list[Rectangle]) -> None:
    """Fill in the text of a line, and its size and weight from three of its words."""
    texts, words = line.page.texts, line.words
    line.text = " ".join([texts[word] for word in words])
    sample = {words[0], words[len(words) // 2], words[-1]} if len(words) > 1 else {words[0]}
    styles: list[tuple[Style, int]] = [(line.page.style(word), len(texts[word])) for word in sample]
    sizes: Counter[float] = Counter()
    for (size, _), weight in styles:
        sizes[round(size, 1)] += weight
    line.size = sizes.most_common(1)[0][0] or round(boxes[words[0]][3] - boxes[words[0]][1], 1)
    line.bold = all(bold for (_, bold), _ in styles)


def _find_right_edges(lines: list[Line]) -> None:
    """Tell each line how far the lines of its run reach; a run ends where the next line is not below."""
    start = 0
    for at in range(1, len(lines) + 1):
        if at < len(lines) and follows(lines[at - 1], lines[at]):
            continue
        run = lines[start:at]
        edges = sorted((line.x1 for line in run), reverse=True)
        right = edges[len(edges) // 10]
        for line in run:
            line.right, line.solid = right, len(run)
        start = at


def follows(before: Line, after: Line) -> bool:
    """Return whether `after` stands below `before` in the same column of the same page."""
    drop = after.y1 - before.y1
    return (
        before.page is after.page
        and 0.2 * before.height < drop < 8 * max(before.height, after.height)
        and after.x0 < before.x1
        and before.x0 < after.x1
    )
