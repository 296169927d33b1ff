"""The sheets of an Excel workbook (XLSX) as rows of text."""

import re
from collections.abc import Iterator
from typing import Any

from impact.errors import LimitError
from impact.extract.office.archive import Container, open_container
from impact.extract.office.ooxml import REL, parse, relationships, stream, whole
from impact.extract.options import Options

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
MOST_ROWS = 50_000
"""Rows read of all sheets together. Source: project judgment; lists of large meetings have some 3,000."""

MOST_CELLS = 256
"""Cells read of a row. Source: project judgment; lists of documents have up to 50 columns."""

MOST_STRINGS = 500_000
LONGEST_CELL = 32_767
"""Characters of a cell. Source: "Excel specifications and limits", support.microsoft.com."""

_COLUMN = re.compile(r"[A-Z]{1,3}")


def sheets(data: bytes, name: str, options: Options) -> Iterator[tuple[str, Iterator[list[str]]]]:
    """Yield the name of each sheet that is shown, and its rows in order; cells that are empty are empty strings.

    Raises:
        UnreadableError: If it is damaged, encrypted or no workbook; possibly after some rows.
        LimitError: If it unpacks to more than the options allow, or has too many rows.
    """
    container = open_container(data, name, options)
    targets = {key: part for kind, part in relationships(container, "").values() for key in [kind]}
    book = targets.get("officeDocument", "xl/workbook.xml")
    parts = relationships(container, book)
    strings = _strings(container, next((part for kind, part in parts.values() if kind == "sharedStrings"), ""))
    left = [MOST_ROWS]
    for sheet in parse(container, book).iterfind(f"{_S}sheets/{_S}sheet"):
        kind, part = parts.get(sheet.get(f"{REL}id") or "", ("", ""))
        if kind == "worksheet" and sheet.get("state", "visible") == "visible":
            yield sheet.get("name") or "", _rows(container, part, strings, left)


def _strings(container: Container, part: str) -> list[str]:
    """Return the texts that cells refer to by number."""
    if not part or part not in container:
        return []
    strings: list[str] = []
    for item in stream(container, part, f"{_S}sst", [f"{_S}si"]):
        if len(strings) >= MOST_STRINGS:
            raise LimitError(f"{container.name} contains more than {MOST_STRINGS} texts", "Split the workbook")
        strings.append(_text(item))
    return strings


def _text(item: Any) -> str:
    """Return the text of an element, without the readings that Japanese texts have beside them."""
    runs = (run.text or "" for run in item.iter(f"{_S}t") if run.getparent().tag != f"{_S}rPh")
    return "".join(runs)[:LONGEST_CELL]


def _rows(container: Container, part: str, strings: list[str], left: list[int]) -> Iterator[list[str]]:
    for row in stream(container, part, f"{_S}sheetData", [f"{_S}row"]):
        if left[0] <= 0:
            raise LimitError(f"{container.name} contains more than {MOST_ROWS} rows", "Split the workbook")
        left[0] -= 1
        cells: list[str] = []
        for cell in row.iterfind(f"{_S}c"):
            at = _column(cell.get("r") or "", len(cells))
            if len(cells) <= at < MOST_CELLS:
                cells.extend([""] * (at - len(cells)))
                cells.append(_value(cell, strings))
        yield cells


def _column(reference: str, following: int) -> int:
    """Return the 0-based column of a cell by its reference ("AB12"); without one, the following one."""
    match = _COLUMN.match(reference)
    if not match:
        return following
    number = 0
    for letter in match[0]:
        number = 26 * number + ord(letter) - 64
    return number - 1


def _value(cell: Any, strings: list[str]) -> str:
    """Return a cell as text: a number as it is stored, a formula by the value that was stored with it."""
    kind = cell.get("t") or "n"
    if kind == "inlineStr":
        return _text(cell)
    value = (cell.findtext(f"{_S}v") or "")[:LONGEST_CELL]
    if kind == "s":
        at = whole(value, -1)
        return strings[at] if 0 <= at < len(strings) else ""
    return value.removesuffix(".0")
