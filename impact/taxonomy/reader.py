"""Read TOML tables into frozen dataclasses, with complaints that name file and key."""

import tomllib
from dataclasses import MISSING, dataclass, fields, is_dataclass, replace
from importlib.resources.abc import Traversable
from typing import Any, NoReturn, TypeVar, cast, get_args, get_origin, get_type_hints

from impact.errors import TaxonomyError

Record = TypeVar("Record")


@dataclass(frozen=True, slots=True)
class Place:
    """A file and the key in it that a complaint is about; the key is empty for the whole file."""

    file: str
    key: str = ""

    def at(self, key: str) -> "Place":
        """Return the place of `key` below this one."""
        return replace(self, key=f"{self.key}.{key}" if self.key else key)

    def refuse(self, what: str) -> NoReturn:
        """Say `what` is wrong at this place.

        Raises:
            TaxonomyError: Always.
        """
        where = f"{self.file}, key {self.key}" if self.key else self.file
        message = f"{where}: {what}"
        raise TaxonomyError(message, "Correct the file; docs/taxonomy.md says what each key holds")


def read_file(folder: Traversable, name: str) -> tuple[dict[str, Any], bytes]:
    """Return the tables of the TOML file `name` in `folder`, and its bytes.

    Raises:
        TaxonomyError: If the file is absent or not TOML in UTF-8.
    """
    try:
        content = (folder / name).read_bytes()
        return tomllib.loads(content.decode("utf-8")), content
    except OSError:
        Place(name).refuse("the file cannot be read")
    except ValueError as error:
        Place(name).refuse(f"not TOML in UTF-8 ({error})")


def record(kind: type[Record], table: object, place: Place, **given: object) -> Record:
    """Return a `kind` made of the keys of `table`.

    Args:
        kind: A dataclass with fields of str, int, tuples, dicts of str, and dataclasses of these.
        table: A TOML table; keys named as the fields.
        place: Where the table stands, for complaints.
        given: Fields that do not come from the file; the file must not have them.

    Raises:
        TaxonomyError: If a key is unknown, missing, of the wrong type or empty.
    """
    values = _typed(table, dict, place)
    wanted = {item.name: item for item in fields(cast("Any", kind)) if item.name not in given}
    for key in values:
        if key not in wanted:
            place.at(key).refuse(f"unknown key; known are {', '.join(wanted)}")
    for name, item in wanted.items():
        if name not in values and item.default is MISSING:
            place.at(name).refuse("missing key")
    hints = get_type_hints(kind)
    return kind(**given, **{name: _value(hints[name], value, place.at(name)) for name, value in values.items()})


def records(kind: type[Record], tables: object, place: Place, key: str = "id", **given: object) -> dict[str, Record]:
    """Return a `kind` for each table of an array, by the value of its `key`, in the order of the file.

    Raises:
        TaxonomyError: As `record`; and if two tables have the same `key`.
    """
    made: dict[str, Record] = {}
    for index, table in enumerate(_typed(tables, list, place)):
        name = table.get(key) if isinstance(table, dict) else None
        here = Place(place.file, f"{place.key}[{name if isinstance(name, str) else index}]")
        entry = record(kind, table, here, **given)
        if getattr(entry, key) in made:
            here.at(key).refuse("duplicate; an earlier entry has it already")
        made[getattr(entry, key)] = entry
    return made


def arrays(tables: dict[str, Any], file: str, keys: tuple[str, ...]) -> tuple[object, ...]:
    """Return the values of the top-level `keys` of `file`, in their order.

    Raises:
        TaxonomyError: If one is missing or another key stands beside them.
    """
    for key in tables:
        if key not in keys:
            Place(file, key).refuse(f"unknown key; known are {', '.join(keys)}")
    for key in keys:
        if key not in tables:
            Place(file, key).refuse("missing key")
    return tuple(tables[key] for key in keys)


def _typed(value: object, kind: type[Record], place: Place) -> Record:
    """Return `value` if it is of `kind`; in TOML true and false are no integers."""
    if not isinstance(value, kind) or isinstance(value, bool):
        place.refuse(f"wrong type: {type(value).__name__} where {kind.__name__} belongs")
    return value


def _value(hint: Any, value: object, place: Place) -> object:
    """Return `value` as a field of type `hint` holds it."""
    if is_dataclass(hint):
        return record(cast("type[object]", hint), value, place)
    parts = get_args(hint)
    if get_origin(hint) is dict:
        table: dict[str, object] = _typed(value, dict, place)
        return {key: _value(parts[1], item, place.at(key)) for key, item in table.items()}
    if get_origin(hint) is tuple:
        items: list[object] = _typed(value, list, place)
        if not items or (parts[-1] is not ... and len(items) != len(parts)):
            place.refuse("the list is empty" if not items else f"{len(parts)} entries belong here")
        return tuple(_value(parts[0], item, place.at(str(index))) for index, item in enumerate(items))
    checked: object = _typed(value, hint, place)
    if isinstance(checked, str) and not checked.strip():
        place.refuse("the text is empty")
    return checked
