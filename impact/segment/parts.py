"""What part of a document a title or a paragraph belongs to."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from impact.records import ClauseKind
from impact.typed import Pattern, loader


class Part(StrEnum):
    """What a section is for; `BODY` is all that has no other name."""

    BODY = "body"
    CONTENTS = "contents"
    REFERENCES = "references"
    BOILERPLATE = "boilerplate"
    KEYWORDS = "keywords"
    ABBREVIATIONS = "abbreviations"
    DEFINITIONS = "definitions"
    INFORMATIVE = "informative"


_LEADERS = re.compile(r"(?:\.[ \u00a0\t]?){4,}|\u2026{2,}|_{6,}")
_ENDS_IN_PAGE = re.compile(r"(?:[\s.\u2026]|\t)(?:\d{1,4}|[ivxlc]{1,6})\Z")
_STATUS = re.compile(r"\((?:informative|normative)\)\s*:?\s*(?=\S)", re.IGNORECASE)
"""What precedes the title of an annex. Source: the template of ETSI deliverables; ISO/IEC Directives,
Part 2, clause 20."""

_UNASSESSED = frozenset({Part.REFERENCES, Part.BOILERPLATE})
_LONGEST_FIELD = 40
"""Characters up to which a cell may be the name of a cover field. Source: project judgment."""

_LONGEST_OPENING = 220
"""Characters up to which a line may open operative text. Source: resolutions of ITU, which name whom they instruct."""

_TERMS = re.compile(r"[,;\u00b7\u2022|\n\u060c\u3001\uff0c\uff1b]")
_LONGEST_TERM = 6
"""Words up to which a piece between commas may be a term. Source: project judgment; names of technologies."""

_REFERENCE = re.compile(r"\[[^\]]{1,40}\]|.*(?:\b(?:19|20)\d\d\b|https?://|\bRFC ?\d|\bISBN\b|\bdoi\b)", re.DOTALL)

_NAME = re.compile(r"(?:[A-Z\d]{1,2}[.)] )?[^.:;!?]{1,90}[.;,]?(?: and| or)?")
"""What an item of a list is that only names something. Source: project judgment after reading reports."""


@dataclass(frozen=True, slots=True)
class _Titles:
    equal: frozenset[str]
    start: tuple[str, ...] = ()
    inside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Parts:
    """The whole of parts.toml, see there."""

    titles: dict[Part, _Titles]
    operative: dict[str, Pattern]
    phrases: dict[str, tuple[str, ...]]
    markers: dict[str, tuple[str, ...]]
    cover: dict[str, frozenset[str]]
    entries: dict[str, Pattern]


def part_of(title: str) -> Part | None:
    """Return the part that a section of this title (without its number) opens; None where the title does not say.

    An annex that says that it is informative and what it holds, as "(informative): Bibliography", opens what it holds
    where that is not assessed.
    """
    if len(title) > 160:
        return None
    annex = _STATUS.match(title)
    content = _part_of(normal(title[annex.end() :])) if annex else None
    return content if content in _UNASSESSED else _part_of(normal(title))


def normal(title: str) -> str:
    """Return a title for comparison: case folded, white space single, punctuation at both ends dropped."""
    return " ".join(title.casefold().split()).strip(" .:;,*#_\u2013\u2014-")


def marker(text: str) -> ClauseKind | None:
    """Return note, example or caption where the first words of a paragraph say so."""
    match = _markers().match(text)
    return ClauseKind(match.lastgroup) if match and match.lastgroup else None


def is_operative(line: str) -> bool:
    """Return whether a line opens a part of the operative text of a recommendation or resolution: "considering"."""
    return len(line) < _LONGEST_OPENING and bool(_data().operative["opening"].fullmatch(line.strip()))


def names_terms(text: str) -> bool:
    """Return whether a paragraph only names terms, or is no sentence at all."""
    ended = text.rstrip().endswith((".", ";", ":", "\u3002"))
    return not ended or all(len(piece.split()) <= _LONGEST_TERM for piece in _TERMS.split(text))


def is_boilerplate(text: str) -> bool:
    """Return whether a paragraph begins like a notice on copyright, patents, status or distribution."""
    return bool(_phrases("boilerplate").match(text))


def is_informative(text: str) -> bool:
    """Return whether a paragraph says that the section it stands in is not normative."""
    return len(text) < 400 and bool(_phrases("informative").search(text))


def is_entry(text: str, stem: str) -> bool:
    """Return whether an item of a list, without its number, only names what is told elsewhere.

    "Payments, see clause 4" does, or a mere name, under "The paper has these use cases:", the sentence `stem`.
    """
    words, entries = " ".join(text.split()), _data().entries
    short = _NAME.fullmatch(words) or entries["points"].fullmatch(words)
    return bool(entries["announces"].search(stem) and short) and not entries["says"].search(words)


def is_contents(text: str) -> bool:
    """Return whether a paragraph has the dot leaders and page number of a table of contents."""
    leaders = len(_LEADERS.findall(text[:4000]))
    return leaders > 1 or (leaders == 1 and bool(_ENDS_IN_PAGE.search(text)))


def ends_in_page(text: str) -> bool:
    """Return whether a line ends in what may be a page number."""
    return bool(_ENDS_IN_PAGE.search(text))


def is_reference(text: str) -> bool:
    """Return whether a paragraph looks like an entry of a list of references."""
    return bool(_REFERENCE.match(text[:600]))


def cover_field(cell: str) -> bool | None:
    """Return for the first cell of a cover row: True where the row is assessed, False where not, None if unknown."""
    if len(cell) > _LONGEST_FIELD:
        return None
    name = re.sub(r"\W*(?:\(s\))?\W*\Z", "", normal(cell)) or normal(cell)
    cover = _data().cover
    if name in cover["assessed"]:
        return True
    return False if name in cover["boilerplate"] else None


@cache
def _part_of(title: str) -> Part | None:
    if is_operative(title):
        return Part.BODY
    for part in (Part.BODY, *(part for part in Part if part is not Part.BODY)):
        titles = _data().titles[part]
        if title in titles.equal or title.startswith(titles.start) or any(words in title for words in titles.inside):
            return part
    return None


_data = loader(_Parts, "impact.segment", "parts.toml")


@cache
def _markers() -> "re.Pattern[str]":
    note, example, caption = (_either(_data().markers[name]) for name in ("note", "example", "caption"))
    number = r"[A-Z]?\d+[A-Za-z]?(?:[.\-\u2013]\d+[A-Za-z]?)*"
    return re.compile(
        rf"(?P<note>(?:{note})(?:\s*\d+)?(?: to (?:entry|editors?))?\s*[:.\u2013\u2014\uff1a-]|(?:NOTE|NOTA)\s)"
        rf"|(?P<example>(?:{example})(?:\s*\d+)?\s*[:.\u2013\u2014\uff1a-](?!\w)|EXAMPLE\s)"
        rf"|(?P<caption>(?:{caption})\s*(?:{number}|[A-Z][.\-]\d+(?:[.\-]\d+)*|[IVX]+(?:[.\-]\d+)+)"
        r"(?:\s*[:\uff1a/]|\s*[.\u2013\u2014-](?!\w)|\s+[(A-Z]|\s*\Z))"
    )


@cache
def _phrases(name: str) -> "re.Pattern[str]":
    return re.compile(_either(_data().phrases[name]), re.IGNORECASE)


def _either(phrases: tuple[str, ...]) -> str:
    return "|".join(re.escape(phrase) for phrase in sorted(phrases, key=len, reverse=True))
