"""Which columns of a table make it a list of documents (list_columns.toml)."""

from collections.abc import Sequence
from dataclasses import dataclass

from impact.typed import loader

SEPARATORS = ",;\t|"
_SAMPLE = 8192
WITHIN = 20
"""Rows of a table in which its head is looked for. Source: project judgment; lists begin with the name of a meeting."""


@dataclass(frozen=True, slots=True)
class ColumnNames:
    """All of list_columns.toml; the comments there say what each holds."""

    number: frozenset[str]
    any_number: frozenset[str]
    title: frozenset[str]
    organizations: frozenset[str]
    agenda_item: frozenset[str]


column_names = loader(ColumnNames, "impact.extract.detect", "list_columns.toml")


@dataclass(frozen=True, slots=True)
class ListColumns:
    """Where the columns of a list of documents are, 0-based; -1 for those that it lacks."""

    number: int
    title: int
    organizations: int
    agenda_item: int

    def of(self, cells: Sequence[str]) -> tuple[str, str, str, str]:
        """Return number, title, organizations and agenda item of a row; empty for what it lacks."""
        places = (self.number, self.title, self.organizations, self.agenda_item)
        number, title, organizations, item = (cells[at] if 0 <= at < len(cells) else "" for at in places)
        return number, title, organizations, item


def columns_in(cells: Sequence[str]) -> ListColumns | None:
    """Return the columns that a row names as the head of a list of documents; None if it is none."""
    names = column_names()
    plain = [" ".join(cell.split()).casefold().strip(" .:#*") for cell in cells]
    title, organizations = _first(plain, names.title), _first(plain, names.organizations)
    number = _first(plain, names.number)
    if number < 0 and organizations >= 0:
        number = _first(plain, names.any_number)
    if number < 0 or title < 0:
        return None
    return ListColumns(number, title, organizations, _first(plain, names.agenda_item))


def separator_of(text: str) -> str:
    """Return by what the cells of a list of documents are parted; empty where none of the first lines is its head."""
    lines = text[:_SAMPLE].splitlines()[:WITHIN]
    for separator in SEPARATORS:
        heads = (line.split(separator) for line in lines if line.count(separator) >= 1)
        if any(columns_in([cell.strip(' "') for cell in cells]) for cells in heads):
            return separator
    return ""


def _first(cells: Sequence[str], names: frozenset[str]) -> int:
    return next((at for at, cell in enumerate(cells) if cell in names), -1)
