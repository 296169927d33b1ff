"""Tables drawn with characters in plain text, row by row."""

import re
from collections.abc import Iterator, Sequence

from impact.extract.blocks.builder import Assembly
from impact.extract.text.lines import SourceLine
from impact.records import BlockKind

RULE = re.compile(r"[+|](?:[-=]{2,}[+|])+")
BAR = " | "
PARTIAL = re.compile(r"\+(?:[-=]{2,}\+)+")
"""A rule beside a cell that spans several rows, as xml2rfc draws it."""


def is_table(lines: Sequence[SourceLine]) -> bool:
    """Return whether the lines are a table with ruled lines (not a packet diagram, whose rules are "+-+-+")."""
    if len(lines) < 2 or not all(line.text[0] in "|+" for line in lines):
        return False
    rules = [line for line in lines if RULE.fullmatch(line.text)]
    bare = [_without_rules(line.text) for line in lines if not RULE.fullmatch(line.text)]
    rows = [text for text in bare if text[0] == "|" and text[-1] == "|"]
    columns = max((text.count("|") for text in rows), default=0)
    if any(PARTIAL.search(line.text) for line in lines if not RULE.fullmatch(line.text)):
        framed = all(RULE.fullmatch(line.text) and line.text.count("+") > 2 for line in (lines[0], lines[-1]))
        return framed and len(rules) + len(rows) == len(lines)
    return bool(rules) and columns > 2 and len(rules) + len(rows) == len(lines)


def is_row(line: SourceLine) -> bool:
    """Return whether a line is a row of cells with bars between them and none around them: "R4 | Gate | It closes."."""
    return line.text.count(BAR) > 1 and line.text[0] != "|" and line.text[-1] != "|"


def put_row(assembly: Assembly, line: SourceLine, table: int) -> None:
    """Lay a row of cells with bars between them."""
    place = 0
    for part in line.text.split(BAR):
        assembly.glue("\t")
        assembly.cell(assembly.put(part, origin=line.offset + place, page=line.page).start)
        place += len(part) + len(BAR)
    assembly.close(kind=BlockKind.ROW, table=table, style="table", indent=line.indent)


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
    for part in _without_rules(line.text)[1:-1].split("|"):
        bare = part.strip()
        cells.append((bare, shift + len(part) - len(part.lstrip())))
        shift += len(part) + 1
    return cells


def _without_rules(text: str) -> str:
    """Return a line of cells with rules within it blank, of the same length."""
    return PARTIAL.sub(lambda rule: f"|{' ' * (len(rule[0]) - 2)}|", text)
