"""Paragraphs that go on after what stands between: a footnote or a figure at the end of a page."""

from collections.abc import Callable

from impact.extract.pdf.line import Line

_BETWEEN = 16
"""Groups of lines (footnotes, captions) that may stand between both halves of a paragraph. Source: project
judgment."""


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
