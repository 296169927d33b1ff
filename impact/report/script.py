"""A text to be edited, line by line, before it is a file: `review` and `contribution` become TXT and DOCX from it."""

import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from impact.report.cleaning import clipped, plain
from impact.report.quotes import Piece

WIDTH = 76
"""Characters a line of the text file. Source: RFC 678 and custom of mailing lists."""
WORD = 120
BLANK = "[to be filled]"


class Kind(StrEnum):
    """What a line is."""

    TITLE = "title"
    HEADING = "heading"
    SUBHEADING = "subheading"
    FIELD = "field"
    TEXT = "text"
    QUOTE = "quote"
    BULLET = "bullet"
    QUIET = "quiet"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the script, before it is wrapped.

    Attributes:
        label: For a field its name, for a quote its place, for a text or bullet what stands before it in bold.
        runs: For a quote its words, of which some are marked.
    """

    kind: Kind
    text: str = ""
    label: str = ""
    runs: tuple[Piece, ...] = ()


def quote(place: str, runs: tuple[Piece, ...]) -> Line:
    """Return a quote at a place."""
    return Line(Kind.QUOTE, label=place, runs=runs)


def said(runs: Iterable[Piece]) -> str:
    """Return the words of a quote in one line, a blank at each gap."""
    return plain("".join(f" {run.text} " if run.gap else run.text for run in runs))


def to_text(lines: Iterable[Line]) -> str:
    """Return the script as plain text, wrapped, with one blank line between paragraphs."""
    out: list[str] = []
    previous = None
    for line in lines:
        together = previous is line.kind and line.kind in {Kind.FIELD, Kind.BULLET}
        out += [] if not out or together else [""]
        out += _wrapped(line)
        previous = line.kind
    return "\n".join(out) + "\n"


def _wrapped(line: Line) -> Iterator[str]:
    text = _endless(f"{line.label}: {plain(line.text)}" if line.label else plain(line.text))
    if line.kind is Kind.TITLE:
        yield from _filled(text, "", "")
        yield "=" * min(WIDTH, len(text))
    elif line.kind in {Kind.HEADING, Kind.SUBHEADING}:
        yield text
        yield ("-" if line.kind is Kind.HEADING else "~") * min(WIDTH, len(text))
    elif line.kind is Kind.QUOTE:
        yield f"{clipped(plain(line.label), WIDTH - 1)}:"
        yield from _filled(_endless(said(line.runs)), "   | ", "   | ")
    elif line.kind is Kind.BULLET:
        yield from _filled(text, " - ", "   ")
    elif line.kind is Kind.FIELD:
        yield from _filled(text, "", "   ")
    else:
        yield from _filled(text, "", "")


def _filled(text: str, first: str, further: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent=first, subsequent_indent=further, break_on_hyphens=False) or [
        first
    ]


def _endless(text: str) -> str:
    """Return a text in which no word is endless."""
    return " ".join(clipped(word, WORD) for word in text.split(" "))
