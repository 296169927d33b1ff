"""Tables drawn with characters in plain text, row by row."""

import re
from collections.abc import Iterator, Sequence

from impact.extract.blocks.builder import Assembly
from impact.extract.text.lines import SourceLine
from impact.records import BlockKind

RULE = re.compile(r"[+|](?:[-=]{2,}[+|])+")


def is_table(lines: Sequence[SourceLine]) -> bool:
    """Return whether the lines are a table with ruled lines (not a packet diagram, whose rules are "+-+-+")."""
    if len(lines) < 2 or not all(line.text[0] in "|+" for line in lines):
        return False
    rules = [line for line in lines if RULE.fullmatch(line.text)]
    rows = [line for line in lines if line.text[0] == "|" and line.text[-1] == "|" and not RULE.fullmatch(line.text)]
    columns = max((line.text.count("|") for line in rows), default=0)
    return bool(rules) and columns > 2 and len(rules) + len(rows) == len(lines)


def put_table(assembly: Assembly, lines: Sequence[SourceLine], table: int) -> None:
    """Lay the rows of a table; cells of several lines are joined column by column."""
    for row in _rows(lines):
        columns = [_cells(line) for line in row]
        for column in range(max(len(cells) for cells in columns)):
            start = -1
            for line, cells in zip(row, columns, strict=True):
                if column < len(cells) and cells[column][0]:
                    text, shift = cells[column]
                    assembly.glue("\t" if start < 0 else " ")
                    span = assembly.put(text, origin=line.offset + shift, page=line.page)
                    start = span.start if start < 0 else start
            if start >= 0:
                assembly.cell(start)
        assembly.close(kind=BlockKind.ROW, table=table, style="table", indent=row[0].indent)


def _rows(lines: Sequence[SourceLine]) -> Iterator[list[SourceLine]]:
    """Yield the lines of each row: between rules where rules stand between rows, else line by line."""
    ruled = [index for index, line in enumerate(lines) if RULE.fullmatch(line.text)]
    between = len(ruled) > 3
    row: list[SourceLine] = []
    for line in lines:
        rule = RULE.fullmatch(line.text)
        if row and (rule or (not between and _cells(line)[0][0])):
            yield row
            row = []
        if not rule:
            row.append(line)
    if row:
        yield row


def _cells(line: SourceLine) -> list[tuple[str, int]]:
    cells, shift = [], 1
    for part in line.text[1:-1].split("|"):
        bare = part.strip()
        cells.append((bare, shift + len(part) - len(part.lstrip())))
        shift += len(part) + 1
    return cells
