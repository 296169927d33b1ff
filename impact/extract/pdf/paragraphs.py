"""Lines to paragraphs: where one ends and the next begins, and which go on over a page or column."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from impact.extract.blocks.hyphens import hyphenated
from impact.extract.pdf.continuation import rejoined, with_terms
from impact.extract.pdf.line import Line
from impact.extract.pdf.lines import follows
from impact.extract.pdf.regions.code import MOST_LINES, Code, code_of
from impact.extract.pdf.regions.contents import contents_of
from impact.extract.pdf.regions.rhythm import Rhythm, rhythm_of
from impact.extract.pdf.regions.rows import rows_of
from impact.extract.pdf.words import runs_leftwards
from impact.records import BlockKind

_BULLETS = frozenset("•▪▫●■□◦‣\u2043➢❖✓○◆◇►▶·\u00a2") | frozenset(map(chr, range(0xF000, 0xF100)))
_DASHES = frozenset("-\u2013\u2014*o")
_DASH = re.compile("[-\u2013\u2014*](?=\\s)|o(?=\\s)(?!\\s\\w\\s\\w(?!\\w))|\u2013(?=\\S)")
_NUMBER = re.compile(
    r"(?:(?:Section|Clause|Annex|Appendix|Article|Chapter|Table|Figure|Rule|Principle)\s+[A-Z0-9]"
    r"|(?:NOTE|EXAMPLE|Note)\b(?:\s*\d+)?"
    r"|\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,5})\)(?=\s|$)"
    r"|\[(?:\d{1,3}|[A-Za-z][\w.+-]{1,40})\](?=\s|$)"
    r"|(?:\d{1,3}|[A-Z])(?:\.\d{1,3})+\.?(?=\s|$)"
    r"|(?:\d{1,3}|[A-Z]|[IVX]{1,5})\.(?=\s|$))"
)
_NAMES = frozenset("SCATFRPNE")
"""Letters with which the names that `_NUMBER` knows begin."""
_NAMED = re.compile(r"(?:Section|Clause|Annex|Appendix|Article|Chapter|Table|Figure|Rule|Principle)\s")
_NUMBER_ONLY = re.compile(r"(?:\d{1,3}|[A-Z])(?:\.\d{1,3})+\.?")
_ITEM = re.compile(r"(?:\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})\)(?=\s))")
_FOOTNOTE = re.compile(r"\d{1,2}\s|[*†‡]")
_TERM = re.compile(r"[^.:;]{1,60}:\s")
_END_MARKS = frozenset(".!?:;。\uff01\uff1f\uff1a\uff1b؟")
_CLOSING_MARKS = "\"'\u201d\u2019)]"
_LIST_GOES_ON = re.compile(r"(?:[.;:]|[;,] (?:and|or))$")


_APART = 2.4
"""Characters for each word, its blank among them, below which the letters of a line are set apart. Source: project
judgment."""

_SPACE = 0.2
"""Heights of a line that a space has in width. Source: a quarter of an em, as in most fonts."""

_SENTENCE = 6
"""Words of a line of a sentence at least. Source: project judgment."""


@dataclass(slots=True)
class Paragraph:
    """Lines that read as one block.

    Attributes:
        lines: In reading order; they may stand on several pages.
        kind: CONTENTS, CODE, ITEM or PARAGRAPH.
        size: Font size of most of its characters.
        bold: Whether most of its characters are bold.
    """

    lines: list[Line]
    kind: BlockKind = BlockKind.PARAGRAPH
    size: float = 0.0
    bold: bool = False


def paragraphs_of(lines: Sequence[Line]) -> list[Paragraph]:
    """Group the lines of a document, furniture taken out, into paragraphs in content order."""
    for before, after in pairwise(lines):
        after.below = follows(before, after)
    contents = contents_of(lines)
    code = code_of(lines)
    rhythm = rhythm_of(lines, code)
    rows = rows_of(lines, rhythm.pitch, lambda line: line in code or id(line) in contents or is_bullet(line.text))
    groups: list[list[Line]] = []
    group: list[Line] = []
    last = 0
    for line in lines:
        current = id(line)
        if current in rows or last in rows:
            begins = rows.get(current) != rows.get(last)
        else:
            begins = not group or last in contents or _parts(group, line, rhythm, code)
        if begins:
            group = [line]
            groups.append(group)
        else:
            group.append(line)
        last = current
    groups = with_terms(rejoined(groups, _carries_over), rhythm.pitch, _is_item)
    return [_paragraph(group, contents, code) for group in groups]


def _parts(group: list[Line], line: Line, rhythm: Rhythm, code: Code) -> bool:
    """Return whether a new paragraph begins with `line`; code goes on over blank lines and pages."""
    if code.lines and line in code and group[-1] in code:
        return len(group) >= MOST_LINES or not code.goes_on(group[-1], line)
    return _begins(group, line, rhythm)


def _begins(group: list[Line], line: Line, rhythm: Rhythm) -> bool:
    last = group[-1]
    if is_bullet(line.text):
        return True
    if not line.below:
        return not _carries_over(group, line)
    drop, top = line.y1 - last.y1, line.y0 - last.y0
    if top < drop:  # exponents make a line higher, indices lower
        drop = top
    if len(group) == 1 and " " not in last.text and _NUMBER_ONLY.fullmatch(last.text) and last.bold == line.bold:
        return drop > 1.8 * last.height
    pitch = rhythm.pitch(last)
    if drop > 1.8 * pitch:
        return True
    if _is_set_apart(last) and _is_set_apart(line):
        return drop > 1.3 * pitch
    goes_on, full = _goes_on(last, line), not _short(last, line, max(last.right, line.right))
    return (
        (len(last.cells) > 0 and len(line.cells) > 0 and not _marked(line.text))
        or (not (goes_on and full) and _looks_different(last, line))
        or drop > _most_step(goes_on=goes_on, full=full) * pitch
        or (_marked(line.text) and (not full or _is_listed(last, line) or line.x0 < last.x0 - 2))
        or _succeeds(group[0], line)
        or (last.text.endswith(":") and line.text[:1].isupper())
        or _steps_aside(group, line, goes_on=goes_on, full=full)
        or (
            not full
            and not (goes_on and last.x1 - last.x0 > 0.5 * (last.right - last.x0))
            and not _centered(last, line)
        )
    )


def _is_set_apart(line: Line) -> bool:
    """Return whether most words of a line are of one letter: letters set apart, whose lines end anywhere."""
    return len(line.words) >= _SENTENCE and len(line.text) < _APART * len(line.words)


def _most_step(*, goes_on: bool, full: bool) -> float:
    """Return how many usual distances of lines the next line of a paragraph may be below; fewer in doubt."""
    if goes_on:
        return 1.8 if full else 1.25
    return 1.3


def _is_listed(last: Line, line: Line) -> bool:
    """Return whether `line` is the next item of a list that `last` leaves open, and no reference to a section."""
    named = _NAMED.match(line.text) is not None and last.text[-1:] == ";"
    return _LIST_GOES_ON.search(last.text) is not None and not named


def _looks_different(last: Line, line: Line) -> bool:
    """Return whether two lines differ in size or weight, as those of a sentence that wraps may."""
    return last.bold != line.bold or abs(last.size - line.size) > 0.08 * max(last.size, line.size)


def _ended(text: str) -> bool:
    """Return whether a line ends in the mark of a sentence or a colon, quotes and brackets after it aside."""
    return text.rstrip(_CLOSING_MARKS)[-1:] in _END_MARKS


def _goes_on(last: Line, line: Line) -> bool:
    """Return whether the sentence of `last` is open and `line` does not begin with a capital or number."""
    return hyphenated(last.text) or (line.text[:1].islower() and not _ended(last.text))


def _short(last: Line, line: Line, right: float) -> bool:
    """Return whether the first word of `line` would have had room at the end of `last`, up to `right`."""
    if runs_leftwards(last.text):
        return False
    room = right - 0.3 * (last.y1 - last.y0) - last.x1
    length, first, height = len(line.text), line.text.find(" "), line.y1 - line.y0
    if first < 0:
        return min((line.x1 - line.x0) * (length + 1) / max(length, 1), 0.6 * height * length) < room
    width = (line.x1 - line.x0) * (first + 1) / length
    return width < room and (line.page.turn > 0 or line.opening + _SPACE * height < room)


def _centered(last: Line, line: Line) -> bool:
    """Return whether two lines of one heading stand centered below each other."""
    return (
        (last.bold or last.size >= 12)
        and abs(last.x0 + last.x1 - line.x0 - line.x1) < 4
        and abs(last.x0 - line.x0) > 4
        and not _ended(last.text)
        and not _marked(line.text)
    )


def _steps_aside(group: list[Line], line: Line, *, goes_on: bool, full: bool) -> bool:
    """Return whether the left edge of `line` says that a new paragraph begins."""
    last = group[-1]
    step = line.x0 - last.x0
    if abs(step) < 0.7 * (last.y1 - last.y0) or runs_leftwards(line.text):
        return False
    if len(group) > 1:
        return step < 0 or not goes_on
    if step > 0:
        return not (goes_on or _hangs(last, full=full))
    return not full and _ended(last.text)


def _hangs(last: Line, *, full: bool) -> bool:
    """Return whether a line after `last`, further right, is the second one of an item, note or heading that hangs."""
    if _marked(last.text) or is_bullet(last.text):
        return True
    open_end = full and not _ended(last.text)
    return open_end and (last.bold or any(sign.match(last.text) for sign in (_FOOTNOTE, _TERM)))


def _carries_over(group: list[Line], line: Line) -> bool:
    """Return whether a paragraph goes on at the top of the next page or column."""
    last = group[-1]
    if last.bold != line.bold or abs(last.size - line.size) > 0.05 * max(last.size, line.size):
        return False
    open_end = _goes_on(last, line) or (last.page is not line.page and _is_cut(last, line))
    if last.cells or line.cells or not open_end or _short(last, line, last.right):
        return False
    if last.page is line.page:
        return last.solid > 2 and line.solid > 1 and line.y1 < last.y1 and line.x0 > last.x1
    return last.x1 - last.x0 > 0.2 * last.page.upright_width and 0 < line.page.number - last.page.number <= 2


def _is_cut(last: Line, line: Line) -> bool:
    """Return whether a line of a sentence ends a page without ending the sentence, and `line` has its left edge."""
    is_open = len(last.words) >= _SENTENCE and not _ended(last.text) and not last.text.endswith(",")
    return is_open and abs(last.x0 - line.x0) < 2 and len(line.words) > 1 and not _is_item(line.text)


def is_bullet(text: str) -> bool:
    """Return whether a line begins with a bullet or dash."""
    first = text[:1]
    return first in _BULLETS or (first in _DASHES and _DASH.match(text) is not None)


def _is_item(text: str) -> bool:
    return is_bullet(text) or _marked(text)


def _marked(text: str) -> bool:
    head = text[:7]  # within which the bracket or full stop after a letter is
    first = head[:1]
    if first.isalpha() and ")" not in head and (first.islower() or ("." not in head and first not in _NAMES)):
        return False
    return _NUMBER.match(text) is not None


def _succeeds(first: Line, line: Line) -> bool:
    """Return whether `line` bears the next number or letter at the same left edge as the first line of an item."""
    if abs(first.x0 - line.x0) > 2 or not _marked(line.text):
        return False
    before, after = _NUMBER.match(first.text), _NUMBER.match(line.text)
    if before is None or after is None:
        return False
    old, new = before.group().strip("()[]. "), after.group().strip("()[]. ")
    old_head, _, old_tail = old.rpartition(".")
    new_head, _, new_tail = new.rpartition(".")
    if old_head != new_head:
        return False
    if old_tail.isdecimal() and new_tail.isdecimal():
        return int(new_tail) == int(old_tail) + 1
    return len(old_tail) == len(new_tail) == 1 and ord(new_tail) == ord(old_tail) + 1


def _paragraph(lines: list[Line], contents: set[int], code: Code) -> Paragraph:
    text = lines[0].text
    kind = BlockKind.PARAGRAPH
    if id(lines[-1]) in contents:
        kind = BlockKind.CONTENTS
    elif code.lines and lines[0] in code and lines[-1] in code:
        kind = BlockKind.CODE
    elif is_bullet(text) or _ITEM.match(text):
        kind = BlockKind.ITEM
    if len(lines) == 1:
        return Paragraph(lines, kind, lines[0].size, lines[0].bold and bool(text))
    if len({(line.size, line.bold) for line in lines}) == 1:
        return Paragraph(lines, kind, lines[0].size, lines[0].bold and any(line.text for line in lines))
    sizes: dict[float, int] = {}
    bold = 0
    for line in lines:
        length = len(line.text)
        sizes[line.size] = sizes.get(line.size, 0) + length
        bold += length if line.bold else -length
    return Paragraph(lines, kind, max(sizes, key=sizes.__getitem__), bold > 0)
