"""A text to be edited, line by line, before it is a file: `review` and `contribution` become TXT and DOCX from it."""

import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from impact.present.cleaning import SPACE, clipped, plain
from impact.present.lists import begun
from impact.present.places import NUMBERED
from impact.records import Clause, ClauseKind
from impact.report.quotes.lead_ins import BULLET
from impact.report.quotes.quote import Piece, unlisted
from impact.report.view.places import Location

WIDTH = 76
"""Characters a line of the text file. Source: RFC 678 and custom of mailing lists."""
WORD = 120
BLANK = "[to be filled]"


class LineKind(StrEnum):
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
class DraftLine:
    """One line of the script, before it is wrapped.

    Attributes:
        label: For a field its name, for a quote its place, for a text or bullet what stands before it in bold.
        runs: For a quote its words, of which some are marked.
        stem: For a quote of an item of a list the words that introduce the list.
        code: Whether the quote is of code, whose line ends stay: a comment runs to the end of its line.
    """

    kind: LineKind
    text: str = ""
    label: str = ""
    runs: tuple[Piece, ...] = ()
    stem: str = ""
    code: bool = False


title_line = partial(DraftLine, LineKind.TITLE)
heading = partial(DraftLine, LineKind.HEADING)
subheading = partial(DraftLine, LineKind.SUBHEADING)
field = partial(DraftLine, LineKind.FIELD)
paragraph = partial(DraftLine, LineKind.TEXT)
bullet = partial(DraftLine, LineKind.BULLET)
small_print = partial(DraftLine, LineKind.QUIET)


def quote(where: Location, clause: Clause, runs: tuple[Piece, ...], stem: str = "") -> DraftLine:
    """Return a quote of a clause, after the words that introduce its list where it is an item of one."""
    label = f"Clause {where.full}" if NUMBERED.match(where.full) else begun(where.full)
    code = clause.kind is ClauseKind.CODE
    return DraftLine(
        LineKind.QUOTE, label=label, runs=unlisted(runs) if stem and not code else runs, stem=stem, code=code
    )


def spaced(run: Piece, *, code: bool) -> str:
    """Return the words of a run: a blank, in code a line end, at both sides of a gap.

    Line ends stay in code and before a bullet alone.
    """
    if run.gap:
        return f"\n{run.text}\n" if code else f" {run.text} "
    return run.text if code else BULLET.join(SPACE.sub(" ", part) for part in run.text.split(BULLET))


def to_text(lines: Iterable[DraftLine]) -> str:
    """Return the script as plain text, wrapped, with one blank line between paragraphs."""
    out: list[str] = []
    previous = None
    for line in lines:
        together = previous is line.kind and line.kind in {LineKind.FIELD, LineKind.BULLET}
        out += [] if not out or together else [""]
        out += _wrapped(line)
        previous = line.kind
    return "\n".join(out) + "\n"


def _wrapped(line: DraftLine) -> Iterator[str]:
    text = _endless(f"{line.label}: {plain(line.text)}" if line.label else plain(line.text))
    if line.kind is LineKind.TITLE:
        lines = _filled(text, "", "")
        yield from lines
        yield "=" * max(map(len, lines))
    elif line.kind in {LineKind.HEADING, LineKind.SUBHEADING}:
        lines = _filled(text, "", "")
        yield from lines
        yield ("-" if line.kind is LineKind.HEADING else "~") * max(map(len, lines))
    elif line.kind is LineKind.QUOTE:
        yield f"{clipped(plain(line.label), WIDTH - 1)}:"
        if line.stem:
            yield from _filled(_endless(line.stem), "   | ", "   | ")
        words = "".join(spaced(run, code=line.code) for run in line.runs)
        for part in words.strip().splitlines() if line.code else words.split("\n"):
            under = "   |     " if line.code else "   |   " if part.startswith(BULLET.strip()) else "   | "
            yield from _filled(_endless(plain(part)), "   | ", under)
    elif line.kind is LineKind.BULLET:
        yield from _filled(text, " - ", "   ")
    elif line.kind is LineKind.FIELD:
        yield from _filled(text, "", "   ")
    else:
        yield from _filled(text, "", "")


def _filled(text: str, first: str, further: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent=first, subsequent_indent=further, break_on_hyphens=False) or [
        first
    ]


def _endless(text: str) -> str:
    return " ".join(clipped(word, WORD) for word in text.split(" "))
