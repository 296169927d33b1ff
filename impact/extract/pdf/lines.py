"""Words to lines: what stands on one baseline and follows in content order, put right where it is provably wrong."""

from collections import defaultdict

from impact.extract.pdf.line import WIDE_GAP, Line
from impact.extract.pdf.order import in_gaps, in_page_order
from impact.extract.pdf.reorder import mend
from impact.extract.pdf.words import PageWords, Rectangle, runs_leftwards, without_unseen

ROUNDED = 0.055
"""Share of the step from letter to letter by which a letter may be narrower. Source: measured on PDFs of RFCs, where
letters of Roboto Mono of 5.7 points stand 6 points apart."""

_WIDER = 0.01
"""Share by which the characters of a word may be wider or narrower than those of the longest one of its line. Source:
rounding of boxes by PDFium."""

_SENTENCE, _QUOTE = 8, 4
"""Words of a line, and lines of one left edge, from which they tell the right edge. Source: project judgment."""


def lines_of(page: PageWords) -> list[Line]:
    """Return the lines of a page in content order. Call it while the page is open, since fonts are looked up."""
    boxes = page.upright()
    lines = in_gaps(mend(in_page_order(_rough(page, boxes)), boxes))
    _describe(page, lines, boxes)
    _find_right_edges(lines)
    return lines


def lie_inside(page: PageWords, lines: list[Line]) -> bool:
    """Return whether all lines lie on their page, and so all words."""
    width, height = page.upright_width, page.upright_height
    return all(
        [line.x0 >= 0 and line.y0 >= 0 and line.x1 <= width and line.y1 <= height for line in lines]  # noqa: C419  # a list is made faster
    )


def _rough(page: PageWords, boxes: list[Rectangle]) -> list[Line]:
    """Cut the words into runs that go on to the right on one baseline (to the left in scripts that do)."""
    lines: list[Line] = []
    first, cells = 0, list[int]()
    left = top = right = bottom = last_y0 = last_x1 = last_y1 = 0.0
    height = -1.0  # so that nothing goes on with a line that has none
    for index, (x0, y0, x1, y1) in enumerate(boxes):
        if y0 == last_y0 and y1 == last_y1 and 0 <= x0 - last_x1 <= height:
            last_x1 = x1
            continue
        gap = x0 - last_x1
        level = last_y0 < (y0 + y1) / 2 < last_y1 or y0 < (last_y0 + last_y1) / 2 < y1
        if level and gap < -0.4 * height and runs_leftwards(page.texts[index]):
            gap = boxes[index - 1][0] - x1
        right = last_x1 if last_x1 > right else right
        if index and level and gap >= -0.4 * height:
            if gap > height and gap > WIDE_GAP * min(height, y1 - y0):
                cells.append(index - first)
            left, right = (x0 if x0 < left else left), (x1 if x1 > right else right)
            top, bottom = (y0 if y0 < top else top), (y1 if y1 > bottom else bottom)
        else:
            if index:
                lines.append(Line(page, list(range(first, index)), left, top, right, bottom, cells))
            first, cells = index, []
            left, top, right, bottom = x0, y0, x1, y1
        last_y0, last_x1, last_y1 = y0, x1, y1
        height = y1 - y0
    if boxes:
        right = last_x1 if last_x1 > right else right
        lines.append(Line(page, list(range(first, len(boxes))), left, top, right, bottom, cells))
    return lines


def _describe(page: PageWords, lines: list[Line], boxes: list[Rectangle]) -> None:
    """Fill in the text of lines, and their size and weight: of the first and last word, or of all if these differ."""
    texts = page.texts
    styles = page.styles([line.words[end] for end in (0, -1) for line in lines])
    mixed: list[Line] = []
    for line, style, last_style in zip(lines, styles, styles[len(lines) :], strict=False):
        words = line.words
        first, last = words[0], words[-1]
        text = _pieced(line) if line.pieced else " ".join(texts[first : last + 1])
        line.text = text if text.isascii() else without_unseen(text)
        size, line.bold = style
        if style != last_style:
            mixed.append(line)
        line.advance = _advance(texts, boxes, words)
        x0, y0, x1, y1 = boxes[first]
        line.opening, line.size = x1 - x0, size or round(y1 - y0, 1)
    if mixed:
        _take_most(page, mixed, boxes)


def _pieced(line: Line) -> str:
    """Return the text of a line into which pieces were put back."""
    texts, tight = line.page.texts, line.tight
    return "".join(("" if at in tight else " ") + texts[word] for at, word in enumerate(line.words)).strip()


def _take_most(page: PageWords, lines: list[Line], boxes: list[Rectangle]) -> None:
    """Give lines of several styles the size of most of their characters; they are bold if all of these are."""
    styles = iter(page.styles([word for line in lines for word in line.words]))
    for line in lines:
        sizes: dict[float, int] = {}
        bold = True
        for word, (size, heavy) in zip(line.words, styles, strict=False):
            sizes[size] = sizes.get(size, 0) + len(page.texts[word])
            bold = bold and heavy
        first = boxes[line.words[0]]
        line.size, line.bold = max(sizes, key=sizes.__getitem__) or round(first[3] - first[1], 1), bold


def _advance(texts: list[str], boxes: list[Rectangle], words: list[int]) -> float:
    """Return the width of a character where all words have the same, 0 where they do not; by the longest word.

    Where a program rounds the steps from letter to letter, the last letter of a word is narrower than they are.
    """
    if len(words) > 1 and not _alike(words[0], words[-1], texts, boxes):
        return 0.0
    lengths = [len(texts[word]) for word in words]
    most = max(lengths)
    x0, _, x1, _ = boxes[words[lengths.index(most)]]
    advance = (x1 - x0) / most
    slack, narrower = _WIDER * advance, ROUNDED * advance
    for word, length in zip(reversed(words), reversed(lengths), strict=True):
        x0, _, x1, _ = boxes[word]
        if not -slack - narrower / length <= (x1 - x0) / length - advance <= slack:
            return 0.0
    return advance


def _alike(first: int, last: int, texts: list[str], boxes: list[Rectangle]) -> bool:
    """Return whether the characters of two words may have one width; told at once for most lines of sentences."""
    length, other_length = len(texts[first]), len(texts[last])
    x0, _, x1, _ = boxes[first]
    u0, _, u1, _ = boxes[last]
    advance, other = (x1 - x0) / length, (u1 - u0) / other_length
    least, other_least = 1 - _WIDER - ROUNDED / length, 1 - _WIDER - ROUNDED / other_length
    most = 1 + _WIDER
    return other * least <= advance * most and advance * other_least <= other * most


def _find_right_edges(lines: list[Line]) -> None:
    """Tell each line how far the lines of its run reach; a run ends where the next line is not below."""
    start = 0
    for at in range(1, len(lines) + 1):
        if at < len(lines) and follows(lines[at - 1], lines[at]):
            continue
        run = lines[start:at]
        edges = [line.x1 for line in run]
        right = max(edges) if len(edges) < 10 else sorted(edges, reverse=True)[len(edges) // 10]
        for line in run:
            line.right, line.solid = right, len(run)
        if len(run) >= _QUOTE and (quoted := _edges_of_quotes(run, right)):
            for line in run:
                line.right = quoted.get(round(line.x0), right)
        start = at


def _edges_of_quotes(run: list[Line], right: float) -> dict[int, float]:
    """Return, by left edge, how far lines of sentences reach that begin there and end before `right`, as in quotes."""
    edges: dict[int, list[float]] = defaultdict(list)
    for line in run:
        if len(line.words) >= _SENTENCE:
            edges[round(line.x0)].append(line.x1)
    return {left: max(ends) for left, ends in edges.items() if len(ends) >= _QUOTE and max(ends) < right}


def follows(before: Line, after: Line) -> bool:
    """Return whether `after` stands below `before` in the same column of the same page."""
    drop, height = after.y1 - before.y1, before.y1 - before.y0
    return (
        0.2 * height < drop
        and before.page is after.page
        and (drop < 8 * height or drop < 8 * (after.y1 - after.y0))
        and after.x0 < before.x1
        and before.x0 < after.x1
    )
