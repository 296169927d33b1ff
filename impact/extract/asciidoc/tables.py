"""Rows of AsciiDoc tables: cells in the source, filled into columns."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from impact.extract.asciidoc.attributes import BlockAttributes
from impact.extract.asciidoc.lines import Place

# Source: Asciidoctor documentation, "TableCell specifiers".
SPECIFIER = re.compile(
    r"(?:^|(?<=\s))(?:(?P<columns>\d{1,3})?(?:\.(?P<rows>\d{1,3}))?(?P<act>[+*]))?[<^>]?(?:\.[<^>])?(?P<style>[aehlmdsv])?$"
)
COLUMNS = re.compile(r"\s*(?:(\d{1,3})\*)?[^,;]*")
FORMATS = {"csv": ",", "dsv": ":", "tsv": "\t"}
MOST_COLUMNS = 100
"""Source: project judgment; tables of standards have some twenty at the most."""


@dataclass(slots=True)
class TableCell:
    """A cell: its text in the source, and what it takes.

    Attributes:
        columns: Columns that it takes; how often it stands where `repeated`.
        rows: Rows that it takes.
    """

    place: Place
    columns: int = 1
    rows: int = 1
    repeated: bool = False
    headed: bool = False

    @property
    def width(self) -> int:
        """Columns that it fills in its row."""
        return max(self.columns, 1)


@dataclass(frozen=True, slots=True)
class FilledRow:
    """Places of the cells of a row, and whether it is a head."""

    cells: tuple[Place, ...]
    headed: bool


def rows_of(source: str, lines: Sequence[Place], sign: str, attributes: BlockAttributes) -> Iterator[FilledRow]:
    """Yield the rows of a table.

    Args:
        source: Text that the lines point into.
        lines: Between the lines that begin and end it.
        sign: First character of these.
        attributes: Of the table.
    """
    form = attributes.named.get("format", "")
    separator = attributes.named.get("separator", "") or FORMATS.get(form, sign)
    if separator in {",", ":", "\t"}:
        for number, line in enumerate(lines):
            values = tuple(_split(source, line, separator))
            if values:
                yield FilledRow(values, number == 0 and _is_headed(source, lines, attributes))
        return
    cells, first = _cells(source, lines, separator)
    columns = min(_columns(attributes) or first, MOST_COLUMNS)
    headed = _is_headed(source, lines, attributes)
    for number, row in enumerate(_filled(cells, max(columns, 1))):
        yield FilledRow(tuple(cell.place for cell in row), (headed and number == 0) or all(cell.headed for cell in row))


def _columns(attributes: BlockAttributes) -> int:
    """Return how many columns a table states; 0 where it states none."""
    stated = attributes.named.get("cols", "").strip()
    if not stated:
        return 0
    parts = re.split("[,;]", stated)
    counts = (COLUMNS.match(part) for part in parts)
    return sum(int(count[1] or 1) for count in counts if count)


def _is_headed(source: str, lines: Sequence[Place], attributes: BlockAttributes) -> bool:
    """Return whether the first row is a head: as stated, or because it stands on the first line with a blank below."""
    options = {*attributes.options, *attributes.named.get("options", "").split(",")}
    if options & {"header", "noheader"}:
        return "header" in options
    texts = [source[start:end].strip() for start, end in lines[:2]]
    return len(lines) > 2 and bool(texts[0]) and not texts[1]


def _cells(source: str, lines: Sequence[Place], separator: str) -> tuple[list[TableCell], int]:
    """Return the cells of a table in order, and how many columns those of its first line take."""
    cells: list[TableCell] = []
    first = 0
    mark = re.compile(rf"(?<!\\){re.escape(separator)}")
    for start, end in lines:
        for match in mark.finditer(source, start, end):
            since = max(start, cells[-1].place[0]) if cells else start
            given = SPECIFIER.search(source[since : match.start()])
            begin = since + given.start() if given else match.start()
            if cells:
                cells[-1].place = (cells[-1].place[0], max(begin, cells[-1].place[0]))
            cells.append(_cell(given, (match.end(), end)))
        if cells:
            cells[-1].place = (cells[-1].place[0], max(end, cells[-1].place[0]))
            first = first or sum(cell.width for cell in cells)
    return cells, first


def _cell(given: re.Match[str] | None, place: Place) -> TableCell:
    if given is None:
        return TableCell(place)
    columns, rows = int(given["columns"] or 1), int(given["rows"] or 1)
    repeated = given["act"] == "*"
    return TableCell(place, min(columns, MOST_COLUMNS), rows, repeated, given["style"] == "h")


def _filled(cells: Sequence[TableCell], columns: int) -> Iterator[list[TableCell]]:
    """Yield rows as the cells fill them from left to right, beside cells that reach down from above."""
    taken = [0] * columns
    row: list[TableCell] = []
    column = 0
    queue = [copy for cell in cells for copy in ([TableCell(cell.place)] * cell.width if cell.repeated else [cell])]
    for cell in queue:
        while column < columns and taken[column]:
            column += 1
        if column >= columns:
            yield row
            taken, row, column = [max(rows - 1, 0) for rows in taken], [], 0
            while column < columns - 1 and taken[column]:
                column += 1
        row.append(cell)
        for at in range(column, min(column + cell.width, columns)):
            taken[at] = max(cell.rows, 1)
        column += cell.width
    if row:
        yield row


def _split(source: str, line: Place, separator: str) -> Iterator[Place]:
    """Yield the places of values parted by a character; quotes hold one together."""
    start, end = line
    if not source[start:end].strip():
        return
    value = re.compile(
        rf"[ \t]*(?:\"((?:[^\"]|\"\")*)\"[ \t]*|([^{re.escape(separator)}\r\n]*))(?:{re.escape(separator)}|$)"
    )
    while start < end:
        match = value.match(source, start, end)
        if not match:
            break
        yield match.span(1) if match[1] is not None else match.span(2)
        start = match.end()
