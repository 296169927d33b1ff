"""The lists of an old Word file, as the elements that numbering.xml would hold. Source: [MS-DOC] 2.9.146 to 2.9.150."""

from dataclasses import dataclass

from lxml.etree import _Element as Element

from impact.extract.office.wordtree import add, root
from impact.extract.oldword.binary import i16, i32, u8, u16, u32, wide

_LIST, _LEVEL, _OVERRIDE = 28, 28, 16
"""Bytes of an LSTF, LVLF and LFO."""
_LEVELS = 9
_MOST = 5_000
"""Lists that are read at the most, some ten times what long documents have. Source: project judgment."""
_LONGEST = 100
"""Characters of the pattern of a number at the most. Source: project judgment."""
_NO_STYLE = 0x0FFF

# Number formats. Source: [MS-OSHARED] 2.2.1.3 (MSONFC).
_FORMS = {
    0: "decimal", 1: "upperRoman", 2: "lowerRoman", 3: "upperLetter", 4: "lowerLetter", 5: "ordinal", 22: "decimalZero",
    18: "decimalEnclosedCircle", 23: "bullet", 57: "numberInDash", 58: "russianLower", 59: "russianUpper", 255: "none",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _ReadLevel:
    start: int
    form: str
    text: str
    legal: bool
    restart: int | None
    size: int


def numbering(lists: bytes, levels: bytes, overrides: bytes) -> Element:
    """Return the root of the numbering, with the 1-based place of each override as id of its list.

    Args:
        lists: The table of lists.
        levels: The table stream from behind it, where their levels are.
        overrides: The table stream from where the table of overrides begins.
    """
    found = root("numbering")
    indexes: dict[int, str] = {}
    place = 0
    for index in range(min(u16(lists, 0), _MOST)):
        entry = lists[2 + _LIST * index : 2 + _LIST * (index + 1)]
        if len(entry) < _LIST:
            break
        shared = add(found, "abstractNum", abstractNumId=str(index))
        indexes.setdefault(i32(entry, 0), str(index))
        for level in range(1 if u8(entry, 26) & 1 else _LEVELS):
            read = _level(levels, place)
            place += read.size
            _add_level(shared, level, read, i16(entry, 8 + 2 * level))
    _add_overrides(found, overrides, indexes)
    return found


def _add_overrides(found: Element, overrides: bytes, indexes: dict[int, str]) -> None:
    count = min(u32(overrides, 0), _MOST)
    place = 4 + _OVERRIDE * count
    for index in range(count):
        entry = overrides[4 + _OVERRIDE * index : 4 + _OVERRIDE * (index + 1)]
        num = add(found, "num", numId=str(index + 1))
        shared = indexes.get(i32(entry, 0))
        if shared is not None:
            add(num, "abstractNumId", shared)
        place += 4
        for _ in range(min(u8(entry, 12), _LEVELS)):
            start, flags = i32(overrides, place), u32(overrides, place + 4)
            place += 8
            change = add(num, "lvlOverride", ilvl=str(min(flags & 0xF, _LEVELS - 1)))
            if flags & 0x20:
                read = _level(overrides, place)
                place += read.size
                _add_level(change, min(flags & 0xF, _LEVELS - 1), read, _NO_STYLE)
            if flags & 0x10:
                add(change, "startOverride", max(start, 0))


def _level(data: bytes, place: int) -> _ReadLevel:
    flags = u8(data, place + 5)
    sizes = u8(data, place + 24) + u8(data, place + 25)
    length = u16(data, place + _LEVEL + sizes)
    raw = wide(data, place + _LEVEL + sizes + 2, min(length, _LONGEST))
    places = {at for at in data[place + 6 : place + 15] if at}
    text = "".join(
        f"%{ord(letter) + 1}" if at in places and ord(letter) < _LEVELS else letter.replace("%", "")
        for at, letter in enumerate(raw, start=1)
    )
    return _ReadLevel(
        start=max(i32(data, place), 0),
        form=_FORMS.get(u8(data, place + 4), "decimal"),
        text=text,
        legal=bool(flags & 4),
        restart=u8(data, place + 26) if flags & 8 else None,
        size=_LEVEL + sizes + 2 + 2 * length,
    )


def _add_level(parent: Element, index: int, read: _ReadLevel, style: int) -> None:
    level = add(parent, "lvl", ilvl=str(index))
    add(level, "start", read.start)
    add(level, "numFmt", read.form)
    add(level, "lvlText", read.text)
    if read.legal:
        add(level, "isLgl")
    if read.restart is not None:
        add(level, "lvlRestart", read.restart)
    if 0 <= style < _NO_STYLE:
        add(level, "pStyle", style)
