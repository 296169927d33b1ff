"""What signs in the text of an old Word file refer to: notes, comments and text boxes. Source: [MS-DOC] 2.8."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from impact.extract.oldword.binary import positions, strings, u16, u32, wide
from impact.extract.oldword.drawings import groups
from impact.extract.oldword.fib import FileInformation

_COMMENT, _BOX, _SHAPE = 30, 22, 26
"""Bytes of an ATRDPre10, FTXBXS and SPA."""
_MOST_BOXES = 20_000


@dataclass(frozen=True, slots=True)
class NoteReference:
    """A note: its part ("footnotes", "endnotes"), its id, and whether the text itself holds its mark."""

    part: str
    key: str
    own: bool


@dataclass(frozen=True, slots=True)
class References:
    """By position in the text, notes and comments; stretches of the text that hold them by part and id.

    Attributes:
        boxes: Stretches of the text that hold the text box of the drawing at a position.
        loose: Those of text boxes whose drawing is not known.
        comments: Id of the comment at a position.
        authors: Of comments, by id.
    """

    notes: dict[int, NoteReference] = field(default_factory=dict)
    stretches: dict[tuple[str, str], tuple[int, int]] = field(default_factory=dict)
    comments: dict[int, str] = field(default_factory=dict)
    authors: dict[str, str] = field(default_factory=dict)
    boxes: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    loose: list[tuple[int, int]] = field(default_factory=list)


def references(fib: FileInformation, table: bytes) -> References:
    """Return all references of a file."""
    found = References()
    for part, story in (("footnotes", "footnote"), ("endnotes", "endnote")):
        places, entries = positions(fib.part(f"{story}_refs", table), 2)
        for index, entry in enumerate(entries):
            found.notes.setdefault(places[index], NoteReference(part, str(index), own=not u16(entry, 0)))
        _add_stretches(found, fib, table, part, f"{story}_texts")
    places, entries = positions(fib.part("comment_refs", table), _COMMENT)
    people = _people(fib.part("comment_authors", table))
    for index, entry in enumerate(entries):
        found.comments[places[index]] = str(index)
        person = u16(entry, 20)
        found.authors[str(index)] = people[person] if person < len(people) else ""
    _add_stretches(found, fib, table, "comments", "comment_texts")
    _add_boxes(found, fib, table)
    return found


def authors(fib: FileInformation, table: bytes) -> list[str]:
    """Return the authors of revision marks."""
    return [entry.decode("utf-16-le", "replace") for entry in strings(fib.part("revision_authors", table))]


def fonts(fib: FileInformation, table: bytes) -> list[str]:
    """Return the names of the fonts. Source: [MS-DOC] 2.9.76 (FFN)."""
    entries = strings(fib.part("fonts", table), extended=False)
    return [wide(entry, 39, 64).split("\0", 1)[0] for entry in entries]


def _add_stretches(found: References, fib: FileInformation, table: bytes, story: str, part: str) -> None:
    places, _ = positions(fib.part(part, table), 0)
    first, end = fib.starts[story]
    for index, stretch in _stretches(places[:-1], first, end):
        found.stretches[story, str(index)] = stretch


def _stretches(places: Sequence[int], first: int, end: int) -> Iterator[tuple[int, tuple[int, int]]]:
    """Yield the stretches between places, with their index; none that begins before the end of another."""
    behind = 0
    for index, (start, stop) in enumerate(pairwise(places)):
        if behind <= start < stop <= end - first:
            behind = stop
            yield index, (first + start, first + stop)


def _add_boxes(found: References, fib: FileInformation, table: bytes) -> None:
    places, entries = positions(fib.part("box_texts", table), _BOX)
    first, end = fib.starts["boxes"]
    stretches: dict[int, list[tuple[int, int]]] = {}
    outer = groups(fib.part("drawings", table))
    # The last entry is no text box, and an entry that is marked waits for a new one.
    for index, stretch in _stretches(places[: min(len(entries), _MOST_BOXES)], first, end):
        if not u16(entries[index], 8):
            number = u32(entries[index], 14)
            stretches.setdefault(outer.get(number, number), []).append(stretch)
    anchors, shapes = positions(fib.part("shapes", table), _SHAPE)
    for index, shape in enumerate(shapes):
        box = stretches.pop(u32(shape, 0), None)
        if box is not None:
            found.boxes[anchors[index]] = box
    found.loose.extend(box for boxes in stretches.values() for box in boxes)


def _people(table: bytes) -> list[str]:
    people, place = [], 0
    while place + 2 <= len(table):
        length = u16(table, place)
        people.append(wide(table, place + 2, length))
        place += 2 + 2 * length
    return people
