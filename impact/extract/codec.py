"""A `Document` as bytes and back, without pickle.

Tuples of records are sent column by column, so that a million blocks stay a dozen arrays. The types of the fields
decide how a column is sent, so a field that is added to a record is sent too.
"""

from array import array
from collections.abc import Callable, Iterable
from enum import StrEnum
from functools import cache
from itertools import accumulate, pairwise
from operator import le
from typing import Any, NamedTuple, get_type_hints

from impact.records import Block, Bookmark, Change, Comment, Concealment, Document, Layout, Page, Span
from impact.sandbox.parcel import Intake, Parcel

_FACTS = ("id", "source", "format", "engine", "text")
_TABLES: dict[str, type] = {
    "blocks": Block,
    "pages": Page,
    "outline": Bookmark,
    "changes": Change,
    "comments": Comment,
    "concealments": Concealment,
}
_LAYOUT = {"starts": "q", "ends": "q", "pages": "q", "origins": "q", "boxes": "f"}


class _ColumnCodec(NamedTuple):
    write: Callable[[Parcel, list[Any]], None]
    read: Callable[[Intake], Iterable[Any]]


def _write_strings(parcel: Parcel, values: list[str]) -> None:
    places: dict[str, int] = {}
    parcel.put(array("i", [places.setdefault(value, len(places)) for value in values]))
    parcel.strings(list(places))


def _read_strings(intake: Intake) -> list[str]:
    places, strings = intake.numbers("i"), intake.strings()
    if places and min(places) < 0:
        raise ValueError("a string has a negative place")
    return [strings[place] for place in places]


def _write_spans(parcel: Parcel, spans: Iterable[Span]) -> None:
    parcel.put(array("q", [edge for span in spans for edge in (span.start, span.end)]))


def _read_spans(intake: Intake) -> list[Span]:
    edges = iter(intake.numbers("q"))
    return [Span(start, end) for start, end in zip(edges, edges, strict=True)]


def _write_span_rows(parcel: Parcel, rows: list[tuple[Span, ...]]) -> None:
    parcel.put(array("i", map(len, rows)))
    _write_spans(parcel, (span for row in rows for span in row))


def _read_span_rows(intake: Intake) -> list[tuple[Span, ...]]:
    counts, spans = intake.numbers("i"), _read_spans(intake)
    ends = list(accumulate(counts, initial=0))
    if ends[-1] != len(spans) or (counts and min(counts) < 0):
        raise ValueError("rows and their cells differ")
    return [tuple(spans[start:end]) for start, end in pairwise(ends)]


_CODECS: dict[Any, _ColumnCodec] = {
    int: _ColumnCodec(lambda parcel, values: parcel.put(array("q", values)), lambda intake: intake.numbers("q")),
    float: _ColumnCodec(lambda parcel, values: parcel.put(array("d", values)), lambda intake: intake.numbers("d")),
    bool: _ColumnCodec(
        lambda parcel, values: parcel.put(array("b", map(bool, values))), lambda intake: map(bool, intake.numbers("b"))
    ),
    str: _ColumnCodec(_write_strings, _read_strings),
    Span: _ColumnCodec(_write_spans, _read_spans),
    tuple[Span, ...]: _ColumnCodec(_write_span_rows, _read_span_rows),
}


@cache
def _columns(record: type) -> dict[str, _ColumnCodec]:
    """Return how each field of `record` is sent, in the order of its constructor."""
    return {name: _CODECS.get(hint) or _enum(hint) for name, hint in get_type_hints(record).items()}


def _enum(hint: type[StrEnum]) -> _ColumnCodec:
    return _ColumnCodec(_write_strings, lambda intake: map(hint, _read_strings(intake)))


def _read_table(intake: Intake, record: type) -> tuple[Any, ...]:
    columns = [codec.read(intake) for codec in _columns(record).values()]
    return tuple(record(*values) for values in zip(*columns, strict=True))


def _read_layout(intake: Intake, size: int) -> Layout:
    layout = Layout(**{name: intake.numbers(code) for name, code in _LAYOUT.items()})
    ordered = all(map(le, layout.starts, layout.ends)) and all(map(le, layout.ends, layout.starts[1:]))
    if not ordered or (layout and not 0 <= layout.starts[0] <= layout.ends[-1] <= size):
        raise ValueError("fragments overlap, are out of order or outside of the text")
    return layout


def pack(document: Document) -> bytes:
    """Return a document as bytes."""
    parcel = Parcel()
    parcel.strings([getattr(document, name) for name in _FACTS])
    parcel.put(bytes([document.paged]))
    for name, record in _TABLES.items():
        for column, codec in _columns(record).items():
            codec.write(parcel, [getattr(row, column) for row in getattr(document, name)])
    for name in _LAYOUT:
        parcel.put(getattr(document.layout, name))
    parcel.strings([part for pair in document.properties for part in pair])
    parcel.strings(document.warnings)
    return parcel.bytes()


def unpack(data: bytes) -> Document:
    """Return the document that `pack` made bytes of, checked as at its birth.

    Raises:
        ValueError: If the bytes are no document, or one that contradicts itself.
    """
    intake = Intake(data)
    try:
        facts: dict[str, Any] = dict(zip(_FACTS, intake.strings(), strict=True))
        paged = bytes(intake.take()) == b"\1"
        tables: dict[str, Any] = {name: _read_table(intake, record) for name, record in _TABLES.items()}
        layout = _read_layout(intake, len(facts["text"]))
        parts = iter(intake.strings())
        properties = tuple(zip(parts, parts, strict=True))
        warnings = tuple(intake.strings())
        intake.finish()
    except (IndexError, TypeError, OverflowError) as error:
        raise ValueError(f"the answer is no document ({error})") from error
    return Document(**facts, paged=paged, **tables, layout=layout, properties=properties, warnings=warnings)
