"""Lines of code and of drawings in characters: set in a font of fixed pitch in a document whose sentences are not."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice, pairwise
from math import ceil

from impact.extract.pdf.line import Line
from impact.extract.pdf.lines import ROUNDED

MOST_LINES = 200
"""Lines of a block of code at most, so that none grows without end. Source: as in plain text; project judgment."""

_TELLING = 3
"""Words of a line that tell a font of fixed pitch. Source: project judgment; those of one word have one width."""

_LEAST = 2
"""Words beyond two that the telling lines of one size and pitch have at least. Source: measured on PDFs of RFCs: the
letters of one line of three words in some hundreds have the same width by chance."""

_LONG = 4
"""Letters of the longest word of a telling line at least. Source: project judgment; the steps from letter to letter
are better measured in long words."""

_SLACK = 0.02
"""Share by which characters of one pitch may differ in width. Source: rounding of boxes by PDFium, and of pitches."""

_BLANK = 5.5
"""Lines from one line of code to the next with which its block goes on. Source: project judgment."""

_OFF = 0.13
"""Share of a line by which that distance may differ from whole lines. Source: measured; rows of tables differ more."""

_ENCLOSED = 3
"""Lines between two of code that belong to it although their letters differ in width. Source: project judgment; boxes
of a few letters in a row are rounded up."""

_MOST_CODE = 0.1
"""Share of the lines of prose of a document from which a font of fixed pitch is one of its text. Source: project
judgment."""

_SENTENCE = 6
_MARKS = ".,;:()[]\"'\u201c\u201d\u2018\u2019"


@dataclass(frozen=True, slots=True)
class Code:
    """The lines of code of a document.

    Attributes:
        lines: Their ids (of `id`).
        steps: By font size, the distance in points from one of them to the next.
    """

    lines: frozenset[int] = frozenset()
    steps: Mapping[float, float] = field(default_factory=dict)

    def __contains__(self, line: Line) -> bool:
        return id(line) in self.lines

    def goes_on(self, last: Line, line: Line) -> bool:
        """Return whether a line goes on with the code of `last`: some whole lines below it, or on the next page."""
        if last.page is not line.page:
            return 0 < line.page.number - last.page.number <= 2
        step = self.steps.get(round(last.size, 1), 0.0)
        below = (line.y1 - last.y1) / step if step else 0.0
        return 0.5 < below < _BLANK and abs(below - round(below)) < _OFF


def code_of(lines: Sequence[Line]) -> Code:
    """Return the lines of code: in a font of fixed pitch that is not the one of sentences."""
    pitches = _pitches(lines)
    if not pitches:
        return Code()
    code = {id(line) for line in lines if line.advance and _has_pitch(line, pitches.get(round(line.size, 1), 0.0))}
    coded = sum(_is_prose(line) for line in lines if id(line) in code)
    enough = ceil(coded / _MOST_CODE)  # more lines of prose than these make no difference
    if coded > _MOST_CODE * sum(1 for _ in islice(filter(_is_prose, lines), enough)):
        return Code()
    code |= _enclosed(lines, code)
    return Code(frozenset(code), _steps([line for line in lines if id(line) in code]))


def _steps(code: Sequence[Line]) -> dict[float, float]:
    """Return the usual distance from one line of code to the next, by font size."""
    drops: dict[float, Counter[float]] = defaultdict(Counter)
    for before, after in pairwise(code):
        if before.page is after.page and before.size == after.size and 0 < after.y1 - before.y1 < 2 * before.height:
            drops[round(before.size, 1)][round(after.y1 - before.y1, 1)] += 1
    return {size: counts.most_common(1)[0][0] for size, counts in drops.items()}


def _pitches(lines: Sequence[Line]) -> dict[float, float]:
    """Return, by font size, the width of a character that most of the telling lines of one width have."""
    telling: dict[float, Counter[float]] = defaultdict(Counter)
    for line in lines:
        if line.advance and len(line.words) >= _TELLING and _longest(line) >= _LONG:
            telling[round(line.size, 1)][round(line.advance, 1)] += len(line.words) + 1 - _TELLING
    common = ((size, *widths.most_common(1)[0]) for size, widths in telling.items())
    return {size: width for size, width, count in common if count >= _LEAST}


def _has_pitch(line: Line, pitch: float) -> bool:
    return (1 - _SLACK - ROUNDED / _longest(line)) * pitch <= line.advance <= (1 + _SLACK) * pitch


def _longest(line: Line) -> int:
    return max(len(line.page.texts[word]) for word in line.words)


def _enclosed(lines: Sequence[Line], code: set[int]) -> set[int]:
    """Return the lines, up to `_ENCLOSED` in a row, that stand between lines of code, close and of their size."""
    enclosed: set[int] = set()
    before: Line | None = None
    waiting: list[Line] = []
    for line in lines:
        close = before is not None and _is_close([before, *waiting][-1], line)
        if id(line) in code:
            enclosed.update(id(between) for between in waiting if close)
            before, waiting = line, []
        elif close and len(waiting) < _ENCLOSED and not _is_prose(line):
            waiting.append(line)
        else:
            before, waiting = None, []
    return enclosed


def _is_close(last: Line, line: Line) -> bool:
    drop = line.y1 - last.y1
    return last.page is line.page and 0 < drop < 1.3 * last.height and abs(last.size - line.size) < 0.05


def _is_prose(line: Line) -> bool:
    """Return whether a line is one of a sentence: most of its words, six or more, are of letters."""
    count, texts = len(line.words), line.page.texts
    if count < _SENTENCE:
        return False
    return [texts[word].strip(_MARKS).isalpha() for word in line.words].count(True) >= 0.8 * count
