"""Lines to paragraphs: where one ends and the next begins, and which go on over a page or column."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from impact.extract.hyphens import hyphenated
from impact.extract.line import Line
from impact.extract.lines import follows
from impact.extract.words import runs_leftwards
from impact.records import BlockKind

_LEADERS = re.compile(r"(?:\.\s?){4,}\s*(?:\d{1,4}|[ivxl]{1,6})$|(?:…\s?){2,}\s*\d{1,4}$|_{4,}\s*\d{1,4}$")
_BULLET = re.compile("(?:[•▪▫●■□◦‣⁃➢❖✓○◆◇►▶·\u00a2\uf000-\uf0ff]|[-–—*o](?=\\s)|–(?=\\S))")
_NUMBER = re.compile(
    r"(?:(?:Section|Clause|Annex|Appendix|Article|Chapter|Table|Figure|Rule|Principle)\s+[A-Z0-9]"
    r"|(?:NOTE|EXAMPLE|Note)\b(?:\s*\d+)?"
    r"|\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,5})\)(?=\s|$)"
    r"|\[(?:\d{1,3}|[A-Z][\w.+-]{1,20})\](?=\s|$)"
    r"|(?:\d{1,3}|[A-Z])(?:\.\d{1,3})+\.?(?=\s|$)"
    r"|(?:\d{1,3}|[A-Z]|[IVX]{1,5})\.(?=\s|$))"
)
_NUMBER_ONLY = re.compile(r"(?:\d{1,3}|[A-Z])(?:\.\d{1,3})+\.?")
_ITEM = re.compile(r"(?:\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})\)(?=\s))")
_ENDED = re.compile(r"[.!?:;。！？：；؟][\"'”’)\]]*$")
_LIST_GOES_ON = re.compile(r"(?:[.;:,]|\band|\bor)$")


@dataclass(slots=True)
class Paragraph:
    """Lines that read as one block.

    Attributes:
        lines: In reading order; they may stand on several pages.
        kind: CONTENTS, ITEM or PARAGRAPH.
        size: Font size of most of its characters.
        bold: Whether most of its characters are bold.
    """

    lines: list[Line]
    kind: BlockKind = BlockKind.PARAGRAPH
    size: float = 0.0
    bold: bool = False


@dataclass(slots=True)
class Rhythm:
    """The usual distance from one line to the next, by font size."""

    pitches: dict[float, float] = field(default_factory=dict)

    def pitch(self, line: Line) -> float:
        """Return the usual distance in points below a line of this size."""
        return self.pitches.get(round(line.size), 1.35 * line.height)


def paragraphs_of(lines: Sequence[Line]) -> list[Paragraph]:
    """Group the lines of a document, furniture taken out, into paragraphs in content order."""
    rhythm = rhythm_of(lines)
    groups: list[list[Line]] = []
    for line in lines:
        if groups and not _begins(groups[-1], line, rhythm):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [_paragraph(group) for group in _rejoined(groups)]


def rhythm_of(lines: Sequence[Line]) -> Rhythm:
    """Measure the distance between lines: the smallest that is common for a size."""
    drops: dict[float, Counter[float]] = defaultdict(Counter)
    for before, after in zip(lines, lines[1:], strict=False):
        if follows(before, after) and abs(before.size - after.size) < 0.3:
            drops[round(before.size)][round(after.y1 - before.y1)] += 1
    pitches = {}
    for size, counts in drops.items():
        common = max(2, 0.12 * counts.total())
        fitting = [drop for drop, count in counts.items() if count >= common and drop < 2.2 * max(size, 1)]
        if fitting:
            pitches[size] = min(fitting) + 0.5
    return Rhythm(pitches)


def _begins(group: list[Line], line: Line, rhythm: Rhythm) -> bool:
    """Return whether `line` begins a new paragraph after the lines of `group`."""
    last = group[-1]
    if is_contents(last.text) or is_bullet(line.text):
        return True
    if not follows(last, line):
        return not _carries_over(group, line)
    if len(last.cells) and len(line.cells) and not _marked(line.text):
        return True
    if len(group) == 1 and _NUMBER_ONLY.fullmatch(last.text) and last.bold == line.bold:
        return line.y1 - last.y1 > 1.8 * last.height
    goes_on = _goes_on(last, line)
    full = not _short(last, line)
    if last.bold != line.bold and not (full and goes_on):
        return True
    if abs(last.size - line.size) > 0.08 * max(last.size, line.size) and not (goes_on and full):
        return True
    drop = line.y1 - last.y1
    pitch = rhythm.pitch(last)
    if drop > (1.8 if goes_on and full else 1.3) * pitch:
        return True
    if _marked(line.text) and (not full or _LIST_GOES_ON.search(last.text) or line.x0 < last.x0 - 2):
        return True
    if _steps_aside(group, line, goes_on=goes_on):
        return True
    return not full and not goes_on and not _centered(last, line)


def _goes_on(last: Line, line: Line) -> bool:
    """Return whether the sentence of `last` is open and `line` does not begin with a capital or number."""
    if hyphenated(last.text):
        return True
    return not _ENDED.search(last.text) and line.text[:1].islower()


def _short(last: Line, line: Line) -> bool:
    """Return whether the first word of `line` would have had room at the end of `last`."""
    if runs_leftwards(last.text):
        return False
    first = line.text.split(" ", 1)[0]
    width = (line.x1 - line.x0) * (len(first) + 1) / max(len(line.text), 1)
    if len(line.text) == len(first):
        width = min(width, 0.6 * line.height * len(first))
    right = max(last.right, line.right) if follows(last, line) else last.right
    return last.x1 + width < right - 0.3 * last.height


def _centered(last: Line, line: Line) -> bool:
    """Return whether two lines of one heading stand centred below each other."""
    return (
        abs(last.x0 + last.x1 - line.x0 - line.x1) < 4
        and abs(last.x0 - line.x0) > 4
        and not _ENDED.search(last.text)
        and not _marked(line.text)
    )


def _steps_aside(group: list[Line], line: Line, *, goes_on: bool) -> bool:
    """Return whether the left edge of `line` says that a new paragraph begins."""
    last = group[-1]
    if runs_leftwards(line.text):
        return False
    step = line.x0 - last.x0
    if abs(step) < 0.7 * last.height:
        return False
    if len(group) == 1:
        hangs = step > 0 and (_marked(last.text) or is_bullet(last.text))
        return not (
            hangs or goes_on or (step < 0 and not _ENDED.search(last.text)) or (step < 0 and not _short(last, line))
        )
    return not goes_on


def _carries_over(group: list[Line], line: Line) -> bool:
    """Return whether a paragraph goes on at the top of the next page or column."""
    last = group[-1]
    if last.bold != line.bold or abs(last.size - line.size) > 0.05 * max(last.size, line.size):
        return False
    if last.cells or line.cells or not _goes_on(last, line) or _short(last, line):
        return False
    if last.page is line.page:
        return last.solid > 2 and line.solid > 1 and line.y1 < last.y1 and line.x0 > last.x1
    return last.x1 - last.x0 > 0.2 * last.page.width and 0 < line.page.number - last.page.number <= 2


def _rejoined(groups: list[list[Line]]) -> list[list[Line]]:
    """Join paragraphs that a footnote or a figure at the end of a page parts; what stood between comes after."""
    joined: list[list[Line]] = []
    for group in groups:
        host = _host(joined, group)
        if host is None:
            joined.append(group)
        else:
            joined[host] = joined[host] + group
    return joined


def _host(groups: list[list[Line]], group: list[Line]) -> int | None:
    """Return the position of the last paragraph of the page before that breaks off where `group` goes on."""
    first = group[0]
    if not first.text[:1].islower() or first.solid < 2 or first.cells:
        return None
    for at in range(len(groups) - 1, max(len(groups) - 16, -1), -1):
        last = groups[at][-1]
        if last.page is first.page:
            if abs(last.size - first.size) <= 0.3 and groups[at][0].solid > 1:
                return None
            continue
        if first.page.number - last.page.number != 1:
            return None
        if abs(last.size - first.size) <= 0.3 and last.solid > 2:
            return at if _carries_over(groups[at], first) else None
    return None


def is_bullet(text: str) -> bool:
    """Return whether a line begins with a bullet or dash."""
    return _BULLET.match(text) is not None


def is_contents(text: str) -> bool:
    """Return whether a line is an entry of a table of contents: dot leaders and a page number at the end."""
    return _LEADERS.search(text) is not None


def _marked(text: str) -> bool:
    return _NUMBER.match(text) is not None


def _paragraph(lines: list[Line]) -> Paragraph:
    """Describe a group of lines."""
    text = lines[0].text
    sizes: Counter[float] = Counter()
    bold = 0
    for line in lines:
        sizes[line.size] += len(line.text)
        bold += len(line.text) if line.bold else -len(line.text)
    kind = BlockKind.PARAGRAPH
    if is_contents(lines[-1].text):
        kind = BlockKind.CONTENTS
    elif is_bullet(text) or _ITEM.match(text):
        kind = BlockKind.ITEM
    return Paragraph(lines, kind, sizes.most_common(1)[0][0], bold > 0)
