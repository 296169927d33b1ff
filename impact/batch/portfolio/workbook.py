"""`portfolio.xlsx`: reading list, findings, coverage and failures, a sheet each (columns: docs/portfolio.md)."""

import re
from collections.abc import Iterable, Sequence
from datetime import UTC
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from impact.batch.portfolio.coverage import coverage_of
from impact.batch.portfolio.gather import Portfolio
from impact.batch.portfolio.listing import rows_of
from impact.batch.portfolio.related import Ties
from impact.present.cleaning import clipped, shown
from impact.tables.cells import JOIN, is_formula
from impact.taxonomy.values import Taxonomy

READING = {
    "place": 7,
    "level": 9,
    "number": 18,
    "title": 48,
    "reason": 80,
    "group": 12,
    "organizations": 32,
    "report": 26,
    "newest_revision": 32,
    "resembles": 48,
    "date": 12,
    "language": 10,
    "clauses_read": 12,
    "pages": 8,
    "pages_unread": 13,
    "name": 32,
}
FOUND = {
    "place": 7,
    "number": 18,
    "title": 36,
    "level": 9,
    "mechanism_name": 30,
    "clause_number": 14,
    "page": 7,
    "strength": 12,
    "confidence_words": 12,
    "text": 80,
    "evidence": 40,
    "rights_primary": 30,
    "articles_primary": 30,
    "scale": 7,
    "scope": 7,
    "irremediability": 15,
    "reason": 60,
    "safeguards": 24,
    "compounds": 24,
    "change": 11,
    "name": 32,
    "finding": 18,
}
GAPS = {"place": 7, "number": 18, "title": 48, "what was not read or not assessed": 80, "name": 32}
FAILED = {"name": 48, "stage": 11, "reason": 70, "hint": 60}
SAME = {"name": 48, "has the same bytes as": 48}
PLAIN = re.compile(r"[\w.\-]+")
ROWS, LETTERS, LINKS = 1_048_576, 32_000, 65_000
"""The most rows of a sheet, characters of a cell, and links of a sheet.

Source: Excel's specifications and limits (the last two are 32,767 and 65,530, less room).
"""


class Workbook:
    """The workbook, open for findings; everything else is in it from the start. Rows are written as they come."""

    def __init__(self, path: Path, portfolio: Portfolio, taxonomy: Taxonomy, ties: Ties) -> None:
        """Open the file and write every sheet but the findings."""
        from xlsxwriter import Workbook as Book

        self._book = Book(path, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
        created = portfolio.now.astimezone(UTC).replace(tzinfo=None, microsecond=0)
        self._book.set_properties({"title": "Reading list", "created": created})
        look = {"valign": "top", "text_wrap": True}
        self._text = self._book.add_format(look)
        self._quoted = self._book.add_format(look | {"quote_prefix": True})
        self._bold = self._book.add_format({"bold": True, "bottom": 1, "valign": "top"})
        self._link = self._book.add_format({"valign": "top", "underline": 1, "font_color": "#17526b"})
        self._next: dict[str, int] = {}
        reading = self._sheet("Reading list", READING)
        self._findings = self._sheet("Findings", FOUND)
        rows = rows_of(portfolio, taxonomy, ties)
        self._fill(reading, READING, (row for row in rows if row["outcome"] == "done"))
        self._coverage(portfolio)
        self._failures(portfolio)

    def add_finding(self, row: dict[str, Any]) -> None:
        """Write one row of `frames.finding_rows`; the last row that a sheet can hold says that there are more."""
        self._put(self._findings, [row[name] for name in FOUND])

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file, whose rows lay in temporary files until now."""
        last = max(1, self._next["Findings"] - 1)
        self._findings.autofilter(0, 0, min(last, ROWS - 1), len(FOUND) - 1)
        self._book.close()

    def _coverage(self, portfolio: Portfolio) -> None:
        sheet = self._sheet("Coverage", GAPS)
        for gap in coverage_of(portfolio).gaps:
            entry = gap.placed.entry
            self._put(sheet, [gap.placed.place or "", entry.number, entry.title, gap.what, entry.record.name])

    def _failures(self, portfolio: Portfolio) -> None:
        sheet = self._sheet("Failures", FAILED)
        for record in portfolio.failures:
            self._put(sheet, [record.name, record.stage, record.reason, record.hint])
        if portfolio.duplicates:
            sheet = self._sheet("Duplicates", SAME)
            for record in portfolio.duplicates:
                self._put(sheet, [record.name, record.same_as])

    def _sheet(self, name: str, columns: dict[str, int]) -> Any:
        sheet = self._book.add_worksheet(name)
        for place, (title, width) in enumerate(columns.items()):
            sheet.set_column(place, place, width)
            sheet.write_string(0, place, title.replace("_", " "), self._bold)
        sheet.freeze_panes(1, 0)
        self._next[name] = 1
        return sheet

    def _fill(self, sheet: Any, columns: Iterable[str], rows: Iterable[dict[str, Any]]) -> None:
        names = list(columns)
        for row in rows:
            self._put(sheet, [row[name] for name in names], link=names.index("report"))
        sheet.autofilter(0, 0, max(1, self._next[sheet.get_name()] - 1), len(names) - 1)

    def _put(self, sheet: Any, cells: Sequence[Any], link: int = -1) -> None:
        row = self._next[sheet.get_name()]
        if row >= ROWS:
            return
        if row == ROWS - 1:
            cells = ["A sheet holds no more rows; all are in findings.parquet"]
        for column, value in enumerate(cells):
            self._cell(sheet, row, column, value, link=column == link)
        self._next[sheet.get_name()] = row + 1

    def _cell(self, sheet: Any, row: int, column: int, value: Any, *, link: bool) -> None:
        """Write one cell: numbers as numbers, all else as text, which no spreadsheet takes for a formula."""
        if isinstance(value, int):
            sheet.write_number(row, column, value, self._text)
            return
        text = clipped(shown(value if isinstance(value, str) else JOIN.join(value)), LETTERS)
        folder = text.removesuffix("/report.html")
        if link and row < LINKS and PLAIN.fullmatch(folder):
            sheet.write_url(row, column, f"external:{text}", self._link, text)
        else:
            sheet.write_string(row, column, text, self._quoted if is_formula(text) else self._text)
