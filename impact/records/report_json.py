"""Reads and writes `report.json`, schema `impact-report/1` (docs/report-json.md), as the typed values of `report`."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import Any, NamedTuple, cast, get_args, get_origin, get_type_hints

from impact.errors import ImpactError
from impact.records.assessment import Severity
from impact.records.document import Page, PageVerdict
from impact.records.layout import Box
from impact.records.level import Level
from impact.records.report import SCHEMA, NamedValues, Report
from impact.records.span import Span

HINT = "Create it again with `impact analyze FILE --format json`"
MALFORMED = (KeyError, TypeError, ValueError, AttributeError)
ESCAPED = re.compile("[\ud800-\udfff\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f]")


class _MalformedError(ValueError):
    """What is wrong at a place of the report, a path as `clauses[3].findings[0].severity`."""

    def __init__(self, path: str, what: str) -> None:
        super().__init__(path, what)
        self.path, self.what = path, what

    def __str__(self) -> str:
        return f"{self.path.removeprefix('.')}: {self.what}".removeprefix(": ")


class _TypeCodec(NamedTuple):
    """What reads a value of a type from JSON, and what writes it."""

    read: Callable[[Any], Any]
    write: Callable[[Any], Any]


def from_json(report: object) -> Report:
    """Return the report that parsed JSON holds; keys that the schema does not name are passed over.

    Raises:
        ImpactError: If it is no report of the schema; the message names the place.
    """
    if not isinstance(report, Mapping) or report.get("schema") != SCHEMA:
        raise ImpactError(f"The file is not a report of schema {SCHEMA}", HINT)
    try:
        return cast("Report", _codec(Report).read(report))
    except MALFORMED as error:
        raise ImpactError(f"The file is not a report of schema {SCHEMA}: {_placed('', error)}", HINT) from error


def from_text(text: str | bytes, name: str = "report.json") -> Report:
    """Return the report that the text of a file called `name` holds.

    Raises:
        ImpactError: If it is no JSON in UTF-8 or no report of the schema.
    """
    try:
        report = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ImpactError(f"{name} is a damaged report", HINT) from error
    return from_json(report)


def to_json(report: Report) -> dict[str, Any]:
    """Return the report as values that `json` writes, keys in the order of the schema."""
    return {"schema": SCHEMA, **_codec(Report).write(report)}


def to_text(report: Report) -> str:
    """Return the report as JSON: one line a top-level key, one line a clause, a line feed at the end."""
    return in_lines(to_json(report), "clauses")


def in_lines(values: Mapping[str, Any], array: str) -> str:
    """Return an object as JSON: one line a key, but one line each for what stands under the key `array`."""
    parts = ",\n".join(map(_dumped, values[array]))
    lines = {key: _dumped(value) for key, value in values.items() if key != array}
    lines[array] = f"[\n{parts}\n]" if parts else "[]"
    return "{" + ",\n".join(f'"{key}":{lines[key]}' for key in values) + "}\n"


def _dumped(value: object) -> str:
    """Return compact JSON in UTF-8 with what cannot be written or seen, or would deceive who looks at it, escaped."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return ESCAPED.sub(lambda match: json.dumps(match[0])[1:-1], text)


@cache
def _codec(kind: Any) -> _TypeCodec:
    if kind in SPECIAL:
        return SPECIAL[kind]
    if is_dataclass(kind):
        return _record(cast("type[Any]", kind))
    if get_origin(kind) is tuple:
        return _sequence(_codec(get_args(kind)[0]))
    if get_origin(kind) is UnionType:
        read, write = _codec(get_args(kind)[0])
        return _TypeCodec(
            lambda value: None if value is None else read(value), lambda value: None if value is None else write(value)
        )
    if issubclass(kind, StrEnum):
        return _TypeCodec(kind, lambda value: value.value)
    return _TypeCodec(_reader(kind), lambda value: value)


def _reader(kind: type) -> Callable[[object], object]:
    """Return what refuses values of another type; integers are numbers, true and false are none."""
    kinds = frozenset({int, float} if kind is float else {kind})

    def read(value: object) -> object:
        if type(value) not in kinds:
            raise TypeError(f"{value!r:.60} is no {kind.__name__}")
        return value

    return read


_text = _reader(str)


def _sequence(part: _TypeCodec) -> _TypeCodec:
    def read(values: object) -> tuple[object, ...]:
        if not isinstance(values, list):
            raise TypeError(f"{values!r:.60} is no list")
        parts: list[object] = []
        try:
            parts.extend(map(part.read, values))
        except MALFORMED as error:
            step = f"[{len(parts)}]"
            raise _placed(step, error) from error
        return tuple(parts)

    return _TypeCodec(read, lambda values: [part.write(value) for value in values])


def _record(kind: type[Any]) -> _TypeCodec:
    """Return what reads and writes an object whose keys are the fields of a dataclass; those that are None may lack."""
    hints = get_type_hints(kind)
    parts = {field.name: _codec(hints[field.name]) for field in fields(kind)}
    defaults = {field.name: field.default for field in fields(kind) if field.default is not MISSING}
    omitted = frozenset(name for name, default in defaults.items() if default is None)

    def read(values: Mapping[str, Any]) -> object:
        name, arguments = "", {}
        try:
            for name, part in parts.items():
                if name in values:
                    arguments[name] = part.read(values[name])
                elif name not in defaults:
                    _refuse_missing()
        except MALFORMED as error:
            step = f".{name}"
            raise _placed(step, error) from error
        return kind(**arguments)

    def write(record: object) -> dict[str, Any]:
        values = {name: part.write(getattr(record, name)) for name, part in parts.items()}
        return {name: value for name, value in values.items() if value is not None or name not in omitted}

    return _TypeCodec(read, write)


def _refuse_missing() -> None:
    raise ValueError("is missing")


def _placed(step: str, error: Exception) -> _MalformedError:
    """Return the error as one at a place below `step`."""
    if isinstance(error, _MalformedError):
        return _MalformedError(step + error.path, error.what)
    return _MalformedError(step, f"{error} is missing" if isinstance(error, KeyError) else str(error))


def _read_severity(values: Mapping[str, Any]) -> Severity:
    level = Level(values["level"])
    firm = Level(values.get("firm_level", level))
    triple = values["scale"], values["scope"], values["irremediability"]
    return Severity(*triple, level, values["reason"], None if firm is level else firm)


def _write_severity(severity: Severity) -> dict[str, Any]:
    return {
        "scale": severity.scale,
        "scope": severity.scope,
        "irremediability": severity.irremediability,
        "level": severity.level.value,
        "firm_level": severity.firm.value,
        "reason": severity.reason,
    }


SPECIAL: dict[Any, _TypeCodec] = {
    NamedValues: _TypeCodec(lambda values: tuple((name, _text(value)) for name, value in values.items()), dict),
    Span: _TypeCodec(lambda ends: Span(*ends), lambda span: [span.start, span.end]),
    Box: _TypeCodec(lambda sides: Box(*sides), lambda box: [box.page, box.x0, box.y0, box.x1, box.y1]),
    Page: _TypeCodec(
        lambda page: Page(page["page"], verdict=PageVerdict(page["verdict"]), quality=page["quality"]),
        lambda page: {"page": page.number, "verdict": page.verdict.value, "quality": page.quality},
    ),
    Severity: _TypeCodec(_read_severity, _write_severity),
}
