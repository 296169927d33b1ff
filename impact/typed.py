"""Read TOML files into frozen dataclasses, with complaints that name file and key.

The annotation of a field says what belongs under the key of its name (without an underscore at its end): str, int,
float, bool, a date, an Enum, a Literal, a regular expression, a dataclass, a tuple, frozenset or dict of these, or one
of these or None. A dict of dataclasses may stand as an array of tables: the first field of each is its key. Texts,
lists and tables must not be empty, unless the field has an empty default or is annotated with `EMPTY`.
"""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, dataclass, field, fields, is_dataclass
from enum import Enum
from functools import cache, partial
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import UnionType
from typing import Annotated, Any, Literal, NoReturn, TypeVar, get_args, get_origin, get_type_hints

from impact.errors import DataError

Record = TypeVar("Record")

HINT = "Correct the file; the comments in it explain each key"
EMPTY = "may be empty"
Blank = Annotated[str, EMPTY]
"""A text that may be empty or white."""
Pattern = Annotated[re.Pattern[str], re.IGNORECASE]
"""A regular expression without regard to case; for other flags annotate with them."""

_DERIVED = {"derived": True}


@dataclass(frozen=True, slots=True)
class Place:
    """A file and the key in it that a complaint is about; the key is empty for the whole file.

    Attributes:
        hint: What to do next, as errors say it.
    """

    file: str
    key: str = ""
    hint: str = HINT

    def at(self, key: str) -> "Place":
        """Return the place of `key` below this one."""
        return Place(self.file, f"{self.key}.{key}" if self.key else key, self.hint)

    def of(self, name: object) -> "Place":
        """Return the place of the table of that name, or number, in the array at this place."""
        return Place(self.file, f"{self.key}[{name}]", self.hint)

    def refuse(self, complaint: str) -> NoReturn:
        """Complain of this place.

        Raises:
            DataError: Always.
        """
        where = f"{self.file}, key {self.key}" if self.key else self.file
        raise DataError(f"{where}: {complaint}", self.hint)


def derived(default: Any) -> Any:
    """Return a field of a dataclass that no file holds: the program works its value out."""
    return field(default=default, metadata=_DERIVED)


def load(kind: type[Record], package: str, name: str, hint: str = HINT) -> Record:
    """Return the TOML file `name` of a package as a `kind`: a dataclass or dict; nothing is cached.

    Raises:
        DataError: As `parse`, or if the file cannot be read.
    """
    return parse(kind, content_of(files(package), name, hint), Place(name, hint=hint))


def loader(kind: type[Record], package: str, name: str) -> Callable[[], Record]:
    """Return what returns a file as `load` does, which is read when it is first asked for."""
    return cache(partial(load, kind, package, name))


def content_of(folder: Traversable, name: str, hint: str = HINT) -> bytes:
    """Return the bytes of the file `name` in `folder`.

    Raises:
        DataError: If it cannot be read.
    """
    try:
        return (folder / name).read_bytes()
    except OSError:
        Place(name, hint=hint).refuse("the file cannot be read")


def parse(kind: type[Record], content: bytes, place: Place) -> Record:
    """Return the TOML text `content` as a `kind`.

    Raises:
        DataError: If it is not TOML in UTF-8; if a key is unknown, missing, empty, of the wrong type or refused by its
            dataclass; or if two tables of an array have the same key.
    """
    return typed(kind, tables_of(content, place), place)


def tables_of(content: bytes, place: Place) -> dict[str, Any]:
    """Return the tables of the TOML text `content`, untyped.

    Raises:
        DataError: If it is not TOML in UTF-8.
    """
    try:
        return tomllib.loads(content.decode("utf-8"))
    except ValueError as error:
        place.refuse(f"not TOML in UTF-8 ({error})")


def typed(kind: type[Record], value: object, place: Place, marks: tuple[object, ...] = ()) -> Record:
    """Return a value of TOML as an annotation has it.

    Args:
        kind: The annotation, see the head of this module.
        value: What stands in the file.
        place: Where it stands, for complaints.
        marks: What else it is annotated with: `EMPTY`, or flags of a regular expression.

    Raises:
        DataError: As `parse`.
    """
    converted: Record = _converted(kind, value, place, marks)
    return converted


def _converted(kind: Any, value: object, place: Place, marks: tuple[object, ...]) -> Any:
    origin = get_origin(kind)
    if origin is Annotated:
        return _converted(kind.__origin__, value, place, (*marks, *kind.__metadata__))
    if origin in _GENERIC:
        return _GENERIC[origin](get_args(kind), value, place, marks)
    if kind is Any:
        return value
    if is_dataclass(kind):
        return _record(kind, value, place)
    if issubclass(kind, Enum):
        return kind(_literal(tuple(member.value for member in kind), value, place, marks))
    checked = _checked(kind, value, place)
    if isinstance(checked, str):
        _filled(checked.strip(), "text", place, marks)
    return checked


@cache
def _fields(kind: Any) -> dict[str, tuple[Field[Any], Any]]:
    """Return the fields that a file holds, each with its annotation, by key."""
    hints = get_type_hints(kind, include_extras=True)
    return {
        column.name.removesuffix("_"): (column, hints[column.name])
        for column in fields(kind)
        if column.init and not column.metadata.get("derived")
    }


def _record(kind: Any, table: object, place: Place) -> Any:
    """Return a dataclass made of the keys of `table`."""
    values: dict[str, object] = _checked(dict, table, place)
    columns = _fields(kind)
    for key in values:
        if key not in columns:
            place.at(key).refuse(f"unknown key; known are {', '.join(columns)}")
    arguments = {}
    for key, (column, hint) in columns.items():
        default = column.default if column.default_factory is MISSING else column.default_factory()
        if key in values:
            marks = (EMPTY,) if default in ("", (), frozenset(), {}) else ()
            arguments[column.name] = typed(hint, values[key], place.at(key), marks)
        elif default is MISSING:
            place.at(key).refuse("missing key")
    try:
        return kind(**arguments)
    except ValueError as error:
        place.refuse(str(error))


def _table(parts: tuple[Any, ...], value: object, place: Place, marks: tuple[object, ...]) -> dict[Any, Any]:
    if isinstance(value, list) and is_dataclass(parts[1]):
        return _by_key(parts[1], value, place)
    table: dict[str, object] = _filled(_checked(dict, value, place), "table", place, marks)
    return {
        typed(parts[0], key, place.at(key)): typed(parts[1], content, place.at(key)) for key, content in table.items()
    }


def _by_key(kind: Any, tables: list[object], place: Place) -> dict[str, Any]:
    """Return a `kind` for each table of an array, by the value of its first field, in the order of the file."""
    key = next(iter(_fields(kind)))
    keyed: dict[str, Any] = {}
    for index, table in enumerate(tables):
        name = table.get(key) if isinstance(table, dict) else None
        there = place.of(name if isinstance(name, str) else index)
        value = _record(kind, table, there)
        if getattr(value, key) in keyed:
            there.at(key).refuse("duplicate; an earlier entry has it already")
        keyed[getattr(value, key)] = value
    return keyed


def _list(parts: tuple[Any, ...], value: object, place: Place, marks: tuple[object, ...]) -> tuple[Any, ...]:
    values: list[object] = _filled(_checked(list, value, place), "list", place, marks)
    if parts[-1] is ...:
        parts = parts[:1] * len(values)
    if len(values) != len(parts):
        place.refuse(f"{len(parts)} entries belong here")
    places = (_place_in(place, index, value) for index, value in enumerate(values))
    return tuple(typed(part, value, there) for part, value, there in zip(parts, values, places, strict=True))


def _place_in(place: Place, index: int, value: object) -> Place:
    """Return the place of a value in an array: by its id, if it is a table with one."""
    name = value.get("id") if isinstance(value, dict) else None
    return place.of(name) if isinstance(name, str) else place.at(str(index))


def _set(parts: tuple[Any, ...], value: object, place: Place, marks: tuple[object, ...]) -> frozenset[Any]:
    return frozenset(_list((*parts, ...), value, place, marks))


def _literal(parts: tuple[Any, ...], value: object, place: Place, _marks: tuple[object, ...]) -> object:
    if value not in parts or isinstance(value, bool):
        place.refuse(f"{value!r} is none of {', '.join(map(str, parts))}")
    return value


def _optional(parts: tuple[Any, ...], value: object, place: Place, marks: tuple[object, ...]) -> Any:
    return typed(next(part for part in parts if part is not type(None)), value, place, marks)


def _expression(_parts: tuple[Any, ...], value: object, place: Place, marks: tuple[object, ...]) -> re.Pattern[str]:
    flags = next((mark for mark in marks if isinstance(mark, re.RegexFlag)), re.NOFLAG)
    try:
        return re.compile(typed(str, value, place, marks), flags)
    except re.error as error:
        place.refuse(f"not a regular expression ({error})")


_GENERIC: Mapping[object, Callable[[tuple[Any, ...], object, Place, tuple[object, ...]], Any]] = {
    dict: _table,
    Mapping: _table,
    tuple: _list,
    frozenset: _set,
    Literal: _literal,
    UnionType: _optional,
    re.Pattern: _expression,
}


def _filled(value: Any, what: str, place: Place, marks: tuple[object, ...]) -> Any:
    if not value and EMPTY not in marks:
        place.refuse(f"the {what} is empty")
    return value


def _checked(kind: Any, value: object, place: Place) -> Any:
    """Return `value` if it is of `kind`; in TOML true and false are no integers, but integers are numbers."""
    if not isinstance(value, (int, float) if kind is float else kind) or isinstance(value, bool) is not (kind is bool):
        place.refuse(f"wrong type: {type(value).__name__} where {kind.__name__} belongs")
    return value
