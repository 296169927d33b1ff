"""Where entries of lists begin in lines without blank ones between them, with marks and without."""

import re
from collections.abc import Sequence

from impact.extract.text import marks
from impact.extract.text.lines import SourceLine
from impact.extract.text.table import BAR, is_row

_ROW = re.compile(r"(?P<term>[\w\"'(<][\w .,:/()'\"&+*<>-]{0,38}?(?<![.!?]))\s{2,}(?=[\w\"'(\[<])")
"""A term and what stands beside it. Source: xml2rfc sets definition lists so; project judgment for the length."""

_NAMED = re.compile(r"[;,](?: and| or)?\Z")
_NAMES = 3
"""Entries of a list of names at least. Source: project judgment; two statements of a program end in ";" as well."""

_WIDE, _ENDED, _LINES = 110, 0.8, 3
"""Characters of a line that no wrapped text has, the share of lines that end a sentence, and how many lines at least,
from which on each line of a run is a paragraph. Source: project judgment; RFC 7994 wraps at 72, most texts at 80."""
_LABEL = re.compile(r"(?:[^\W\d_]{1,12}\.? )?[\[(]?\d{1,3}(?:\.\d{1,3}){0,4}[.)\]]{0,2}")
"""A number that stands in a line of its own above its clause: "Article 5"."""
_TITLE, _TITLED = 60, 0.4
"""Characters below which a line of such a run may be a title, and the share of lines that end a sentence where many are
titles, such as one for each paragraph. Source: project judgment."""
_HUNG = 0.3
"""Share of lines that are set in without a mark, above which a run is wrapped with hanging lines. Source: as above."""


def entry_starts(chunk: Sequence[SourceLine]) -> list[int]:
    """Return the indices of the lines with which entries begin; none where a run of lines is no such list."""
    return _rows(chunk) or _names(chunk) or _barred(chunk) or _whole_lines(chunk)


def is_above_code(chunk: Sequence[SourceLine], fields: int) -> bool:
    """Return whether a run of lines is a term and, further right, code or a drawing.

    Args:
        chunk: The run.
        fields: Indent of the fields before it that had their values beside them; -1 for none. Under a term of such a
            list stands only what cannot stand beside it.
    """
    first, rest = chunk[0], chunk[1:]
    field = marks.FIELD.match(first.text)
    if not rest or field is None or field["value"] or any(line.indent <= first.indent for line in rest):
        return False
    if any(marks.looks_prose(line.text) or marks.BULLET.match(line.text) for line in rest):
        return False
    drawn = sum(marks.looks_drawn(line.text) for line in rest)
    return drawn * 2 >= len(rest) or fields == first.indent


def begins_piece(chunk: Sequence[SourceLine], start: int, index: int) -> bool:
    """Return whether a new piece begins at `index`, the present one having begun at `start`."""
    line, first = chunk[index], chunk[start]
    field, before = marks.FIELD.match(line.text), marks.FIELD.match(first.text)
    if field and before and (field["value"] or before["value"]):
        return True
    mark, opened = marks.mark(line.text), marks.mark(first.text)
    if not mark:
        return bool(opened) and line.indent <= first.indent and chunk[index - 1].text.endswith(marks.TERMINAL)
    if opened:
        return line.indent <= first.indent or bool(marks.BULLET.match(line.text) and line.indent <= first.indent + 8)
    same = sum(bool(marks.mark(other.text)) and other.indent == line.indent for other in chunk[index : index + 12])
    return line.indent > first.indent or chunk[index - 1].text.endswith(":") or same > 1


def _rows(chunk: Sequence[SourceLine]) -> list[int]:
    """Return the lines with a term, if the others go on below the definitions, which all begin in one column."""
    starts: list[int] = []
    column, worded = -1, 0
    for index, line in enumerate(chunk):
        row = _ROW.match(line.text)
        if row is None or (starts and line.indent == column):
            if not starts or line.indent != column:
                return []
            continue
        value = line.text[row.end() :]
        column = line.indent + row.end() if column < 0 else column
        if line.indent != chunk[0].indent or line.indent + row.end() != column or marks.looks_drawn(value):
            return []
        starts.append(index)
        worded += len(marks.WORD.findall(value)) > 1
    return starts if len(starts) > 1 and worded * 2 >= len(starts) else []


def _names(chunk: Sequence[SourceLine]) -> list[int]:
    """Return the lines after those that end in ";", if the last one ends in a full stop and none is code."""
    starts = [index for index in range(len(chunk)) if not index or _NAMED.search(chunk[index - 1].text)]
    bare = [_NAMED.sub("", line.text) for line in chunk]
    ended = sum(";" in line.text[-5:] for line in chunk)
    if len(starts) < _NAMES or ended < _NAMES - 1 or not chunk[-1].text.endswith("."):
        return []
    if any(marks.looks_drawn(text) for text in bare):
        return []
    return starts if all(chunk[start].indent == chunk[0].indent for start in starts) else []


def _barred(chunk: Sequence[SourceLine]) -> list[int]:
    """Return all lines of a run of which most are rows of cells with bars between them, some with running words."""
    rows = [line.text for line in chunk if is_row(line)]
    worded = any(marks.looks_prose(cell) for text in rows for cell in text.split(BAR))
    return list(range(len(chunk))) if len(rows) >= _LINES and len(rows) * 2 > len(chunk) and worded else []


def _whole_lines(chunk: Sequence[SourceLine]) -> list[int]:
    """Return all lines of a run that is not wrapped: some are wider than any page, and nearly all end a sentence.

    A line goes on with the one before it if it is set in without a mark, or if that one is a bare number.
    """
    if len(chunk) < _LINES or max(len(line.text) for line in chunk) < _WIDE:
        return []
    hung = [line.indent != chunk[0].indent and not marks.mark(line.text) for line in chunk]
    if sum(hung) > _HUNG * len(chunk) or all(bool(marks.mark(line.text)) for line in chunk):
        return []
    ended = sum(line.text.endswith(marks.TERMINAL) for line in chunk)
    titles = sum(len(line.text) < _TITLE and not line.text.endswith(marks.TERMINAL) for line in chunk)
    if ended < _TITLED * len(chunk) or ended + titles < _ENDED * len(chunk):
        return []
    labeled = [False, *(bool(_LABEL.fullmatch(line.text)) for line in chunk[:-1])]
    return [at for at in range(len(chunk)) if not labeled[at] and not hung[at]]
