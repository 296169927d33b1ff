"""Official numbers at the start of a block, their order, and the addresses made of them."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

ROMANS = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}


class Style(StrEnum):
    """How a number is written, and so what it can number."""

    DOTTED = "dotted"
    PLAIN = "plain"
    NAMED = "named"
    REQUIREMENT = "requirement"
    DECIMAL = "decimal"
    ALPHA = "alpha"
    ROMAN = "roman"
    BULLET = "bullet"


SECTION_STYLES = frozenset({Style.DOTTED, Style.PLAIN, Style.NAMED})
LIST_STYLES = frozenset({Style.DECIMAL, Style.ALPHA, Style.ROMAN, Style.BULLET})

Part = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Label:
    """A number as it stands in the text.

    Attributes:
        written: As a person would cite it ("7.2.1", "b)", "Annex B", "REQ-7"); empty for bullets.
        parts: Components, which compare in the order of the document: (space, value, suffix), where space is 0 for
            digits, 1 for letters and 2 for Roman numerals.
        end: Characters from the start of the block to the first character after the number and its white space.
    """

    written: str
    style: Style
    parts: tuple[Part, ...]
    end: int


_NAMES = (
    "Annex|Appendix|Annexe|Appendice|Anexo|Apéndice|Apendice|Приложение|Дополнение|Part|Chapter|Clause|Section|Article"
    "|Attachment|Schedule|ANNEX|APPENDIX|PART|CHAPTER|SECTION|ARTICLE|ANNEXE|ANEXO"
)
_GAP = r"(?:\s*[.:\u2013\u2014-]?(?:\s+|$))"
_LABELS: tuple[tuple[Style, "re.Pattern[str]"], ...] = (
    (Style.BULLET, re.compile(r"[•‣▪◦●○■□❑❖➢➤✓✔\uf0b7\uf0a7\uf0d8\u2212\u2010\u2013\u2014*·+o-](?=\s)\s+")),
    (
        Style.REQUIREMENT,
        re.compile(
            r"\[(?P<n>[A-Z][A-Za-z0-9]*(?:[-_. /][A-Za-z0-9]+)*?[-_. ]?\d{1,5}[a-z]?)\]\s*[:.\u2013-]?\s+(?=[A-Z])"
            r"|(?P<m>(?:REQ|R|Req|Requirement|REC|RQ|OBJ|UC)(?:[-_. ][A-Z0-9]{1,12}){0,4}?[-_. ]?\d{1,5}[a-z]?)"
            r"(?:\s*[:.\u2013)]\s*|\t|\s+)(?=[A-Z])"
            r"|(?P<k>[A-Z][A-Z0-9]{1,12}(?:[-_][A-Z0-9]{1,12}){0,4}[-_]\d{1,5}[a-z]?)(?::\s*|\t\s*|\.\s+)(?=[A-Z])"
        ),
    ),
    (
        Style.DOTTED,
        re.compile(
            r"(?:§\s*|(?:Article|Art\.|Section|Sec\.|Rule)\s+)(?P<law>\d{1,3}[A-Za-z]?\s?\(\d{1,3}[a-z]?\))[.:]?\s+"
        ),
    ),
    (
        Style.NAMED,
        re.compile(
            rf"(?P<n>(?:{_NAMES})\s+(?:\d{{1,3}}(?:bis|ter|[A-Za-z])?|[A-Z]|[IVX]{{1,5}}))(?![\w'])(?!\.\d){_GAP}?"
        ),
    ),
    (
        Style.DOTTED,
        re.compile(
            r"(?:§\s*)?(?P<n>(?:\d{1,3}(?:bis|ter|[A-Za-z])?|[A-Z]|[IVX]{1,5})(?:\.\d{1,3}(?:bis|ter|[A-Z])?){0,8}"
            r"\.\d{1,3}(?:-?(?:bis|ter|quater)|/\d{1,2}|[a-zA-Z]{0,2}))[.:]?(?:\s+|$)"
        ),
    ),
    (Style.ALPHA, re.compile(r"(?P<n>\(?[A-Za-z\u0430-\u044f]\)(?:\s?bis|\s?ter)?)\s+|(?P<m>[a-z]\.)\s+")),
    (Style.ROMAN, re.compile(r"(?P<n>\(?(?:[ivxl]{1,6}|[IVXL]{1,6})\))\s+|(?P<m>[ivx]{1,5}\.)\s+")),
    (Style.DECIMAL, re.compile(r"(?P<n>\(?\d{1,3}[a-z]?\)|\d{1,3}(?:[a-zA-Z]|-?bis|-?ter)?\.)(?:\s+|$)")),
    (
        Style.PLAIN,
        re.compile(
            r"(?:§\s*)?(?P<n>(?![2-6]G\b)\d{1,3}(?:bis|ter|[A-Za-z])?|[IVX]{1,5}\.|[A-Z]\.)(?:\s*[:\u2013-])?(?:\s+|$)"
        ),
    ),
)


def read_label(text: str) -> Label | None:
    """Return the number at the start of `text` (a block without leading white space), or None."""
    head = text[:80]
    for style, pattern in _LABELS:
        match = pattern.match(head)
        if match:
            written = next((group for group in match.groups() if group), "")
            written = "".join(written.split()) if "law" in match.groupdict() else written
            return Label(
                written.rstrip(".") if style in SECTION_STYLES else written, style, _parts(written), match.end()
            )
    return None


def read_number(number: str) -> Label | None:
    """Return the label that a format computed (`Block.number`); its `end` is 0, since the text does not hold it."""
    bare_letter = re.fullmatch(r"[A-Z]", number.strip())
    label = read_label(number.strip() + (". X" if bare_letter else " X")) if number.strip() else None
    return Label(label.written, label.style, label.parts, 0) if label else None


def roman(text: str) -> int:
    """Return the value of a Roman numeral in either case; 0 where a character is none."""
    values = [ROMANS.get(character, 0) for character in text.lower()]
    if not values or 0 in values:
        return 0
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < following else value for value, following in pairs)


def _parts(written: str) -> tuple[Part, ...]:
    body = written.rpartition(" ")[2]
    return tuple(_part(piece) for piece in re.split(r"[.\-_/(]", body.strip("()[].:")) if piece)


def _part(piece: str) -> Part:
    digits = re.match(r"\d+", piece)
    if digits:
        return (0, int(digits.group()), piece[digits.end() :])
    if re.fullmatch(r"[IVX]+|[ivxl]{2,}", piece):
        return (2, roman(piece), "")
    return (1, 0, piece)


def follows(before: tuple[Part, ...] | None, after: tuple[Part, ...]) -> bool:
    """Return whether `after` may come next behind `before`: first child, next sibling (one may be missing), new annex.

    Both are components of numbers; `before` is None at the start of the document.
    """
    if before is None:
        return all(value <= 1 for _, value, _ in after[:1])
    shared = 0
    while shared < min(len(before), len(after)) and before[shared] == after[shared]:
        shared += 1
    rest = after[shared:]
    if not rest or any(value > 2 for _, value, _ in rest[1:]):
        return False
    space, value, suffix = rest[0]
    if shared == len(before):
        return value <= 2 or space == 1
    old_space, old_value, _ = before[shared]
    if space != old_space:
        return shared == 0 and space > old_space and value <= 1
    if space == 1:
        return suffix > before[shared][2]
    return 0 <= value - old_value <= 2


class Lists:
    """The lists that are open at a place: which number stands on which depth."""

    def __init__(self) -> None:
        self._open: list[tuple[str, int, str]] = []

    @property
    def depth(self) -> int:
        """Depth of the innermost open list; 0 where none is open."""
        return self._open[-1][1] if self._open else 0

    def clear(self) -> None:
        """Close all lists, as a heading or a numbered paragraph does."""
        self._open.clear()

    def place(self, label: Label, level: int = 0) -> tuple[str, ...]:
        """Enter a list item and return its number with those of the items around it, outermost first.

        Args:
            label: Number of the item; "i)" counts as a letter only after "h)".
            level: Depth that the format states, from 1; 0 where unknown.
        """
        style, value = self._reading(label)
        if level:
            while self._open and self._open[-1][1] >= level:
                self._open.pop()
        else:
            styles = [entry[0] for entry in self._open]
            if style in styles:
                del self._open[styles.index(style) :]
            level = len(self._open) + 1
        self._open.append((style, level, value))
        return tuple(entry[2] for entry in self._open if entry[2])

    def _reading(self, label: Label) -> tuple[str, str]:
        bare = label.written.strip("().")
        kind = label.style.value
        if label.style in (Style.ALPHA, Style.ROMAN) and roman(bare):
            before = next((value.strip("().") for style, _, value in reversed(self._open) if style.startswith("a")), "")
            is_letter = len(bare) == 1 and len(before) == 1 and ord(bare) - ord(before) == 1
            kind = "alpha" if is_letter or (len(bare) == 1 and bare.lower() not in "ivx") else "roman"
        if label.style is Style.BULLET:
            return kind, ""
        shape = "(" if label.written.startswith("(") else label.written[-1:].removesuffix(bare[-1:])
        return f"{kind}{shape}{bare.isupper()}", label.written


class Addresses:
    """Gives every clause an address of its own."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._used: set[str] = set()

    def give(self, wanted: str) -> str:
        """Return `wanted`, with "~2", "~3" and so on behind it where it is taken."""
        self._counts[wanted] += 1
        address = wanted if self._counts[wanted] == 1 else f"{wanted}~{self._counts[wanted]}"
        while address in self._used:
            self._counts[wanted] += 1
            address = f"{wanted}~{self._counts[wanted]}"
        self._used.add(address)
        return address


def slug(text: str, length: int = 40) -> str:
    """Return a title as a piece of an address: lower case, words joined by "-", at most `length` characters."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    words = re.findall(r"[^\W_]+", folded)
    return "-".join(words)[:length].strip("-") or "section"


def bare(labels: Sequence[str]) -> str:
    """Return list numbers as a piece of an address: ("b)", "(ii)") gives "b/ii"."""
    return "/".join(label.strip("().[]").replace(" ", "-").replace("/", "-").lower() for label in labels)
