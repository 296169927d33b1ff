"""The wording of clauses as strings in which one character stands for one word, so that rapidfuzz compares words."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from impact.records.report import ReportClause

ALIKE = str.maketrans(
    {
        "\N{LEFT SINGLE QUOTATION MARK}": "'",
        "\N{RIGHT SINGLE QUOTATION MARK}": "'",
        "\N{LEFT DOUBLE QUOTATION MARK}": '"',
        "\N{RIGHT DOUBLE QUOTATION MARK}": '"',
        "\N{HYPHEN}": "-",
        "\N{NON-BREAKING HYPHEN}": "-",
        "\N{EN DASH}": "-",
        "\N{EM DASH}": "-",
        "\N{MINUS SIGN}": "-",
        "\N{SOFT HYPHEN}": None,
        "\N{ZERO WIDTH SPACE}": None,
    }
)
ALONE = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
"""Scripts without spaces between words: each of their signs counts as a word."""
WORD = re.compile(rf"[{ALONE}]|[^\W{ALONE}]+")
SIGN = re.compile(r"\S")
NUMBERED = re.compile(r"^(?:[\dA-Z.()]*\d[\dA-Z.()]*|[A-Z][.)])\s+")
LABEL = re.compile(
    r"(?P<label>(?:Article|Clause|Section|Rule|Req(?:uirement)?|R|§)[ .-]?"
    r"[\[(]?\d{1,3}(?:[.-]\d{1,3}){1,4}[a-z]?[\])]?"
    r"|[\[(]\d{1,3}(?:[.-]\d{1,3}){1,4}[a-z]?[\])]"
    r"|\d{1,3}(?:\.\d{1,3}){2,4}[a-z]?)[.:]?\s+(?=[A-Z])"
)
"""A number that the reading did not take for one, such as R4.2, (4.2) or 4.2.1; 4.2 alone may be a quantity."""
SERIES = re.compile(
    r"(?P<label>(?:(?:[^\W\d_]{1,12}\.?|[^\w\s]{1,2})\s)?(?:[^\s\d]{0,16}\d[^\s]{0,12}|[\[(]?(?:[ivxlc]{1,6}|[IVXLC]{1,6})[.)\]:]))"
    r"(?:\s[-:|\N{EN DASH}\N{EM DASH}])?\s+(?=\S)"
)
"""What may be a number of any form, such as "P14 -", "[GEN-014]" or "(iv)", if most clauses of an edition begin so."""
COUNTED = re.compile(r"\d+(?:[.-]\d+)*|[^\W\d_]+")
SHARE, LEAST = 0.5, 5
"""Share of the clauses without a number that begin with labels of one form, and how many at least, from which on these
count as numbers. Source: project judgment."""
FIRST_SURROGATE, SURROGATES = 0xD800, 0x800


@dataclass(frozen=True, slots=True)
class ClauseWording:
    """A clause as alignment sees it.

    Attributes:
        key: The text without differences of white space, quotation marks and dashes: equal keys are the same wording.
        code: One character a word, the same for the same word in both editions.
        heading: The innermost heading, without its number.
        title: Whether the clause is itself a heading.
    """

    key: str
    code: str
    number: str
    heading: str
    title: bool


class Editions(NamedTuple):
    """The clauses of both editions as alignment sees them, each in its order."""

    old: tuple[ClauseWording, ...]
    new: tuple[ClauseWording, ...]


class Coding:
    """Gives each word its character, in the order in which words are first seen."""

    def __init__(self) -> None:
        self._codes: dict[str, str] = {}

    def encode(self, words: Iterable[str]) -> str:
        """Return one character a word."""
        return "".join(self._codes.get(word) or self._add(word) for word in words)

    def _add(self, word: str) -> str:
        point = len(self._codes) + 1
        code = self._codes[word] = chr(point if point < FIRST_SURROGATE else point + SURROGATES)
        return code


def key_of(text: str) -> str:
    """Return a text without differences that are no change of wording: white space, kinds of quotes and dashes."""
    return " ".join(unicodedata.normalize("NFKC", text.translate(ALIKE)).split())


def labeled(text: str, number: str) -> tuple[str, str]:
    """Return the number of a clause, or the one that its text begins with if it has none, and the text without it."""
    match = None if number else LABEL.match(text)
    return (match["label"], text[match.end() :]) if match else (number, text)


def series_of(keys: Iterable[str]) -> frozenset[str]:
    """Return the forms of the labels with which most texts without a number begin, see `form_of`."""
    forms = [form_of(match["label"]) if (match := SERIES.match(key)) else "" for key in keys]
    most = max(LEAST, SHARE * len(forms))
    return frozenset(form for form, count in Counter(forms).items() if form and count >= most)


def numbered(clauses: Sequence[ReportClause]) -> list[tuple[str, str]]:
    """Return the number of each clause of an edition and its text without it, also where the reading took none.

    A number that several clauses have, such as that of their chapter, does not count where most of them begin with one
    of their own.
    """
    counts = Counter(clause.number for clause in clauses)
    shared = [counts[clause.number] > 1 or not clause.number for clause in clauses]
    series = series_of(key_of(clause.text) for clause, loose in zip(clauses, shared, strict=True) if loose)
    return [_numbered(clause, series if loose else frozenset()) for clause, loose in zip(clauses, shared, strict=True)]


def _numbered(clause: ReportClause, series: frozenset[str]) -> tuple[str, str]:
    match = SERIES.match(clause.text)
    if match and form_of(match["label"]) in series:
        return " ".join(match["label"].split()), clause.text[match.end() :]
    return labeled(clause.text, key_of(clause.number))


def form_of(label: str) -> str:
    """Return a label with 0 for each number and each run of letters."""
    return COUNTED.sub("0", label)


def words_of(key: str) -> list[str]:
    """Return the words in lower case; of a text without any, its signs."""
    folded = key.casefold()
    return WORD.findall(folded) or SIGN.findall(folded)


def wordings(clauses: Sequence[ReportClause], coding: Coding) -> tuple[ClauseWording, ...]:
    """Return the clauses of an edition as alignment sees them, in the same order."""
    rows = []
    for clause, (number, text) in zip(clauses, numbered(clauses), strict=True):
        key = key_of(text)
        heading = NUMBERED.sub("", key_of(clause.headings[-1])).casefold() if clause.headings else ""
        rows.append(ClauseWording(key, coding.encode(words_of(key)), number, heading, clause.kind == "heading"))
    return tuple(rows)
