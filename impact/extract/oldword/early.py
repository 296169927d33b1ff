"""Read the paragraphs of files of Word 1, 2, 6 and 95: their words in order, without numbers, styles and marks."""

import codecs
import re
from collections.abc import Iterable, Iterator

from impact.errors import LimitError, UnreadableError
from impact.extract.blocks.builder import CELL_GLUE, Assembly
from impact.extract.blocks.finish import document
from impact.extract.office.text import PLAIN
from impact.extract.oldword.binary import i32, positions, u8, u16, u32
from impact.extract.oldword.container import DAMAGED
from impact.extract.options import Options
from impact.records import BlockKind, Document

WORD_6 = 101
"""Version from which on lengths of tables have four bytes. Source: [MS-DOC] 2.5.1 and the file format of Word 6."""

# Code pages by the language of a file, where it is not that of Western Europe. Source: [MS-LCID] and Microsoft, "Code
# Page Identifiers".
_CODE_PAGES = {
    0x01: "cp1256", 0x02: "cp1251", 0x05: "cp1250", 0x08: "cp1253", 0x0D: "cp1255", 0x0E: "cp1250", 0x15: "cp1250",
    0x18: "cp1250", 0x19: "cp1251", 0x1F: "cp1254", 0x22: "cp1251", 0x23: "cp1251", 0x24: "cp1250",
}  # fmt: skip
for _page in {*_CODE_PAGES.values(), "cp1252"}:
    codecs.lookup(_page)  # a reader in the jail may open no file any more

_PLAINER = "This is a file of {}: automatic numbers, headings and tracked changes were not read."
_FIELD_MARK = re.compile("([\x13\x14\x15])")
_END = re.compile("([\r\x07\x0c])")
_LINES = str.maketrans({"\x0b": "\n", "\x0e": "\n", "\x1e": "-", "\x1f": None, "\n": "\n", "\t": "\t"})
_SIGNS = re.compile("[\x00-\x08\x0e-\x1f]")


def read(
    stream: bytes, data: bytes, name: str, options: Options, *, properties: Iterable[tuple[str, str]] = ()
) -> Document:
    """Read a file whose stream of text is `stream`.

    Raises:
        UnreadableError: If it is protected by a password or damaged.
        LimitError: If it contains more characters than the options allow.
    """
    if u16(stream, 0x0A) & 0x0100:
        message = f"{name} is an old Word file protected by a password"
        raise UnreadableError(message, "Open it with the password, then save it as DOCX without one")
    lengths = [max(i32(stream, 0x34 + 4 * index), 0) for index in range(2)]
    if sum(lengths) > options.max_characters:
        message = f"{name} contains {sum(lengths):,} characters; at most {options.max_characters:,} are read"
        raise LimitError(message, "Split the document")
    text = _text(stream, sum(lengths)).decode(_CODE_PAGES.get(u16(stream, 6) & 0xFF, "cp1252"), "replace")
    if not text.strip("\0\r\n\t "):
        raise UnreadableError(f"{name} is a damaged old Word file (its text is not where it should be)", DAMAGED)
    assembly = Assembly()
    place = _lay(assembly, text[: lengths[0]], BlockKind.PARAGRAPH, 0)
    _lay(assembly, text[lengths[0] :], BlockKind.NOTE, place)
    version = "Word 6 or 95" if u16(stream, 2) >= WORD_6 else "Word 2 or older"
    return document(
        assembly, data, name, form="doc", engine="olefile", properties=properties, warnings=[_PLAINER.format(version)]
    )


def _text(stream: bytes, length: int) -> bytes:
    """Return the bytes of the text and its notes."""
    start = u32(stream, 0x18)
    if u16(stream, 0x0A) & 0x04:
        pieces = b"".join(_pieces(stream))[:length]
        if pieces:
            return pieces
    return stream[start : start + length]


def _pieces(stream: bytes) -> Iterator[bytes]:
    """Yield the pieces of a file that was saved fast, in the order of the text."""
    wide = u16(stream, 2) >= WORD_6
    place, size = (0x160, 4) if wide else (0x11E, 2)
    start = u32(stream, place)
    clx = stream[start : start + int.from_bytes(stream[place + 4 : place + 4 + size], "little")]
    at = 0
    while u8(clx, at) == 1 and at < len(clx):
        at += 3 + u16(clx, at + 1)
    if u8(clx, at) != 2:
        return
    places, entries = positions(clx[at + 1 + size :], 8)
    left = len(stream)
    for index, entry in enumerate(entries):
        first, count = u32(entry, 2), min(places[index + 1] - places[index], left)
        if count > 0:
            left -= count
            yield stream[first : first + count]


def _lay(assembly: Assembly, text: str, kind: BlockKind, origin: int) -> int:
    """Lay paragraphs and rows; return how many paragraphs there were."""
    table, cells = -1, list[str]()
    pieces = _END.split(_shown(text))
    for words, end in zip(pieces[::2], [*pieces[1::2], "\r"], strict=True):
        plain = _plain(words)
        if end == "\x07" and plain:
            table += not cells and (not assembly.blocks or assembly.blocks[-1].kind is not BlockKind.ROW)
            cells.append(plain)
        else:
            _row(assembly, cells, table, origin)
            if end != "\x07":
                assembly.put(plain, origin=origin)
                assembly.close(kind=kind)
        origin += 1
    _row(assembly, cells, table, origin)
    return origin


def _row(assembly: Assembly, cells: list[str], table: int, origin: int) -> None:
    for index, words in enumerate(cells):
        if index:
            assembly.glue(CELL_GLUE)
        assembly.cell(assembly.put(words, origin=origin).start)
    if cells:
        assembly.close(kind=BlockKind.ROW, table=max(table, 0))
    cells.clear()


def _shown(text: str) -> str:
    """Return the text with the results of fields and without their instructions."""
    shown: list[str] = []
    fields: list[bool] = []
    hidden = 0
    for piece in _FIELD_MARK.split(text):
        if piece == "\x13":
            fields.append(True)
            hidden += 1
        elif piece == "\x14" and fields and fields[-1]:
            fields[-1] = False
            hidden -= 1
        elif piece == "\x15" and fields:
            hidden -= fields.pop()
        elif not hidden:
            shown.append(piece)
    return "".join(shown)


def _plain(words: str) -> str:
    lines = _SIGNS.sub("", words.translate(_LINES)).split("\n")
    return "\n".join("\t".join(part.translate(PLAIN) for part in line.split("\t")) for line in lines).strip()
