"""Words to lines: what stands on one baseline and follows in content order, put right where it is provably wrong."""

from impact.extract.line import WIDE_GAP, Line
from impact.extract.mend import mend
from impact.extract.words import PageWords, Rectangle, runs_leftwards


def lines_of(page: PageWords) -> list[Line]:
    """Return the lines of a page in content order. Call it while the page is open, since fonts are looked up."""
    boxes = _upright(page)
    lines = mend(_rough(page, boxes), boxes)
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


def _describe(line: Line, boxes: list[Rectangle]) -> None:
    """Fill in the text of a line, and its size and weight from its first, its middle and its last word."""
    page, words = line.page, line.words
    texts, style = page.texts, page.style
    line.text = " ".join([texts[word] for word in words])
    first, middle, last = words[0], words[len(words) // 2], words[-1]
    size, bold = style(first)
    if last != first:
        other = style(last)
        third = style(middle)
        if other[0] != size:
            size = other[0] if third[0] == other[0] else third[0] if third[0] != size else size
        bold = bold and other[1] and third[1]
    line.size = size or round(boxes[first][3] - boxes[first][1], 1)
    line.bold = bold


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
