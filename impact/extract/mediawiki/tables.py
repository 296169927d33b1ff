"""Rows of tables in MediaWiki markup."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from impact.extract.markdown.marks import Span, stripped

# Source of all: mediawiki.org, "Help:Tables".
TABLE = re.compile(r"[ \t:]*\{\|")
TABLE_END = re.compile(r"[ \t]*\|\}")
ROW = re.compile(r"[ \t]*\|-")
CELLS = re.compile(r"[ \t]*(?P<mark>\|\+|[|!])")
BETWEEN = {"|": re.compile(r"\|\|"), "!": re.compile(r"\|\||!!")}
ATTRIBUTES = re.compile(r"[ \t]*[\w-]+[ \t]*=[^\[\]{}|]*\|(?!\|)")


@dataclass(slots=True)
class WikiRow:
    """A row of a table, or its caption, with the places of its cells."""

    cells: list[Span] = field(default_factory=list)
    headed: bool = True
    caption: bool = False


def rows_of(source: str, lines: Sequence[Span]) -> Iterator[WikiRow]:
    """Yield the rows of a table from the lines between those that begin and end it; one without cells is left out."""
    row = WikiRow()
    for start, end in lines:
        text = source[start:end]
        marked = CELLS.match(text)
        if ROW.match(text) or (marked and marked["mark"] == "|+"):
            if row.cells:
                yield row
            row = WikiRow()
            if marked and marked["mark"] == "|+":
                yield WikiRow([_bare(source, start + marked.end(), end)], caption=True)
        elif marked:
            row.headed &= marked["mark"] == "!"
            row.cells += _cells(source, start + marked.end(), end, marked["mark"])
        elif row.cells and text.strip():
            row.cells[-1] = row.cells[-1][0], end
    if row.cells:
        yield row


def _cells(source: str, start: int, end: int, mark: str) -> Iterator[Span]:
    """Yield the places of the cells of a line."""
    for match in [*BETWEEN[mark].finditer(source, start, end), None]:
        yield _bare(source, start, match.start() if match else end)
        start = match.end() if match else end


def _bare(source: str, start: int, end: int) -> Span:
    """Return the place of a cell without its attributes and the white space around it."""
    attributes = ATTRIBUTES.match(source, start, end)
    return stripped(source, (attributes.end() if attributes else start, end))
