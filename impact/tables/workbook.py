"""Data frames as sheets of a workbook, in which no cell is taken for a formula, a link or a number."""

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from io import BytesIO
from math import ceil
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from impact.present.cleaning import clipped
from impact.tables.cells import is_formula, text_of
from impact.tables.columns import Column

if TYPE_CHECKING:
    from pandas import DataFrame

ROWS, LETTERS, LINKS = 1_048_576, 32_000, 65_000
"""The most rows of a sheet, characters of a cell, and links of a sheet.

Source: Excel's specifications and limits (the last two are 32,767 and 65,530, less room).
"""

PRINTED = 220
"""Characters beside each other that a printed page can hold readably. Source: project judgement."""

HEADER = 120
"""Characters of the title in the printed header. Source: project judgement (Excel takes 255)."""

OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
LINKED = re.compile(r"(?:[\w.\-]+/)?[\w.\-]+")
"""Paths that a link can hold as they are."""


class Looks(NamedTuple):
    """How cells are set."""

    text: Any
    quoted: Any
    bold: Any
    link: Any


class TableSheet:
    """A sheet with a header row that stays in view; rows are added below those that are there.

    Args:
        sheet: What xlsxwriter calls a worksheet.
        columns: In their order.
        looks: How cells are set.
        linked: Name of the column that holds paths of files beside the workbook, if one does.
        full: What the last row says that a sheet can hold, where there are more.
    """

    def __init__(self, sheet: Any, columns: Sequence[Column], looks: Looks, linked: str, full: str) -> None:
        """Write the header row."""
        self._sheet, self._columns, self._looks, self._full = sheet, columns, looks, full
        self._linked = next((place for place, column in enumerate(columns) if column.name == linked), -1)
        self._next = 1
        for place, column in enumerate(columns):
            sheet.set_column(place, place, column.width)
            sheet.write_string(0, place, column.name, looks.bold)
        sheet.freeze_panes(1, 0)

    def add(self, frame: "DataFrame") -> None:
        """Add the rows of a frame that has the columns of the sheet."""
        for row in frame.itertuples(index=False, name=None):
            if self._next >= ROWS:
                return
            for place, value in enumerate((self._full,) if self._next == ROWS - 1 else row):
                self._write(place, value)
            self._next += 1

    def add_note(self, text: str) -> None:
        """Write a line where there are no rows, without wrapping, so that it runs over the blank cells beside it."""
        self._sheet.write_string(self._next, 0, text)

    def add_filter(self) -> None:
        """Let readers filter the rows that are there now."""
        self._sheet.autofilter(0, 0, max(1, self._next - 1), len(self._columns) - 1)

    def prepare_print(self, title: str) -> None:
        """Have the sheet printed on A4 with its header row and the title on each page."""
        self._sheet.set_landscape()
        self._sheet.set_paper(9)  # A4
        self._sheet.fit_to_pages(ceil(sum(column.width for column in self._columns) / PRINTED), 0)
        self._sheet.repeat_rows(0)
        # In a header "&" begins a code, and two stand for one.
        self._sheet.set_header(f"&L{clipped(title, HEADER).replace('&', '&&')}&R&A, page &P of &N")

    def _write(self, place: int, value: Any) -> None:
        if isinstance(value, int):
            self._sheet.write_number(self._next, place, value, self._looks.text)
            return
        text = clipped(text_of(value), LETTERS)
        if place == self._linked and self._next < LINKS and LINKED.fullmatch(text):
            self._sheet.write_url(self._next, place, f"external:{text}", self._looks.link, text)
        else:
            look = self._looks.quoted if is_formula(text) else self._looks.text
            self._sheet.write_string(self._next, place, text, look)


class Workbook:
    """A workbook, a sheet a table.

    Args:
        out: Where it is written when it is left.
        properties: Its title and author, as xlsxwriter names them.
        created: When what it holds was made.
        streamed: Whether rows leave memory as they are added, so that there can be many, and nothing is set for print.
    """

    def __init__(
        self, out: Path | BytesIO, properties: dict[str, str], created: datetime, *, streamed: bool = False
    ) -> None:
        """Open the workbook."""
        from xlsxwriter import Workbook as Book

        self._book = Book(out, OPTIONS | {"constant_memory" if streamed else "in_memory": True})
        moment = created.astimezone(UTC).replace(tzinfo=None, microsecond=0)
        self._book.set_properties({**properties, "created": moment})
        look = {"valign": "top", "text_wrap": True}
        bold = {"valign": "top", "bold": True, "bottom": 1} | ({} if streamed else {"text_wrap": True})
        self._looks = Looks(
            text=self._book.add_format(look),
            quoted=self._book.add_format(look | {"quote_prefix": True}),
            bold=self._book.add_format(bold),
            link=self._book.add_format({"valign": "top", "underline": 1, "font_color": "#17526b"}),
        )

    def sheet(self, name: str, columns: Iterable[Column], *, linked: str = "", full: str = "") -> TableSheet:
        """Return a new sheet behind the others."""
        return TableSheet(self._book.add_worksheet(name), tuple(columns), self._looks, linked, full)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Write the file, whose rows lay in memory or in temporary files until now."""
        self._book.close()
