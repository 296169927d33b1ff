"""The titles that the table of contents of a dump names, and where its rows hold them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from impact.extract.text.marks import depth

# Source: the template of ETSI deliverables and 3GPP TR 21.801: a title, leaders, the page; annexes by letter.
LEADERS = re.compile(r"\s*(?:\.\s?){4,}")
ENTRY = re.compile(
    r"(Annex [A-Z]|[0-9]{1,2}[A-Z]?(?:\.[0-9]{1,3}[A-Za-z]?){0,7}|[A-Z](?:\.[0-9]{1,3}[A-Za-z]?){1,7})"
    r"(?![\w.])[.:]?\s+(\S.*)"
)
PAGE = re.compile(r"\s*([0-9]{0,4})")
REFERRED = re.compile(r"(?:\b(?:clauses?|annex|section|and|or|to|in|of|see|under|from)|[,(\"])\s*\Z", re.IGNORECASE)
AT_START, WITHIN = 25, 4
"""Titles after the last one found that a row may begin with, or hold further on. Source: project judgment; a dump
loses some titles, and one in the middle of a row is likely to be cited unless its turn has come."""

JUMP = 12
"""Pages between two titles at the most. Source: project judgment; longer sections have titles within."""

LEAST = 8
"""Characters of a title from which its beginning is told from other words. Source: project judgment."""


@dataclass(frozen=True, slots=True)
class Title:
    """A title as the contents give it; `number` is empty where it has none, "Annex B" for an annex."""

    number: str
    words: str

    @property
    def level(self) -> int:
        """Its level as a heading, from 1."""
        return depth(self.number)


@dataclass(frozen=True, slots=True)
class TitleMatch:
    """A title in a row: its characters `start` to `end`, and the words of it that the next row must bring."""

    title: Title
    start: int
    end: int
    rest: str = ""


class Titles:
    """The titles in order; each is found once, and none before the last one found."""

    def __init__(self, contents: Sequence[str]) -> None:
        self._titles = read_contents(" ".join(contents))
        self._next = 0

    def find(self, text: str) -> TitleMatch | None:
        """Return the title that a row begins with, or one whose turn has come further on in it; None where neither."""
        ahead = self._titles[self._next : self._next + AT_START]
        for index, title in enumerate(ahead):
            match = _whole(title, text, 0) or _begun(title, text)
            if not match and title.number and index < WITHIN and f" {title.number} " in text:
                match = _within(title, text)
            if match:
                self._next += index + 1
                return match
        return None

    def passed(self, number: str) -> None:
        """Note that the section with this number has begun."""
        ahead = self._titles[self._next : self._next + AT_START]
        numbers = [title.number.removeprefix("Annex ") for title in ahead]
        if number and number in numbers:
            self._next += numbers.index(number) + 1


def read_contents(contents: str) -> tuple[Title, ...]:
    """Return the titles of a table of contents, whose page numbers may touch the title behind them."""
    titles: list[Title] = []
    page = 0
    number: tuple[str, ...] = ()
    for before, part in pairwise(["", *LEADERS.split(contents)]):
        page, words = _split(part, page, number) if before or titles else (page, part.strip())
        match = ENTRY.match(words)
        if match:
            number = tuple(match[1].removeprefix("Annex ").split("."))
            titles.append(Title(match[1], " ".join(match[2].split())))
        elif words[:1].isupper():
            titles.append(Title("", " ".join(words.split())))
    return tuple(titles)


def _split(part: str, page: int, number: Sequence[str]) -> tuple[int, str]:
    """Return the page number that `part` begins with, and the rest, as suits the page and number before it best."""
    digits = PAGE.match(part)
    ends = range(digits.start(1) + 1, digits.end(1) + 1) if digits else range(0)
    can = [(int(part[digits.start(1) : end]), part[end:].strip()) for end in ends] if digits else []
    near = [(there, rest) for there, rest in can if page <= there <= page + JUMP]
    fitting = [
        (there, rest)
        for there, rest in [*near, *can]
        if (match := ENTRY.match(rest)) and _next(number, match[1]) and rest[0] != "0"
    ]
    whole = [(there, rest) for there, rest in [*near, *can] if not rest[:1].isdigit()]
    return next(iter([*fitting, *whole, *near]), (page, part.strip()))


def _next(last: Sequence[str], written: str) -> bool:
    number = written.removeprefix("Annex ").split(".")
    if not last or written.startswith("Annex "):
        return written.startswith("Annex ") or number[0] in ("0", "1", "A")
    if number[0].isalpha() and number[1:] in (["0"], ["1"]):
        return True
    return number[: len(number) - 1] == list(last[: len(number) - 1]) and number != list(last[: len(number)])


def _spaced(words: str) -> str:
    return r"\s+".join(map(re.escape, words.split()))


def _whole(title: Title, text: str, start: int) -> TitleMatch | None:
    if not text.startswith(title.number or title.words[:1], start):
        return None
    number = _spaced(title.number) + r"[.:]?\s+" if title.number else ""
    match = re.compile(number + _spaced(title.words) + r"(?=\s+[^\sa-z]|\s*\Z)").match(text, start)
    return TitleMatch(title, start, match.end()) if match else None


def _begun(title: Title, text: str) -> TitleMatch | None:
    """Return the title where all of a row is the beginning of it."""
    if not title.number or not text.startswith(f"{title.number}"):
        return None
    head = text[len(title.number) :]
    words = " ".join(head.strip(" .:" if title.number.startswith("Annex") else " .").split())
    named = title.number.startswith("Annex ") and title.words.startswith(words)
    if (head[:1].isalnum() or not title.words.startswith(words)) or not (named or len(words) >= LEAST):
        return None
    return TitleMatch(title, 0, len(text), title.words[len(words) :].lstrip(": "))


def _within(title: Title, text: str) -> TitleMatch | None:
    start = text.index(f" {title.number} ") + 1
    return None if REFERRED.search(text[:start]) else _whole(title, text, start)


def carried(rest: str, text: str) -> int:
    """Return how many characters of a row are the rest of a title, or the beginning of the rest; 0 for none."""
    whole = re.match(_spaced(rest) + r"(?=\s+[^\sa-z]|\s*\Z)", text)
    if whole:
        return whole.end()
    return len(text) if len(text) >= LEAST and rest.startswith(" ".join(text.split())) else 0
