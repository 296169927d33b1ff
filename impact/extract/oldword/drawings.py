"""Which drawing a shape belongs to: text boxes in groups are read where the group is. Source: [MS-ODRAW] 2.2."""

from collections.abc import Iterator

from impact.extract.oldword.binary import u16, u32

_GROUPS, _DRAWING, _GROUP, _SHAPE, _SHAPE_FACTS = 0xF000, 0xF002, 0xF003, 0xF004, 0xF00A
_DEEPEST = 20
"""Groups inside of groups at the most. Source: project judgment."""


def groups(art: bytes) -> dict[int, int]:
    """Return for each shape in a group the number of the outermost group; `art` is an OfficeArtContent."""
    found: dict[int, int] = {}
    place = 8 + u32(art, 4) if u16(art, 2) == _GROUPS else len(art)
    while place + 9 <= len(art):
        start, end = place + 9, place + 9 + u32(art, place + 5)  # a byte says which part of the file the drawing is in
        if u16(art, place + 3) != _DRAWING:
            break
        for kind, first, behind in _records(art, start, end):
            if kind == _GROUP:
                _read(art, first, behind, found)
        place = end
    return found


def _read(art: bytes, start: int, end: int, found: dict[int, int]) -> None:
    """Read the outermost group, which stands for the page; groups in it are those that are drawn."""
    for kind, first, behind in _records(art, start, end):
        if kind == _GROUP:
            numbers = list(_numbers(art, first, behind))
            found.update(dict.fromkeys(numbers[1:], numbers[0]) if numbers else {})


def _numbers(art: bytes, start: int, end: int) -> Iterator[int]:
    """Yield the numbers of all shapes of a group, that of the group first."""
    stack = [_records(art, start, end)]
    while stack:
        record = next(stack[-1], None)
        if record is None:
            stack.pop()
            continue
        kind, first, behind = record
        if kind in (_GROUP, _SHAPE) and len(stack) < _DEEPEST:
            stack.append(_records(art, first, behind))
        elif kind == _SHAPE_FACTS:
            yield u32(art, first)


def _records(art: bytes, place: int, end: int) -> Iterator[tuple[int, int, int]]:
    """Yield kind, beginning and end of the content of each record that is whole."""
    end = min(end, len(art))
    while place + 8 <= end:
        behind = place + 8 + u32(art, place + 4)
        if behind > end:
            return
        yield u16(art, place + 2), place + 8, behind
        place = behind
