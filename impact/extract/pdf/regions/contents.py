"""Lines of a table of contents: dot leaders, or a column of page numbers that rise."""

import re
from collections.abc import Sequence

from impact.extract.pdf.line import Line

_LEADERS = re.compile(
    r"(?<!\.)(?<!\.\s)(?:\.\s?){4,}\s*(?:\d{1,4}|[ivxl]{1,6})$|(?:…\s?){2,}\s*\d{1,4}$|_{4,}\s*\d{1,4}$"
)
"""Dots are looked at from the first of a row on, or the time would be by the square of their number."""
_LAST = frozenset("0123456789ivxl")
_PAGE = re.compile(r"\d{1,4}|[ivxl]{1,6}")
_RUN = 4
"""Lines in a row that end in page numbers and so may be a table of contents. Source: project judgment."""


def contents_of(lines: Sequence[Line]) -> set[int]:
    """Return the ids (of `id`) of the lines that are entries of a table of contents."""
    marked = {id(line) for line in lines if line.text[-1:] in _LAST and _has_leaders(line.text)}
    run: list[Line] = []
    for line in lines:
        if (line.cells and _ends_in_page(line)) or id(line) in marked:
            run.append(line)
        elif run:
            marked |= _run(run, marked)
            run = []
    return marked | _run(run, marked)


def _has_leaders(text: str) -> bool:
    return (text.count(".") > 3 or "…" in text or "____" in text) and _LEADERS.search(text) is not None


def _ends_in_page(line: Line) -> bool:
    """Return whether a line with wide gaps is words, such a gap, and a page number at the far right."""
    return (
        line.cells[-1] == len(line.words) - 1
        and _PAGE.fullmatch(line.page.texts[line.words[-1]]) is not None
        and not line.text[:-4].replace(" ", "").isdigit()
    )


def _run(run: list[Line], marked: set[int]) -> set[int]:
    """Return a run of lines that end in page numbers, if it is one: dot leaders among them, or numbers that rise."""
    if len(run) < _RUN:
        return set()
    numbers = [int(text) for line in run if (text := line.page.texts[line.words[-1]]).isdigit()]
    rising = numbers == sorted(numbers) and len(numbers) >= _RUN and all(len(line.cells) <= 2 for line in run)
    leaders = any(id(line) in marked for line in run)
    return {id(line) for line in run} if leaders or rising else set()
