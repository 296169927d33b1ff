"""Bytes to characters: by byte order mark, by validity, by what the file declares, by statistics, in that order."""

import codecs
from dataclasses import dataclass

from charset_normalizer import from_bytes

from impact.errors import UnreadableError
from impact.extract.detect.content_kind import wide_without_mark

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Source: WHATWG Encoding Standard, section 4.2: these labels name the wider encoding.
WIDER = {"iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030", "iso8859-9": "cp1254"}
# Source: project judgment; the legacy encodings that standards bodies' files are met in.
CANDIDATES = [
    "cp1252", "cp1251", "gb18030", "big5", "shift_jis", "euc_jp", "euc_kr", "koi8_r", "cp1250", "cp1253", "cp1256",
]  # fmt: skip
SAMPLE = 20_000
"""Bytes that a character set is guessed from. Source: project judgment."""

# A jailed reader can open no files, and Python reads a codec from its file when first asked for it.
for _name in (
    *CANDIDATES,
    *(encoding for _, encoding in MARKS),
    "iso8859-2",
    "iso8859-5",
    "iso8859-15",
    "koi8-u",
    "cp1254",
):
    codecs.lookup(_name)
# Source: project judgment; a form feed, tab and line end are text, NUL and the like are not.
CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\r\f\x0b\x1b\x1a\x08")


@dataclass(frozen=True, slots=True)
class Decoded:
    """The characters of a file.

    Attributes:
        text: All characters behind the byte order mark, line ends as they are.
        encoding: Python name of the encoding.
        warnings: What was replaced, in plain words.
    """

    text: str
    encoding: str
    warnings: tuple[str, ...] = ()


def decode(data: bytes, name: str, declared: str = "") -> Decoded:
    """Return the characters of a file.

    The encoding that the file or its carrier declares is believed only if all bytes are valid in it.

    Raises:
        UnreadableError: If the file is empty, contains only white space, or is no text.
    """
    if not data:
        raise UnreadableError(f"{name} is empty (0 bytes)", "Download or export the file again")
    decoded = _marked(data) or _unmarked(data, name, declared)
    if not decoded.text.strip("\x00\x0c\x1a\ufeff \t\r\n\xa0"):
        raise UnreadableError(f"{name} contains only white space", "Download or export the file again")
    return decoded


def _marked(data: bytes) -> Decoded | None:
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _forgiving(data[len(mark) :], encoding)
    return None


def _unmarked(data: bytes, name: str, declared: str) -> Decoded:
    wide = wide_without_mark(data)
    if wide:
        return _forgiving(data, wide)
    _refuse_binary(data, name)
    for encoding in ("utf-8", _known(declared)):
        text = _strict(data, encoding)
        if text is not None:
            return Decoded(text, encoding)
    damaged = _forgiving(data, "utf-8")
    good = sum(byte >= 0xC0 for byte in data)
    if good > 20 * damaged.text.count("\ufffd"):
        return damaged
    guess = _guess(data)
    return _forgiving(data, guess)


def _refuse_binary(data: bytes, name: str) -> None:
    """Raise where over 1 % of the first 64 KiB are control characters. Source: project judgment."""
    head = data[:65536]
    if len(head) - len(head.translate(None, CONTROLS)) > len(head) // 100:
        message = f"{name} is not a text file: it contains too many control characters"
        raise UnreadableError(message, "Give the document as PDF, DOCX, HTML, XML, Markdown or plain text")


def _known(declared: str) -> str:
    try:
        encoding = codecs.lookup(declared.strip()).name
    except (LookupError, ValueError):
        return ""
    return WIDER.get(encoding, encoding)


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding) if encoding else None
    except (UnicodeDecodeError, LookupError):
        return None


def _forgiving(data: bytes, encoding: str) -> Decoded:
    text = data.decode(encoding, errors="replace")
    lost = text.count("\ufffd")
    note = (f"{lost} characters are not valid {encoding} and were read as \ufffd.",) if lost else ()
    return Decoded(text, encoding, note)


def _guess(data: bytes) -> str:
    """Return the likeliest legacy encoding of a sample around the first bytes that are not ASCII; cp1252 in doubt."""
    first = next(index for index, byte in enumerate(data) if byte > 127)
    sample = data[max(first - 200, 0) : first + SAMPLE]
    best = from_bytes(sample, cp_isolation=CANDIDATES, preemptive_behaviour=False).best()
    return best.encoding if best else "cp1252"
