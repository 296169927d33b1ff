"""What lists of property modifiers amount to: for a paragraph, for characters, for a row."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from impact.extract.office.nesting import CellShape, RowShape
from impact.extract.office.wordtree import RevisionMark, RunLook
from impact.extract.oldword import modifiers as m
from impact.extract.oldword.binary import i16, u8, u16, u32

_SAME, _OPPOSITE = 0x80, 0x81
"""Operands of a switch that refer to the style. Source: [MS-DOC] 2.9.325 (ToggleOperand)."""

_PLAIN_LOOK = RunLook()
_NO_LIST = 0xF801
"""Lists from here on are none. Source: [MS-DOC] 2.6.2, sprmPIlfo."""


@dataclass(slots=True)
class ParagraphProperties:
    """Of a paragraph.

    Attributes:
        list_id: 1-based place in the overrides of lists; "0" for no list; empty where there is none.
        depth: Tables that it is in.
        cell_end: Whether it ends a cell of an inner table.
        row_end: Whether it is the mark behind the cells of a row.
    """

    style: int = 0
    list_id: str = ""
    list_level: int | None = None
    outline: int | None = None
    in_table: bool = False
    depth: int = 0
    cell_end: bool = False
    row_end: bool = False


def paragraph(style: int, changes: Iterable[tuple[int, bytes]]) -> ParagraphProperties:
    """Return what modifiers say of a paragraph of this style."""
    traits = ParagraphProperties(style)
    for code, operand in changes:
        value = m.number(operand)
        if code in (m.ROW_END, m.INNER_ROW_END):
            traits.row_end = traits.row_end or bool(value)
        elif code in _PARAGRAPH:
            name, read = _PARAGRAPH[code]
            setattr(traits, name, read(value))
        elif code == m.DEPTH_CHANGE:
            traits.depth += int.from_bytes(operand, "little", signed=True)
    traits.depth = max(traits.depth, 1) if traits.in_table else 0
    return traits


_PARAGRAPH: dict[int, tuple[str, Callable[[int], Any]]] = {
    m.STYLE: ("style", int),
    m.IN_TABLE: ("in_table", bool),
    m.DEPTH: ("depth", int),
    m.INNER_CELL: ("cell_end", bool),
    m.LIST_LEVEL: ("list_level", lambda value: value if value < 9 else None),
    m.LIST: ("list_id", lambda value: str(value) if value < _NO_LIST else "0"),
    m.OUTLINE: ("outline", lambda value: min(value, 9)),
}


@dataclass(frozen=True, slots=True)
class CharacterProperties:
    """Of characters.

    Attributes:
        special: Whether signs such as U+0002 have their special meaning.
        symbol: Font and code of a character of a symbol font; a code of 0 for none.
        field_data: Whether a picture sign stands for the data of a field.
    """

    look: RunLook = _PLAIN_LOOK
    special: bool = False
    symbol: tuple[str, int] = ("", 0)
    field_data: bool = False
    marks: tuple[RevisionMark, ...] = ()


def characters(
    changes: Iterable[tuple[int, bytes]], fonts: Sequence[str], authors: Sequence[str]
) -> CharacterProperties:
    """Return what modifiers say of characters."""
    traits = CharacterProperties()
    kinds: dict[str, bool] = {}
    people: dict[str, str] = {}
    dates: dict[str, str] = {}
    for code, operand in changes:
        if code in _MARKS:
            kinds[_MARKS[code]] = bool(operand[0])
        elif code in _AUTHORS:
            people[_AUTHORS[code]] = _at(authors, u16(operand, 0))
        elif code in _DATES:
            dates[_DATES[code]] = moment(operand)
        else:
            traits = _character(traits, code, operand, fonts)
    marks = tuple(
        RevisionMark(kind, people.get(kind, ""), dates.get(kind, "")) for kind in ("ins", "del") if kinds.get(kind)
    )
    return replace(traits, marks=marks) if marks else traits


_MARKS = {m.INSERTED: "ins", m.DELETED: "del"}
_AUTHORS = {m.INSERTED_BY: "ins", m.DELETED_BY: "del"}
_DATES = {m.INSERTED_AT: "ins", m.DELETED_AT: "del"}


def _character(traits: CharacterProperties, code: int, operand: bytes, fonts: Sequence[str]) -> CharacterProperties:
    value = u16(operand, 0)
    if code in _LOOKS:
        name, read = _LOOKS[code]
        return replace(traits, look=replace(traits.look, **{name: read(value)}))
    if code == m.FONT:
        return replace(traits, look=replace(traits.look, font=_at(fonts, value)))
    if code == m.SYMBOL:
        return replace(traits, symbol=(_at(fonts, value), u16(operand, 2)))
    if code == m.PLAIN:
        return CharacterProperties(special=traits.special)
    if code == m.SPECIAL:
        return replace(traits, special=bool(value))
    return replace(traits, field_data=bool(value)) if code == m.FIELD_DATA else traits


def switched(operand: int) -> bool | None:
    """Return whether a switch is on; None where it is as in the style. The opposite of the style is taken for on."""
    return None if operand == _SAME else operand in (1, _OPPOSITE)


_LOOKS: dict[int, tuple[str, Callable[[int], Any]]] = {
    m.BOLD: ("bold", switched),
    m.HIDDEN: ("hidden", switched),
    m.HALF_POINTS: ("size", int),
    m.CHARACTER_STYLE: ("style", str),
}


def _at(names: Sequence[str], index: int) -> str:
    return names[index] if index < len(names) else ""


def moment(operand: bytes) -> str:
    """Return a date in ISO 8601; empty where there is none. Source: [MS-DOC] 2.9.69 (DTTM)."""
    raw = u32(operand, 0)
    minute, hour, day = raw & 0x3F, raw >> 6 & 0x1F, raw >> 11 & 0x1F
    month, year = raw >> 16 & 0xF, (raw >> 20 & 0x1FF) + 1900
    if not (0 < day < 32 and 0 < month < 13 and hour < 24 and minute < 60):
        return ""
    return f"{year}-{month:02d}-{day:02d}T{hour:02d}:{minute:02d}:00Z"


_ACROSS = {1: "continue"}
_DOWN = {1: "continue", 3: "restart"}
"""Bits of a cell that is merged. Source: [MS-DOC] 2.9.318 (TCGRF)."""


def row(changes: Iterable[tuple[int, bytes]], marks: tuple[RevisionMark, ...]) -> RowShape:
    """Return the shape of a row from the modifiers on the mark at its end."""
    left, cells = 0, list[CellShape]()
    for code, operand in changes:
        if code == m.DEFINITION:
            left, cells = _definition(operand)
        elif code == m.MERGE_DOWN and u8(operand, 0) < len(cells):
            index = u8(operand, 0)
            cells[index] = replace(cells[index], down=_DOWN.get(u8(operand, 1), ""))
        elif code == m.MERGE_ACROSS:
            for index in range(u8(operand, 0) + 1, min(u8(operand, 1), len(cells))):
                cells[index] = replace(cells[index], across="continue")
    return RowShape(left, tuple(cells), marks)


def _definition(operand: bytes) -> tuple[int, list[CellShape]]:
    """Return the left edge of a row, made not to be negative, and its cells. Source: [MS-DOC] 2.9.321."""
    count = min(u8(operand, 0), 63)
    edges = [i16(operand, 1 + 2 * index) for index in range(count + 1)]
    start = 1 + 2 * (count + 1)
    cells = []
    for index in range(count):
        flags = u16(operand, start + 20 * index)
        width = max(edges[index + 1] - edges[index], 1)
        cells.append(CellShape(width, _DOWN.get(flags >> 5 & 3, ""), _ACROSS.get(flags & 3, "")))
    return edges[0] + 0x8000, cells
