"""A `Document` as bytes and back, without pickle: what a taken-over child sends cannot run code in the parent.

The bytes are a row of sections, each a length (8 bytes) and an array of numbers or characters. Tuples of records are
sent column by column, so that a million blocks stay a dozen arrays. The types of the fields decide how a column is
sent, so a field that is added to a record is sent too.
"""

import struct
from array import array
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from functools import cache
from itertools import accumulate, pairwise
from math import isfinite
from operator import le
from typing import Any, NamedTuple, get_type_hints

from impact.records import Block, Bookmark, Change, Comment, Document, Layout, Page, Span

_Bytes = bytes  # inside of `Parcel`, `bytes` is its method
_LENGTH = struct.Struct("=Q")
_FACTS = ("id", "source", "format", "engine", "text")
_TABLES: dict[str, type] = {
    "blocks": Block,
    "pages": Page,
    "outline": Bookmark,
    "changes": Change,
    "comments": Comment,
}
_LAYOUT = {"starts": "q", "ends": "q", "pages": "q", "origins": "q", "boxes": "f"}


class Parcel:
    """Bytes in the making."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def put(self, section: "bytes | array[Any]") -> None:
        """Append one section."""
        content = bytes(section)
        self._parts += (_LENGTH.pack(len(content)), content)

    def strings(self, values: Sequence[str]) -> None:
        """Append strings as two sections: their lengths in bytes, and all of them in one piece."""
        coded = [value.encode("utf-8", "surrogatepass") for value in values]
        self.put(array("q", map(len, coded)))
        self.put(b"".join(coded))

    def bytes(self) -> bytes:
        """Return all that was put."""
        return b"".join(self._parts)

    def pieces(self) -> tuple[_Bytes, ...]:
        """Return all that was put, without a copy of it, in pieces to be sent one after the other."""
        return tuple(self._parts)


class Intake:
    """Bytes received, taken section by section.

    Each method raises `ValueError` where the bytes are not what is expected.
    """

    def __init__(self, data: bytes) -> None:
        self._data = memoryview(data)
        self._at = 0

    def take(self) -> memoryview:
        """Return the next section."""
        start = self._at + _LENGTH.size
        if start > len(self._data):
            msg = "the answer ends too early"
            raise ValueError(msg)
        (length,) = _LENGTH.unpack(self._data[self._at : start])
        if length > len(self._data) - start:
            msg = "a section is longer than the answer"
            raise ValueError(msg)
        self._at = start + length
        return self._data[start : self._at]

    def numbers(self, code: str) -> "array[Any]":
        """Return the next section as numbers of the type `code` (as in `array`); floats are finite."""
        numbers = array(code)
        numbers.frombytes(self.take())
        if code in "fd" and not all(map(isfinite, numbers)):
            msg = "a number is not finite"
            raise ValueError(msg)
        return numbers

    def strings(self) -> list[str]:
        """Return the next two sections as strings."""
        lengths, content = self.numbers("q"), self.take()
        if lengths and min(lengths) < 0:
            msg = "a string has a negative length"
            raise ValueError(msg)
        ends = list(accumulate(lengths, initial=0))
        if ends[-1] != len(content):
            msg = "strings and their lengths differ"
            raise ValueError(msg)
        return [str(content[start:end], "utf-8", "surrogatepass") for start, end in pairwise(ends)]

    def finish(self) -> None:
        """Refuse bytes that nobody asked for."""
        if self._at != len(self._data):
            msg = "the answer is longer than expected"
            raise ValueError(msg)


class _Codec(NamedTuple):
    write: Callable[[Parcel, list[Any]], None]
    read: Callable[[Intake], Iterable[Any]]


def _write_strings(parcel: Parcel, values: list[str]) -> None:
    places: dict[str, int] = {}
    parcel.put(array("i", [places.setdefault(value, len(places)) for value in values]))
    parcel.strings(list(places))


def _read_strings(intake: Intake) -> list[str]:
    places, known = intake.numbers("i"), intake.strings()
    if places and min(places) < 0:
        msg = "a string has a negative place"
        raise ValueError(msg)
    return [known[place] for place in places]


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
        msg = "rows and their cells differ"
        raise ValueError(msg)
    return [tuple(spans[start:end]) for start, end in pairwise(ends)]


_CODECS: dict[Any, _Codec] = {
    int: _Codec(lambda parcel, values: parcel.put(array("q", values)), lambda intake: intake.numbers("q")),
    float: _Codec(lambda parcel, values: parcel.put(array("d", values)), lambda intake: intake.numbers("d")),
    bool: _Codec(
        lambda parcel, values: parcel.put(array("b", map(bool, values))), lambda intake: map(bool, intake.numbers("b"))
    ),
    str: _Codec(_write_strings, _read_strings),
    Span: _Codec(_write_spans, _read_spans),
    tuple[Span, ...]: _Codec(_write_span_rows, _read_span_rows),
}


@cache
def _columns(record: type) -> dict[str, _Codec]:
    """Return how each field of `record` is sent, in the order of its constructor."""
    return {name: _CODECS.get(hint) or _enum(hint) for name, hint in get_type_hints(record).items()}


def _enum(hint: type[StrEnum]) -> _Codec:
    return _Codec(_write_strings, lambda intake: map(hint, _read_strings(intake)))


def _write_table(parcel: Parcel, record: type, rows: Sequence[Any]) -> None:
    for name, codec in _columns(record).items():
        codec.write(parcel, [getattr(row, name) for row in rows])


def _read_table(intake: Intake, record: type) -> tuple[Any, ...]:
    columns = [codec.read(intake) for codec in _columns(record).values()]
    return tuple(record(*values) for values in zip(*columns, strict=True))


def _read_layout(intake: Intake, size: int) -> Layout:
    layout = Layout(**{name: intake.numbers(code) for name, code in _LAYOUT.items()})
    ordered = all(map(le, layout.starts, layout.ends)) and all(map(le, layout.ends, layout.starts[1:]))
    if not ordered or (layout and not 0 <= layout.starts[0] <= layout.ends[-1] <= size):
        msg = "fragments overlap, are out of order or outside of the text"
        raise ValueError(msg)
    return layout


def pack(document: Document, parcel: Parcel) -> None:
    """Append `document` to `parcel`."""
    parcel.strings([getattr(document, name) for name in _FACTS])
    parcel.put(bytes([document.paged]))
    for name, record in _TABLES.items():
        _write_table(parcel, record, getattr(document, name))
    for name in _LAYOUT:
        parcel.put(getattr(document.layout, name))
    parcel.strings([part for pair in document.properties for part in pair])
    parcel.strings(document.warnings)


def unpack(intake: Intake) -> Document:
    """Return the document that `pack` put, checked as at its birth.

    Raises:
        ValueError: If the bytes are no document, or one that contradicts itself.
    """
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
        msg = f"the answer is no document ({error})"
        raise ValueError(msg) from error
    return Document(**facts, paged=paged, **tables, layout=layout, properties=properties, warnings=warnings)
