"""What a column of a table is: its name, what it holds, and how it is got from a row."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field, fields
from functools import cache
from typing import Any, get_type_hints

from impact import typed

Widths = dict[str, int]
"""The columns of a sheet, in their order, with their width in characters."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column.

    Attributes:
        kind: Type of its values: `str`, `tuple[str, ...]`, `int`, `int | None`, `float` or `bool`.
    """

    name: str
    kind: Any
    note: str
    value: Callable[[Any], Any]


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


def cells_of(columns: Collection[Column], rows: Iterable[Any]) -> Iterator[tuple[Any, ...]]:
    """Yield the cells of each row, in the order of the columns."""
    return (tuple(column.value(row) for column in columns) for row in rows)


def _value(at: int, name: str) -> Callable[[Any], Any]:
    return lambda row: getattr(row[at], name)


@cache
def sheets_of(book: str) -> dict[str, Widths]:
    """Return the sheets of a workbook by name, see sheets.toml."""
    return typed.load(dict[str, dict[str, Widths]], "impact.tables", "sheets.toml")[book]
