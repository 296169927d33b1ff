"""Paragraphs in two parts: a footnote or a figure at the end of a page stands between, or a term stands above."""

import re
from collections.abc import Callable

from impact.extract.pdf.line import Line
from impact.extract.pdf.lines import follows
from impact.extract.pdf.order import ANCHOR

_BETWEEN = 16
"""Groups of lines (footnotes, captions) that may stand between both halves of a paragraph. Source: project
judgment."""

_INDENT = 6.0
"""Heights of a line by which a definition is indented at most. Source: project judgment."""

_FIELD = re.compile(r"[A-Z][^.:;]{1,40}:\s")
_ENDED = re.compile(r"[.!?;][)\]\"\u201d]*$")
_WORDS = 3
"""Words of a definition at least. Source: project judgment; shorter lines are those of an outline or of code."""


def rejoined(groups: list[list[Line]], carries_over: Callable[[list[Line], Line], bool]) -> list[list[Line]]:
    """Join paragraphs that a footnote or a figure at the end of a page parts; what stood between comes after.

    Paragraphs are lines in content order; `carries_over` tells whether one goes on with a line.
    """
    joined: list[list[Line]] = []
    for group in groups:
        host = _host(joined, group, carries_over)
        if host is None:
            joined.append(group)
        else:
            joined[host] = joined[host] + group
    return joined


def _host(groups: list[list[Line]], group: list[Line], carries_over: Callable[[list[Line], Line], bool]) -> int | None:
    """Return the position of the last paragraph of the page before that breaks off where `group` goes on."""
    first = group[0]
    if not first.text[:1].islower() or first.solid < 2 or first.cells:
        return None
    for at in range(len(groups) - 1, max(len(groups) - 1 - _BETWEEN, -1), -1):
        last = groups[at][-1]
        if last.page is first.page:
            if abs(last.size - first.size) <= 0.3 and groups[at][0].solid > 1:
                return None
            continue
        if first.page.number - last.page.number != 1:
            return None
        if abs(last.size - first.size) <= 0.3 and last.solid > 2:
            return at if carries_over(groups[at], first) else None
    return None


def with_terms(
    groups: list[list[Line]], pitch: Callable[[Line], float], is_item: Callable[[str], bool]
) -> list[list[Line]]:
    """Join each term with the definition that is indented right below it, no more apart than lines of a paragraph.

    Args:
        groups: Lines of paragraphs.
        pitch: Gives the usual distance in points from a line to the next one.
        is_item: Tells whether a text begins with a bullet or number.
    """
    joined: list[list[Line]] = []
    for group in groups:
        term = joined[-1][0] if joined and len(joined[-1]) == 1 else None
        if (
            term is not None
            and _defines(term, group, pitch)
            and (not is_item(term.text) or ANCHOR.fullmatch(term.text))
            and not is_item(group[0].text)
        ):
            joined[-1] = joined[-1] + group
        else:
            joined.append(group)
    return joined


def _defines(term: Line, group: list[Line], pitch: Callable[[Line], float]) -> bool:
    first, last = group[0], group[-1]
    if (
        (term.bold and not ANCHOR.fullmatch(term.text))
        or term.cells
        or first.cells
        or not follows(term, first)
        or first.bold
        or (term.text.endswith(":") and _FIELD.match(first.text))
    ):
        return False
    step = first.x0 - term.x0
    below = min(first.y1 - term.y1, first.y0 - term.y0)  # exponents make a line higher
    aligned = all(abs(line.x0 - first.x0) < 2 for line in group if line.page is first.page)
    return (
        0.7 * term.height < step < _INDENT * term.height
        and below <= 1.08 * pitch(first)
        and aligned
        and len(first.words) >= _WORDS
        and (_ENDED.search(last.text) is not None or (term.text.endswith(":") and not _announces(group)))
    )


def _announces(group: list[Line]) -> bool:
    """Return whether a line alone ends in a colon, as that of another term does."""
    return len(group) == 1 and group[0].text.endswith(":")
