"""Titles of ITU Recommendations, Supplements and Resolutions: on the cover, or on the page where the text begins."""

import re
from functools import partial

from impact.describe.front import FieldValue, Front, FrontLine, is_running_text
from impact.describe.patterns import pattern
from impact.records import Span

P = partial(pattern, "itu")
COVER = 60
"""Lines of the cover, in whose table cells a title may stand. Source: project judgment."""

FIRST = 15
"""Lines at the top in which a title may stand outside of a table. Source: project judgment."""


def is_title_page(line: FrontLine, at: int) -> bool:
    """Return whether line number `at` can name the document itself: on its cover, or set as a heading is."""
    is_heading = line.source.bold or re.match(
        r"rec[ _]?(?:no|title)|h\d|heading|title", line.source.style, re.IGNORECASE
    )
    return at < FIRST or (line.cell >= 0 and at < COVER) or bool(is_heading)


def inner_title(front: Front) -> FieldValue | None:
    """Return the title under "Recommendation ITU-T X.n" on the page after the cover, or under a Supplement's name."""
    for at, line in enumerate(front.lines):
        named = P("recommendation").match(line.text) or re.match(
            r"Supplement\s+\d+\s+to\s+ITU", line.text, re.IGNORECASE
        )
        if named and is_title_page(line, at):
            title = title_after(front, line)
            if title is not None:
                return title
    return None


def title_after(front: Front, line: FrontLine) -> FieldValue | None:
    """Return the title on the lines after `line`, up to what follows a title; None where that comes at once."""
    at = front.lines.index(line)
    titles: list[FrontLine] = []
    for other in front.lines[at + 1 : at + 7]:
        if P("after_title").match(other.text) or (titles and _breaks(titles[-1], other)) or is_running_text(other):
            break
        titles.append(other)
    return front.joined([title.span for title in titles])


def _breaks(before: FrontLine, line: FrontLine) -> bool:
    """Return whether a title cannot go on from one line to the next: another cell, or another look of the block."""
    if before.source is line.source:
        return before.cell != line.cell
    first, second = before.source, line.source
    return max(line.cell, before.cell) >= 0 or (first.style, first.size, first.bold) != (
        second.style,
        second.size,
        second.bold,
    )


def cover_title(front: Front) -> FieldValue | None:
    """Return the title on the cover: the block after the one that names the series."""
    for at, line in enumerate(front.lines[:COVER]):
        if not P("series").match(line.text):
            continue
        rest = [other for other in front.lines[at + 1 : at + 15] if other.block != line.block]
        titles = [other for other in rest if other.block == rest[0].block and not P("after_title").match(other.text)]
        if titles:
            return front.words(Span(titles[0].span.start, titles[-1].span.end))
    return None
