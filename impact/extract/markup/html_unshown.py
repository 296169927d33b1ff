"""Text of a page that nobody sees in a browser: of no size, transparent, off the page, or as its background."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

from impact.extract.blocks.builder import Assembly
from impact.extract.concealed import conceals
from impact.records import Concealment, Document, Span
from impact.records.layout import ConcealmentKind

_ZERO = r"(?:0++(?:\.0*+)?|\.0++)(?:px|pt|em|rem|ex|%)?\s*+(?:!\s*+important\s*+)?(?:;|$)"
# Source: CSS Fonts 4 (font-size), CSS Color 4 (opacity, color), CSS Masking 1 (clip, clip-path), CSS 2.2, chapter 9.
_UNSHOWN = re.compile(
    rf"(?<![\w-])(?:(?:font-size|opacity)\s*+:\s*+{_ZERO}"
    r"|(?:left|right|top|bottom|text-indent|margin-left|margin-top)\s*:\s*-\d{3,9}(?:\.\d{1,9})?(?:px|pt|em|rem|vw|vh|%)"
    r"|clip\s*:\s*rect\(\s*[01](?:px)?[\s,]+[01](?:px)?[\s,]+[01](?:px)?[\s,]+[01](?:px)?\s*\)"
    r"|clip-path\s*:\s*inset\(\s*(?:50|100)%)",
    re.IGNORECASE,
)
# Source: CSS Color 4, sections 4.1 (alpha), 5.1 and 7 (functions with commas, which have it last), 5.2 (#rgba), 6.3.
_ALPHA = r"\s*+(?:0++(?:\.0*+)?|\.0++)%?\s*+\)"
_CLEAR = re.compile(
    r"(?<![\w-])color\s*+:\s*+(?:transparent(?![\w-])|#(?:[0-9a-f]{3}0|[0-9a-f]{6}00)(?![0-9a-f])"
    rf"|(?:rgb|hsl)a?\((?:[^(),;/]*+,){{3}}{_ALPHA}|[a-z]{{3,5}}\([^(),;/]*+/{_ALPHA})",
    re.IGNORECASE,
)
_COLOR = re.compile(r"(?<![\w-])color\s*:\s*([^;!]{1,40})", re.IGNORECASE)
_BACKGROUND = re.compile(r"(?<![\w-])background(?:-color)?\s*:\s*([^;!]{1,40})", re.IGNORECASE)
_HEX = re.compile(r"#([0-9a-f])([0-9a-f])([0-9a-f])")
_NUMBERS = re.compile(r"rgba?\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})")
_NAMED = {"white": "#ffffff", "black": "#000000"}
_SIZED = re.compile(r"(?<![\w-])font(?:-size)?\s*+:", re.IGNORECASE)
_PAINTED = re.compile(r"(?<![\w-])(?:color|bgcolor|background)\b", re.IGNORECASE)
_INSIDE = 500
"""Elements inside of another that are looked at. Source: project judgment; a row of a table has fewer."""

_HEADING_WORDS = 6
"""Most words of a heading of a column. Source: project judgment."""

_PAPER = "#ffffff"
"""The color of a page that says nothing of it."""


@dataclass(slots=True)
class Unshown:
    """Stretches of the text in the making that nobody sees, in order; what is inside of one is no other."""

    assembly: Assembly
    styled: bool
    inside: bool = False
    begun: int = 0
    stretches: list[tuple[int, int]] = field(default_factory=list)

    def enter(self, element: Any) -> bool:
        """Note that an element begins; return whether a stretch begins with it, for which `leave` must be called."""
        if self.inside or not is_unshown(element, styled=self.styled):
            return False
        self.begun, self.inside = self.assembly.length, True
        return True

    def leave(self) -> None:
        """Note that such an element ends."""
        self.inside = False
        if self.assembly.length > self.begun:
            self.stretches.append((self.begun, self.assembly.length))

    def mark(self, document: Document) -> Document:
        """Return a document with a concealment for each stretch that may matter."""
        marks = tuple(_marks(document.text, self.stretches))
        return replace(document, concealments=marks) if marks else document


def is_unshown(element: Any, *, styled: bool) -> bool:
    """Return whether the style of an element makes its text unseen.

    Args:
        element: Of an HTML tree.
        styled: Whether the page has rules of style of its own, so that backgrounds are not known.
    """
    style = element.get("style", "")
    if _UNSHOWN.search(style):
        return not (_SIZED.search(style) and _is_undone(element, _SIZED))
    if _CLEAR.search(style):
        return not _is_undone(element, _PAINTED)
    color = _COLOR.search(style) or re.match(r"(.+)", element.get("color", ""))
    if not color or _color(color[1]) != _behind(element, styled=styled):
        return False
    return not _is_undone(element, _PAINTED)


def _is_undone(element: Any, pattern: re.Pattern[str]) -> bool:
    """Return whether something inside of an element has a style of the same kind again, by which it may be seen."""
    inside = islice(element.iterdescendants(), _INSIDE)
    return any(pattern.search(f"{part.get('style', '')};{' '.join(part.attrib)}:") for part in inside)


def _behind(element: Any, *, styled: bool) -> str:
    """Return the color behind an element; empty where it is not known, as in a row of headings that pages paint."""
    while element is not None:
        stated = _BACKGROUND.search(element.get("style", "")) or re.match(r"(.+)", element.get("bgcolor", ""))
        if stated:
            return _color(stated[1])
        if (element.get("class") and styled) or _is_heading_row(element):
            return ""
        element = element.getparent()
    return "" if styled else _PAPER


def _is_heading_row(element: Any) -> bool:
    """Return whether an element is the first of several rows of a table, with several cells of few words."""
    table = next(element.iterancestors("table"), None) if element.tag == "tr" else None
    rows = [*islice(table.iter("tr"), 2)] if table is not None else []
    cells = [*islice(element, _INSIDE)]
    return (
        len(rows) > 1
        and rows[0] is element
        and len(cells) > 1
        and all(len(" ".join(cell.itertext()).split()) <= _HEADING_WORDS for cell in cells)
    )


def _color(value: str) -> str:
    """Return a color as six hexadecimal digits, or as it is written."""
    plain = value.strip().lower().split(" ", 1)[0] if not value.strip().lower().startswith("rgb") else value.lower()
    short, numbers = _HEX.fullmatch(plain), _NUMBERS.search(plain)
    if short:
        return "#" + "".join(digit * 2 for digit in short.groups())
    if numbers:
        return "#" + "".join(f"{int(number):02x}" for number in numbers.groups())
    return _NAMED.get(plain, plain)


def _marks(text: str, stretches: Sequence[tuple[int, int]]) -> list[Concealment]:
    marks: list[Concealment] = []
    for start, end in stretches:
        words = text[start:end]
        first = start + len(words) - len(words.lstrip())
        span = Span(first, max(first, first + len(words.strip())))
        source = span.of(text)
        if len(span) and conceals(source):
            marks.append(Concealment(ConcealmentKind.UNSHOWN, span, source, noted=True))
    return marks
