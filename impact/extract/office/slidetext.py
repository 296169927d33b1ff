"""Read the paragraphs of a slide's text: words, level, bullets and automatic numbers."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from lxml.etree import _Element as Element

from impact.extract.blocks.numerals import numeral
from impact.extract.office.names import M
from impact.extract.office.ooxml import whole
from impact.extract.office.text import PLAIN, equation_text

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_EQUATION = "{http://schemas.microsoft.com/office/drawing/2010/main}m"
_SCHEME = re.compile("(alphaLc|alphaUc|arabic|romanLc|romanUc)(ParenBoth|ParenR|Period|Plain)")
_FORMS = {
    "alphaLc": "lowerLetter",
    "alphaUc": "upperLetter",
    "arabic": "decimal",
    "romanLc": "lowerRoman",
    "romanUc": "upperRoman",
}
_SHAPES = {"ParenBoth": "({})", "ParenR": "{})", "Period": "{}.", "Plain": "{}"}


@dataclass(frozen=True, slots=True)
class SlideLine:
    """One paragraph on a slide.

    Attributes:
        text: With line ends for forced breaks.
        level: 1-based depth.
        item: Whether a bullet or number stands before it.
        number: Automatic number as shown; empty for bullets.
        size: Points of most of its characters; 0 where only the layout says.
        bold: Whether most of its characters are said to be bold.
    """

    text: str
    level: int
    item: bool
    number: str
    size: float
    bold: bool


@dataclass(slots=True)
class _Counts:
    """How far the automatic numbers of one text frame have come, by level."""

    schemes: dict[int, tuple[str, int]] = field(default_factory=dict)

    def next(self, level: int, automatic: Element | None) -> str:
        """Count a paragraph and return its number; empty where it has none."""
        self.schemes = {at: counted for at, counted in self.schemes.items() if at <= level}
        if automatic is None:
            self.schemes.pop(level, None)
            return ""
        scheme, start = automatic.get("type") or "", whole(automatic.get("startAt"), 1)
        last, count = self.schemes.get(level, ("", 0))
        count = count + 1 if last == scheme else start
        self.schemes[level] = (scheme, count)
        match = _SCHEME.match(scheme)
        if match is None:
            return str(count)
        return _SHAPES[match.group(2)].format(numeral(count, _FORMS[match.group(1)]))


def lines_of(paragraphs: Iterable[Element], *, listed: bool) -> Iterator[SlideLine]:
    """Yield the paragraphs of one text frame (a:p elements) that hold text.

    `listed` tells whether the layout puts bullets before paragraphs that say nothing of them.
    """
    counts = _Counts()
    for paragraph in paragraphs:
        text = paragraph_text(paragraph)
        if not text:
            continue
        properties = paragraph.find(f"{A}pPr")
        level = whole(properties.get("lvl"), 0) if properties is not None else 0
        automatic = properties.find(f"{A}buAutoNum") if properties is not None else None
        number = counts.next(level, automatic)
        size, bold = _look(paragraph)
        item = _bulleted(properties, listed=listed) or automatic is not None
        yield SlideLine(text, level + 1, item, number, size, bold)


def paragraph_text(paragraph: Element) -> str:
    """Return the text of an a:p element, without blanks at its ends; fields show their last value."""
    return "".join(map(_piece, paragraph.iterfind("*"))).strip()


def _piece(child: Element) -> str:
    if child.tag in (f"{A}r", f"{A}fld"):
        text = child.find(f"{A}t")
        return (text.text or "").replace("\v", "\n").translate(PLAIN) if text is not None else ""
    if child.tag == f"{A}br":
        return "\n"
    if child.tag == _EQUATION or child.tag in (f"{M}oMath", f"{M}oMathPara"):
        return equation_text(child)
    return ""


def _bulleted(properties: Element | None, *, listed: bool) -> bool:
    if properties is None:
        return listed
    if properties.find(f"{A}buNone") is not None:
        return False
    explicit = properties.find(f"{A}buChar") is not None or properties.find(f"{A}buBlip") is not None
    return explicit or listed


def _look(paragraph: Element) -> tuple[float, bool]:
    """Return size and weight of most of the characters."""
    sizes: Counter[float] = Counter()
    bold: Counter[bool] = Counter()
    for run in paragraph.iterfind(f"{A}r"):
        properties, text = run.find(f"{A}rPr"), run.find(f"{A}t")
        length = len(text.text or "") if text is not None else 0
        size = whole(properties.get("sz"), 0) if properties is not None else 0
        sizes[size / 100] += length
        bold[properties is not None and properties.get("b") in ("1", "true")] += length
    return (sizes.most_common(1)[0][0] if sizes else 0.0), bool(bold) and bold.most_common(1)[0][0]
