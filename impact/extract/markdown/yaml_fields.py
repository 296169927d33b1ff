"""Fields of a YAML text with their places in it, in block and in flow style; aliases are not followed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from yaml import (
    CSafeLoader,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    YAMLError,
    parse,
)

LINE = re.compile(r"([^\r\n]*)(?:\r\n|\r|\n|\Z)")
PROPERTIES = re.compile(r"(?:[&!]\S*\s+)*")
HEADER = re.compile(r"[|>][^\r\n]*(?:\r\n|\r|\n|\Z)")
BARE_FIELD = re.compile(r"(?P<key>[\w-]+):[ \t]+(?P<value>\S[^\r\n]*?)[ \t]*$", re.MULTILINE)
"""A field whose value holds what YAML wants quoted, such as a colon."""

TOP_KEY = re.compile(r"^[\w\"'$][^\r\n]*?:(?=\s)", re.MULTILINE)

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Field:
    """A key with its value, or an item of a list.

    Attributes:
        path: Keys from the outside to the inside, its own last; an item of a list adds "-".
        key: Place of its own key in the source; empty for a plain list item.
        lines: Places of the lines of its value, without quotes and indentation; empty where nested values follow.
        literal: Whether line ends in the value count.
        first: Whether it is the first key of a list item.
    """

    path: tuple[str, ...]
    key: Place
    lines: tuple[Place, ...]
    literal: bool = False
    first: bool = False

    def value(self, source: str) -> str:
        """Return the value as one line."""
        return " ".join(" ".join(source[start:end].split()) for start, end in self.lines).strip()


@dataclass(slots=True)
class _Level:
    """A mapping or sequence that is open: its path, the key that waits for its value, and how many fields it had."""

    path: tuple[str, ...]
    is_list: bool
    in_list: bool
    key: tuple[str, Place] | None = None
    fields: int = 0


def fields_of(source: str, start: int = 0, end: int | None = None) -> tuple[list[Field], int]:
    """Return the fields between two positions in the order of the text, and how many lines are no YAML and were lost.

    After such a line reading goes on at the next key that is not indented.
    """
    end = len(source) if end is None else end
    fields: list[Field] = []
    lost = 0
    while True:
        try:
            return fields + _fields(source, start, end), lost
        except _BrokenError as broken:
            fields += broken.fields
            line = max(source.rfind("\n", start, broken.position) + 1, start)
            bare = BARE_FIELD.match(source, line, end)
            if bare:
                fields = [field for field in fields if field.key[0] < line]
                fields.append(Field((bare["key"],), bare.span("key"), (bare.span("value"),)))
                line = bare.end()
            onward = TOP_KEY.search(source, max(line, broken.position) + 1, end)
            lost += len(source[line : onward.start() if onward else end].split("\n")) - bool(bare)
            if onward is None:
                return fields, lost
            start = onward.start()


class _BrokenError(Exception):
    """The text is no YAML from a position on; `fields` are those before it."""

    def __init__(self, fields: list[Field], position: int) -> None:
        super().__init__(position)
        self.fields, self.position = fields, position


def _fields(source: str, start: int, end: int) -> list[Field]:
    """Return the fields between two positions.

    Raises:
        _BrokenError: Where the text is no YAML.
    """
    fields: list[Field] = []
    levels: list[_Level] = []
    position = start
    try:
        for event in parse(source[start:end], Loader=CSafeLoader):
            position, after = start + _index(event.start_mark), start + _index(event.end_mark)
            if isinstance(event, MappingEndEvent | SequenceEndEvent):
                levels.pop()
            elif isinstance(event, MappingStartEvent | SequenceStartEvent):
                path, field = _place(levels, position)
                if field and field.key[0] < field.key[1]:
                    fields.append(field)
                in_list = bool(levels) and levels[-1].is_list
                levels.append(_Level(path, isinstance(event, SequenceStartEvent), in_list))
            elif levels and isinstance(event, ScalarEvent):
                level = levels[-1]
                if not level.is_list and level.key is None:
                    level.key = (event.value, (position, after))
                    continue
                _, field = _place(levels, position)
                lines = _lines(source, position, after, event.style)
                fields += [replace(field, lines=lines, literal=event.style == "|")] if field else []
            elif levels:  # an alias
                _, field = _place(levels, position)
                fields += [field] if field else []
    except YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise _BrokenError(fields, max(position, start + _index(mark))) from error
    return fields


def _index(mark: Any) -> int:
    """Return the 0-based position of a mark of PyYAML in what was parsed; 0 where there is none."""
    return int(mark.index) if mark else 0


def _place(levels: list[_Level], position: int) -> tuple[tuple[str, ...], Field | None]:
    """Return the path of the value that begins at `position`, and its field without lines; none for the outermost."""
    if not levels:
        return (), None
    level = levels[-1]
    level.fields += 1
    if level.is_list:
        path = (*level.path, "-")
        return path, Field(path, (position, position), ())
    name, key = level.key or ("", (position, position))
    level.key = None
    path = (*level.path, name)
    return path, Field(path, key, (), first=level.in_list and level.fields == 1)


def _lines(source: str, start: int, end: int, style: str | None) -> tuple[Place, ...]:
    """Return the places of the lines of a scalar, without quotes, indicators, anchors, tags and indentation."""
    start = PROPERTIES.match(source, start, end).end()  # type: ignore[union-attr]  # it matches nothing, too
    if style in {"|", ">"}:
        return tuple(_block(source, HEADER.match(source, start).end(), end))  # type: ignore[union-attr]
    if style in {'"', "'"}:
        start, end = start + 1, end - 1
    places = [match.span(1) for match in LINE.finditer(source, start, end) if match.start() < end or start == end]
    stripped = [_stripped(source, place) for place in places]
    return tuple(place for place in stripped if place[0] < place[1])


def _stripped(source: str, place: Place) -> Place:
    text = source[slice(*place)]
    start = place[0] + len(text) - len(text.lstrip())
    return start, max(start, place[1] - len(text) + len(text.rstrip()))


def _block(source: str, start: int, end: int) -> Iterator[Place]:
    """Yield the lines of a block scalar without their common indentation, blank ones as empty places."""
    places = [match.span(1) for match in LINE.finditer(source, start, end) if match.start() < end]
    while places and not source[slice(*places[-1])].strip():
        places.pop()
    texts = (source[slice(*place)] for place in places)
    depth = next((len(text) - len(text.lstrip(" ")) for text in texts if text.strip()), 0)
    for first, last in places:
        text = source[first:last]
        indent = len(text) - len(text.lstrip(" "))
        yield (first + min(indent, depth), last) if text.strip() else (first, first)
