"""What a column of a table is: its name, what it holds, and how it is got from a row."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from operator import itemgetter
from typing import Any, Self, get_type_hints

CELL = object
"""The kind of a column whose cells are text or whole numbers, as they come."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column.

    Attributes:
        name: As it stands in the header.
        kind: Type of its values: `str`, `tuple[str, ...]`, `int`, `int | None`, `float`, `bool` or `CELL`.
        note: What it holds.
        value: How it is got from a row.
        width: In characters, in a workbook.
    """

    name: str
    kind: Any
    note: str
    value: Callable[[Any], Any]
    width: int = 0

    def as_(self, width: int, name: str = "") -> Self:
        """Return the column as a workbook shows it, under another name if one is given."""
        return replace(self, name=name or self.name, width=width)


def note(text: str, default: Any = ...) -> Any:
    """Return a field of a row that is a column of its tables; `text` says what it holds."""
    return field(metadata={"note": text}) if default is ... else field(default=default, metadata={"note": text})


def columns_of(*parts: type) -> dict[str, Column]:
    """Return the columns of a table by name; its rows are tuples of these dataclasses, whose fields are the columns."""
    return {
        name.name: Column(name.name, get_type_hints(part)[name.name], name.metadata["note"], _value(at, name.name))
        for at, part in enumerate(parts)
        for name in fields(part)
    }


def _value(at: int, name: str) -> Callable[[Any], Any]:
    return lambda row: getattr(row[at], name)


def cell_columns(widths: Mapping[str, int]) -> tuple[Column, ...]:
    """Return columns by name with their widths; their rows are mappings from name to cell."""
    return tuple(Column(name, CELL, "", itemgetter(name), width) for name, width in widths.items())
