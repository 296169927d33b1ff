"""Rows as a data frame of pandas."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from impact.tables.columns import Column

if TYPE_CHECKING:
    from pandas import DataFrame

DTYPES = {int: "int64", float: "float64", bool: "bool"}
"""Of the columns of a frame by their kind; all others hold Python's values as they are."""


def frame_of(columns: Iterable[Column], rows: Iterable[Any]) -> "DataFrame":
    """Return rows as a data frame."""
    from pandas import DataFrame, Series

    records = list(rows)
    values = {
        column.name: Series(map(column.value, records), dtype=DTYPES.get(column.kind, "object")) for column in columns
    }
    return DataFrame(values)
