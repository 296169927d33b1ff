"""Word 97 files laid byte by byte from what a test says of paragraphs, styles, lists and notes.

Source: [MS-DOC] for the stream WordDocument and its tables, [MS-CFB] for the container.
"""

import struct
from collections.abc import Callable, Sequence
from dataclasses import dataclass

SECTOR = 512
_TEXT = 1024
_PAIRS = 93
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


@dataclass(frozen=True)
class Run:
    """Characters with their modifiers (a grpprl)."""

    text: str
    changes: bytes = b""


@dataclass(frozen=True)
class Made:
    """A paragraph: its runs, the character at its end, its style, its modifiers, and those of its mark."""

    runs: tuple[Run, ...]
    end: str = "\r"
    style: int = 0
    changes: bytes = b""
    mark: bytes = b""


@dataclass(frozen=True)
class Level:
    """A level of a list; digits below U+0009 in the text are places of numbers."""

    text: str
    form: int = 0
    start: int = 1
    style: int = 0x0FFF


def sprm(code: int, *operand: int, size: int = 1) -> bytes:
    """Return a modifier whose operands have `size` bytes each."""
    return struct.pack("<H", code) + b"".join(value.to_bytes(size, "little") for value in operand)


def paragraph(text: str, *, end: str = "\r", style: int = 0, changes: bytes = b"", mark: bytes = b"") -> Made:
    """Return a paragraph of one run."""
    return Made((Run(text),), end, style, changes, mark)


def in_list(number: int, level: int) -> bytes:
    """Return what puts a paragraph in a list."""
    return sprm(0x460B, number, size=2) + sprm(0x260A, level)


def cells(*texts: str, merged: Sequence[int] = (), mark: bytes = b"") -> list[Made]:
    """Return a row; `merged` has the bits (TCGRF) of each cell."""
    inside = sprm(0x2416, 1)
    edges = b"".join(struct.pack("<h", 1000 * place) for place in range(len(texts) + 1))
    shapes = b"".join(struct.pack("<H18x", bits) for bits in (merged or [0] * len(texts)))
    body = bytes([len(texts)]) + edges + shapes
    row = inside + sprm(0x2417, 1) + struct.pack("<HH", 0xD608, len(body) + 1) + body
    return [*(paragraph(text, end="\x07", changes=inside) for text in texts), Made((), "\x07", 0, row, mark)]


def word_97(  # noqa: PLR0913 - what a file may consist of
    paragraphs: Sequence[Made],
    *,
    styles: Sequence[tuple[int, str, int, bytes]] = ((0, "Normal", 0x0FFF, b""),),
    lists: Sequence[Sequence[Level]] = (),
    footnotes: Sequence[Made] = (),
    boxes: Sequence[Made] = (),
    art: bytes = b"",
    authors: Sequence[str] = (),
    compressed: bool = False,
    flags: int = 0x0200,
) -> bytes:
    """Return a file.

    Args:
        styles: Number of the built-in style (0x0FFE for none), name, base and modifiers.
        boxes: The paragraph of each text box; its shapes have the numbers from 1 on.
        art: The shapes; each sign U+0008 in the text is the place of a shape, with the numbers from 1 on.
    """
    story = [*paragraphs, *footnotes, *boxes]
    text = "".join(run.text for made in story for run in (*made.runs, Run(made.end)))
    length = sum(_length(made) for made in paragraphs)
    coding, width = ("cp1252", 1) if compressed else ("utf-16-le", 2)
    stream = bytearray(_TEXT) + text.encode(coding)
    stream += bytes(-len(stream) % SECTOR)
    table = bytearray(8)
    pairs = [(0, 0)] * _PAIRS

    def put(index: int, data: bytes) -> None:
        pairs[index] = (len(table), len(data))
        table.extend(data)

    put(1, _sheet(styles))
    place = _TEXT * 2 | 0x40000000 if compressed else _TEXT
    pieces = struct.pack("<IIHIH", 0, len(text), 0, place, 0)
    put(33, b"\x02" + struct.pack("<I", len(pieces)) + pieces)
    put(12, _bins(stream, list(_character_runs(story, width)), box=1))
    put(13, _bins(stream, list(_paragraph_runs(story, width)), box=13))
    if footnotes:
        refs = [at for at, sign in enumerate(text[:length]) if sign == "\x02"]
        put(2, struct.pack(f"<{len(refs) + 1}I", *refs, length) + struct.pack("<H", 1) * len(refs))
        places = [0]
        for made in footnotes:
            places.append(places[-1] + _length(made))
        put(3, struct.pack(f"<{len(places) + 1}I", *places, places[-1] + 1))
    if boxes:
        _put_boxes(put, text[:length], [_length(made) for made in boxes])
        put(50, art)
    if authors:
        named = b"".join(struct.pack("<H", len(name)) + name.encode("utf-16-le") for name in authors)
        put(51, struct.pack("<HHH", 0xFFFF, len(authors), 0) + named)
    if lists:
        _put_lists(table, pairs, lists)
    lengths = [sum(map(_length, part)) for part in (paragraphs, footnotes, boxes)]
    _fib(stream, lengths, pairs, flags)
    return compound({"WordDocument": bytes(stream), "1Table": bytes(table)})


def _length(made: Made) -> int:
    return sum(len(run.text) for run in made.runs) + len(made.end)


def _put_boxes(put: Callable[[int, bytes], None], text: str, lengths: Sequence[int]) -> None:
    anchors = [at for at, sign in enumerate(text) if sign == "\x08"]
    shapes = b"".join(struct.pack("<I22x", number) for number, _ in enumerate(anchors, start=1))
    put(40, struct.pack(f"<{len(anchors) + 1}I", *anchors, len(text)) + shapes)
    places = [sum(lengths[:count]) for count in range(len(lengths) + 1)]
    entries = b"".join(struct.pack("<8xHIII", 0, 0, number, 0) for number, _ in enumerate(lengths, start=1))
    put(56, struct.pack(f"<{len(places) + 1}I", *places, places[-1] + 1) + entries + bytes(22))


def _fib(stream: bytearray, lengths: Sequence[int], pairs: list[tuple[int, int]], flags: int) -> None:
    struct.pack_into("<HHHHHH", stream, 0, 0xA5EC, 0xC1, 0, 0x0409, 0, flags)
    struct.pack_into("<II", stream, 0x18, _TEXT, len(stream))
    struct.pack_into("<H", stream, 32, 14)
    struct.pack_into("<H", stream, 62, 22)
    main, notes, boxes = lengths
    struct.pack_into("<7I", stream, 0x4C, main, notes, 0, 0, 0, 0, boxes)
    struct.pack_into("<H", stream, 0x98, _PAIRS)
    for index, (place, length) in enumerate(pairs):
        struct.pack_into("<II", stream, 0x9A + 8 * index, place, length)


def _character_runs(story: Sequence[Made], width: int):
    place = _TEXT
    for made in story:
        for run in (*made.runs, Run(made.end, made.mark)):
            size = len(run.text) * width
            if size:
                yield place, place + size, bytes([len(run.changes)]) + run.changes if run.changes else b""
            place += size


def _paragraph_runs(story: Sequence[Made], width: int):
    place = _TEXT
    for made in story:
        size = _length(made) * width
        body = struct.pack("<H", made.style) + made.changes
        body += bytes(-len(body) % 2)
        yield place, place + size, b"\0" + bytes([len(body) // 2]) + body
        place += size


def _bins(stream: bytearray, runs: list[tuple[int, int, bytes]], box: int) -> bytes:
    """Append pages of formatting to the stream and return the table that names them."""
    starts, pages = [], []
    while runs:
        count, size = 0, 0
        while count < len(runs) and 8 + (count + 1) * (4 + box) + size + len(runs[count][2]) + 4 < 500:
            size += len(runs[count][2]) + 1 & ~1
            count += 1
        page, end = bytearray(512), 510
        for index, (start, stop, body) in enumerate(runs[:count]):
            struct.pack_into("<II", page, 4 * index, start, stop)
            if body:
                end = end - len(body) & ~1
                page[end : end + len(body)] = body
                page[4 * (count + 1) + box * index] = end // 2
        page[511] = count
        starts.append(runs[0][0])
        pages.append(len(stream) // 512)
        last = runs[count - 1][1]
        stream += page
        del runs[:count]
    return struct.pack(f"<{len(starts) + 1}I", *starts, last) + struct.pack(f"<{len(pages)}I", *pages)


def _sheet(styles: Sequence[tuple[int, str, int, bytes]]) -> bytes:
    entries = b""
    for built_in, name, base, changes in styles:
        papx = struct.pack("<H", 0) + changes
        body = struct.pack("<HHHHH", built_in, 1 | base << 4, 2, 0, 0)
        body += struct.pack("<H", len(name)) + name.encode("utf-16-le") + b"\0\0"
        body += struct.pack("<H", len(papx)) + papx + bytes(len(papx) % 2) + struct.pack("<H", 0)
        entries += struct.pack("<H", len(body)) + body
    return struct.pack("<HHH14x", 18, len(styles), 10) + entries


def _put_lists(table: bytearray, pairs: list[tuple[int, int]], lists: Sequence[Sequence[Level]]) -> None:
    heads, levels, overrides = struct.pack("<H", len(lists)), b"", struct.pack("<I", len(lists))
    for key, made in enumerate(lists, start=1):
        ties = [level.style for level in made] + [0x0FFF] * (9 - len(made))
        heads += struct.pack("<ii9HBB", key, 0, *ties, 0, 0)
        overrides += struct.pack("<i8xBBBB", key, 0, 0, 0, 0)
        for level in [*made, *[Level("")] * (9 - len(made))]:
            places = [at for at, letter in enumerate(level.text, start=1) if letter < "\x09"]
            head = struct.pack("<iBB9s", level.start, level.form, 0, bytes(places))
            levels += head + struct.pack("<BiIBBBB", 0, 0, 0, 0, 0, 0, 0)
            levels += struct.pack("<H", len(level.text)) + level.text.encode("utf-16-le")
    pairs[73] = (len(table), len(heads))
    table += heads + levels
    pairs[74] = (len(table), len(overrides) + 4 * len(lists))
    table += overrides + struct.pack("<I", 0xFFFFFFFF) * len(lists)


def compound(streams: dict[str, bytes]) -> bytes:
    """Return an OLE2 container with these streams."""
    fat, body, entries = [], b"", []
    for name, content in streams.items():
        start, data = len(fat), content.ljust(4096, b"\0")
        count = -(-len(data) // SECTOR)
        fat += [*range(start + 1, start + count), _END]
        body += data.ljust(count * SECTOR, b"\0")
        entries.append((name, 2, start, len(data)))
    directory = b""
    for place, (name, kind, start, size) in enumerate([("Root Entry", 5, _END, 0), *entries]):
        coded = f"{name}\0".encode("utf-16-le")
        child = 1 if kind == 5 else _FREE
        right = place + 1 if 0 < place < len(entries) else _FREE
        directory += coded.ljust(64, b"\0") + struct.pack("<HBBIII", len(coded), kind, 1, _FREE, right, child)
        directory += bytes(36) + struct.pack("<III", start, size, 0)
    start = len(fat)
    count = -(-len(directory) // SECTOR)
    fat += [*range(start + 1, start + count), _END]
    body += directory.ljust(count * SECTOR, b"\0")
    tables = 1
    while len(fat) + tables > tables * SECTOR // 4:
        tables += 1
    places = [len(fat) + index for index in range(tables)]
    fat += [_FAT] * tables
    fat += [_FREE] * (tables * SECTOR // 4 - len(fat))
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, tables, start, 0, 4096, _END, 0, _END, 0)
    header += struct.pack("<109I", *places, *[_FREE] * (109 - tables))
    return header + body + struct.pack(f"<{len(fat)}I", *fat)
