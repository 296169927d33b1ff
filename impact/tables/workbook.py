"""Rows as sheets of a workbook, in which no cell is taken for a formula, a link or a number."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from io import BytesIO
from math import ceil
from pathlib import Path
from typing import Any

from impact.present.cleaning import clipped
from impact.tables.cells import is_formula, text_of
from impact.tables.columns import Widths

ROWS, LETTERS, LINKS = 1_048_576, 32_000, 65_000
"""The most rows of a sheet, characters of a cell, and links of a sheet.

Source: Excel's specifications and limits (the last two are 32,767 and 65,530, less room).
"""

PRINTED = 220
"""Characters beside each other that a printed page can hold readably. Source: project judgment."""

HEADER = 120
"""Characters of the title in the printed header. Source: project judgment (Excel takes 255)."""

OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
LINKED = re.compile(r"(?:[\w.\-]+/)?[\w.\-]+")
"""Paths that a link can hold as they are."""


class TableSheet:
    """A sheet with a header row that stays in view; rows are added below those that are there.

    Args:
        sheet: What xlsxwriter calls a worksheet.
        linked: Name of the column that holds paths of files beside the workbook, if one does.
        full: What the last row says that a sheet can hold, where there are more.
    """

    def __init__(self, sheet: Any, looks: Mapping[str, Any], widths: Widths, linked: str = "", full: str = "") -> None:
        """Write the header row."""
        self._sheet, self._looks, self._widths, self._full = sheet, looks, widths, full
        self._linked = [*widths].index(linked) if linked else -1
        self._next = 1
        for place, (name, width) in enumerate(widths.items()):
            sheet.set_column(place, place, width)
            sheet.write_string(0, place, name.replace("_", " "), looks["bold"])
        sheet.freeze_panes(1, 0)

    def add(self, rows: Iterable[Iterable[Any]]) -> None:
        """Add rows of cells, in the order of the columns of the sheet."""
        for row in rows:
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
        self._sheet.autofilter(0, 0, max(1, self._next - 1), len(self._widths) - 1)

    def prepare_print(self, title: str) -> None:
        """Have the sheet printed on A4 with its header row and the title on each page."""
        self._sheet.set_landscape()
        self._sheet.set_paper(9)  # A4
        self._sheet.fit_to_pages(ceil(sum(self._widths.values()) / PRINTED), 0)
        self._sheet.repeat_rows(0)
        # In a header "&" begins a code, and two stand for one.
        self._sheet.set_header(f"&L{clipped(title, HEADER).replace('&', '&&')}&R&A, page &P of &N")

    def _write(self, place: int, value: Any) -> None:
        if isinstance(value, int):
            self._sheet.write_number(self._next, place, value, self._looks["text"])
            return
        text = clipped(text_of(value), LETTERS)
        if place == self._linked and self._next < LINKS and LINKED.fullmatch(text):
            self._sheet.write_url(self._next, place, f"external:{text}", self._looks["link"], text)
        else:
            look = self._looks["quoted"] if is_formula(text) else self._looks["text"]
            self._sheet.write_string(self._next, place, text, look)


@contextmanager
def open_workbook(
    out: Path | BytesIO, properties: dict[str, str], created: datetime, *, streamed: bool = False
) -> Iterator[Callable[..., TableSheet]]:
    """Open a workbook, a sheet a table, and yield what makes a `TableSheet` behind the others by name and widths.

    Args:
        out: Where it is written at the end.
        properties: Its title and author, as xlsxwriter names them.
        created: When what it holds was made.
        streamed: Whether rows leave memory as they are added, so that there can be many, and nothing is set for print.
    """
    from xlsxwriter import Workbook

    with Workbook(out, OPTIONS | {"constant_memory" if streamed else "in_memory": True}) as book:
        book.set_properties({**properties, "created": created.astimezone(UTC).replace(tzinfo=None, microsecond=0)})
        look = {"valign": "top", "text_wrap": True}
        bold = {"valign": "top", "bold": True, "bottom": 1} | ({} if streamed else {"text_wrap": True})
        looks = {
            "text": book.add_format(look),
            "quoted": book.add_format(look | {"quote_prefix": True}),
            "bold": book.add_format(bold),
            "link": book.add_format({"valign": "top", "underline": 1, "font_color": "#17526b"}),
        }

        def add_sheet(name: str, widths: Widths, **special: str) -> TableSheet:
            return TableSheet(book.add_worksheet(name), looks, widths, **special)

        yield add_sheet
