"""Values read from the front matter, and how labeled ones are found."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from impact.describe.dates import find_date
from impact.describe.front import FieldValue, Front, FrontLine, is_running_text
from impact.records import BlockKind, Span

PENDING = re.compile(r"x{2,}|t\.?b\.?[ad]\.?", re.IGNORECASE)
"""What stands for a value that is still to come."""

Reading = dict[str, FieldValue]
"""Fields of a proposal by name, except for the source organizations."""


@dataclass(frozen=True, slots=True)
class Described:
    """What one family reads: single fields, the source organizations in order, and the roles of their people."""

    fields: Reading
    organizations: tuple[FieldValue, ...] = ()
    roles: tuple[str, ...] = ()


def part(line: FrontLine, match: re.Match[str], group: int | str = 0) -> Span:
    """Return the place in the document of a group of a match on the text of `line`."""
    start, end = match.span(group)
    return Span(line.span.start + start, line.span.start + end)


def first_match(
    lines: Iterator[FrontLine] | tuple[FrontLine, ...], pattern: re.Pattern[str]
) -> tuple[FrontLine, re.Match[str]] | None:
    """Return the first line that `pattern` matches from its beginning, with the match."""
    for line in lines:
        match = pattern.match(line.text)
        if match:
            return line, match
    return None


def first_words(front: Front, lines: tuple[FrontLine, ...], pattern: re.Pattern[str], group: str) -> FieldValue | None:
    """Return the words of a group of the first match on these lines; None without a match."""
    hit = first_match(lines, pattern)
    return front.words(part(*hit, group)) if hit else None


def named_body(lines: tuple[FrontLine, ...], pattern: re.Pattern[str], name: str) -> FieldValue:
    """Return the body `name`, with the place where the group "body" of a pattern has it, if these lines do."""
    hit = first_match(lines, pattern)
    return FieldValue(name, part(*hit, "body") if hit else None)


def labeled(front: Front, label: str, *, most: int = 6, within: int = 100) -> list[Span]:
    """Return the places of the lines that a label introduces ("Title: ...", ":Title: ..."), first line first.

    The value stands on the line of the label, in the next cell of its row, below it where the row heads a table of
    several columns, or beside it on the page. Further lines
    of the same block or cell belong to it, up to the next label. Code behind running text is a sample, and no label.

    Args:
        front: Where to look.
        label: Regular expression of the label without its colon, matched without regard to case.
        most: Lines at the most.
        within: Lines of the front matter that are searched.
    """
    pattern = re.compile(rf":?(?:{label})\s*(?::|$)\s*(?P<value>.*)", re.IGNORECASE)
    begun = False
    for at, line in enumerate(front.lines[:within]):
        begun = begun or is_running_text(line)
        match = pattern.match(line.text)
        is_sample = begun and line.source.kind is BlockKind.CODE
        if not match or is_sample or (":" not in match[0] and line.cell < 0):
            continue
        spans = [part(line, match, "value")] if match["value"] else []
        spans += _following(front, at, beside=not spans)[: most - len(spans)]
        if spans:
            return spans
    return []


HEADER, COLUMNS = "th", 3
"""Style of a row of headings, and cells from which these are headings of columns and no field with its value."""

EDGE, LEADING = 2.0, 0.6
"""Points by which the left edges of the lines of one cell differ at the most, and the most white between them in
heights of a line. Source: project judgment; rows of covers are set further apart than lines of one row."""
LABEL = re.compile(r":?(?:[A-Z][\w()' ]{1,28}(?<! )\s*|[a-z]\w{2,15}):(?:\s|$)")


def _following(front: Front, at: int, *, beside: bool) -> list[Span]:
    """Return the places of the lines that go on with the value of the label on line `at`."""
    line = front.lines[at]
    if beside and line.source.style == HEADER and len(line.source.cells) >= COLUMNS:
        return [
            other.span for other in front.lines[at + 1 :] if (other.block, other.cell) == (line.block + 1, line.cell)
        ]
    if beside and line.box is not None and line.cell < 0:
        neighbor = front.right_of(line)
        if neighbor is not None:
            return [neighbor.span, *_below(front, line, neighbor)]
    spans: list[Span] = []
    cell = line.cell
    for other in front.lines[at + 1 :]:
        if other.block != line.block or LABEL.match(other.text):
            break
        if line.cell >= 0 and other.cell != cell:
            if not beside or cell != line.cell:
                break
            cell = other.cell
        if other.box is not None and line.box is not None and line.cell < 0 and other.box[0] < line.box[0] - 2:
            break
        spans.append(other.span)
    return spans


def _below(front: Front, label: FrontLine, value: FrontLine) -> list[Span]:
    """Return the places of the lines under `value` that go on with it in its column, right of the label."""
    spans: list[Span] = []
    above = value
    for other in front.lines[front.lines.index(value) + 1 :]:
        if LABEL.match(other.text) or not _hangs(above, other, label):
            break
        if any(_is_beside(left, other) for left in front.lines if left is not other):
            break
        spans.append(other.span)
        above = other
    return spans


def _hangs(above: FrontLine, line: FrontLine, label: FrontLine) -> bool:
    """Return whether `line` goes on in the column of `above`: same edge, look and leading, right of the label."""
    if above.box is None or line.box is None or label.box is None or line.page != above.page:
        return False
    height = above.box[3] - above.box[1]
    same_edge = abs(line.box[0] - above.box[0]) <= EDGE and line.box[0] > label.box[2]
    return (
        same_edge
        and -0.2 * height <= line.box[1] - above.box[3] <= LEADING * height
        and (above.source.size, above.source.bold) == (line.source.size, line.source.bold)
    )


def _is_beside(left: FrontLine, line: FrontLine) -> bool:
    """Return whether `left` stands on the same row of the page as `line`, before it."""
    if left.box is None or line.box is None or left.page != line.page:
        return False
    return left.box[2] <= line.box[0] and left.box[1] <= (line.box[1] + line.box[3]) / 2 <= left.box[3]


def date_in(line: FrontLine, start: int = 0) -> FieldValue | None:
    """Return the first date on a line, in ISO 8601, with its place."""
    dated = find_date(line.text, start)
    if dated is None:
        return None
    return FieldValue(dated.iso, Span(line.span.start + dated.start, line.span.start + dated.end))


def first_date(lines: tuple[FrontLine, ...]) -> FieldValue | None:
    """Return the first date on any of these lines."""
    return next((date for line in lines if (date := date_in(line))), None)


def keep(reading: Reading, name: str, value: FieldValue | None) -> None:
    """Enter a value, unless there is none, one that is still to come ("xxxx"), or the field has one already."""
    if value is not None and value.value and name not in reading and not PENDING.fullmatch(value.value):
        reading[name] = value
