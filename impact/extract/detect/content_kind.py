"""What kind of document some bytes are: by their content, never by the suffix of the name."""

import io
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from impact.errors import DAMAGED_ZIP, LimitError, UnreadableError
from impact.extract.detect import text_kind
from impact.extract.detect.list_columns import separator_of
from impact.extract.detect.packaging import is_mail, is_message
from impact.extract.detect.signatures import signatures

if TYPE_CHECKING:
    import zipfile

OLE2_START = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

# Source: ISO 32000-1, annex H, implementation note 13: the header may stand anywhere in the first 1024 bytes.
_PDF_HEADER_WITHIN = 1024
# Source: APPNOTE.TXT 4.3.16: the end record is 22 bytes and a comment of at most 65,535.
_ZIP_END_WITHIN = 22 + 65_535
# Source: project judgment; 46 bytes an entry at least, so some 100,000 entries, twenty times what a reader takes.
_ZIP_DIRECTORY_BYTES = 8_000_000
_SAMPLE = 65_536
"""Bytes by which plain text is told from anything else. Source: project judgment."""

# Source: project judgment; prose has no control characters but white space, random bytes have one in ten.
_CONTROL_SHARE = 0.02
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r\b\x1b")) + b"\x7f"
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")


def kind(data: bytes, name: str) -> str:
    """Return the kind by the name that `readers` has for it, such as pdf, docx or text.

    The name of the file tells text formats apart that look alike.

    Raises:
        UnreadableError: If it is of a kind that is not read, or no document at all.
        LimitError: If it is a ZIP-based file with too many entries.
    """
    for recognize in (_pdf, _zip, _ole2, _rtf, _image, _known, _text):
        recognized = recognize(data, name)
        if recognized:
            return recognized
    message = f"{name} has an unknown format: it is neither a supported document nor text"
    raise UnreadableError(
        message, "Check that the file is complete, and give a PDF, DOCX, PPTX, HTML, XML or text file"
    )


def _refuse(name: str, what: str, hint: str) -> UnreadableError:
    return UnreadableError(f"{name} is {what}, which is not supported", hint)


def is_pdf(data: bytes) -> bool:
    """Return whether a file is read as a PDF, even where it begins as something else, such as an image."""
    return b"%PDF-" in data[:_PDF_HEADER_WITHIN] and not data.startswith(b"PK\x03\x04")


def _pdf(data: bytes, _name: str) -> str:
    return "pdf" if is_pdf(data) else ""


def _zip(data: bytes, name: str) -> str:
    if not data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return ""
    import zipfile

    _check_directory(data, name)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as container:
            names = set(container.namelist())
            if "[Content_Types].xml" in names:
                return _ooxml(_head(container, "[Content_Types].xml", 1 << 20).lower(), name)
            mimetype = _head(container, "mimetype", 200).strip() if "mimetype" in names else b""
    except DAMAGED_ZIP as error:
        message = f"{name} is a ZIP-based file (such as DOCX) that is damaged or incomplete"
        raise UnreadableError(message, "Download or export the file again") from error
    read = signatures().containers_read.items()
    document_kind = next((kind for start, kind in read if mimetype.startswith(start.encode())), "")
    if not document_kind:
        raise _refuse(name, *_container(mimetype))
    return document_kind


def _check_directory(data: bytes, name: str) -> None:
    """Refuse a directory of entries so large that listing it would cost too much."""
    place = data.rfind(b"PK\x05\x06", max(0, len(data) - _ZIP_END_WITHIN))
    size = int.from_bytes(data[place + 12 : place + 16], "little") if place >= 0 else 0
    # 0xFFFFFFFF sends to the ZIP64 record, which no honest document needs.
    if size > _ZIP_DIRECTORY_BYTES:
        message = f"{name} is a ZIP-based file with too many entries"
        raise LimitError(message, "Check the source of the file; office programs do not produce such files")


def _head(container: "zipfile.ZipFile", name: str, size: int) -> bytes:
    with container.open(name) as entry:
        return entry.read(size)


def _ooxml(types: bytes, name: str) -> str:
    document_kind = next((kind for part, kind in signatures().ooxml_read.items() if part.encode() in types), "")
    if document_kind:
        return document_kind
    unread = (refusal for part, *refusal in signatures().ooxml_refused if part.encode() in types)
    raise _refuse(name, *next(unread, ("an Office package without a text or slides", "Save it as DOCX or PDF")))


def _container(mimetype: bytes) -> Sequence[str]:
    unread = (refusal for start, *refusal in signatures().containers if mimetype.startswith(start.encode()))
    return next(unread, ["a ZIP archive", "Unpack it and give the documents inside"])


def _ole2(data: bytes, name: str) -> str:
    if not data.startswith(OLE2_START):
        return "doc" if data[:4].decode("latin-1") in signatures().early_word else ""
    if is_message(data):
        return "msg"
    streams = ((kind, advice) for stream, kind, advice in signatures().ole2 if _stream(data, stream) >= 0)
    kind, advice = next(streams, ("", ""))
    if advice:
        raise _refuse(name, kind, advice)
    if kind == "doc" and _locked(data):
        message = f"{name} is an old Word file protected by a password"
        raise UnreadableError(message, "Open it with the password, then save it as DOCX without one")
    return kind


def _rtf(data: bytes, _name: str) -> str:
    return "rtf" if data[:64].removeprefix(b"\xef\xbb\xbf").lstrip(b" \t\r\n")[:5] == b"{\\rtf" else ""


def is_image(data: bytes) -> bool:
    """Return whether a file is an image that is read, by its first bytes."""
    return data.startswith(tuple(start.encode("latin-1") for start in signatures().images))


def _image(data: bytes, _name: str) -> str:
    return "image" if is_image(data) else ""


def _stream(data: bytes, name: str) -> int:
    """Return where the directory entry of the stream begins, -1 where there is none.

    Source: [MS-CFB] 2.6.1: an entry is 128 bytes, on a multiple of 128, and begins with the name in UTF-16LE, closed
    by a NUL.
    """
    coded, place = f"{name}\0".encode("utf-16-le"), -1
    while (place := data.find(coded, place + 1)) >= 0:
        if place % 128 == 0:
            return place
    return -1


def _locked(data: bytes) -> bool:
    """Return whether an old Word file is encrypted. Source: [MS-DOC] 2.5.2, bit fEncrypted of FibBase."""
    entry = _stream(data, "WordDocument")
    sector = int.from_bytes(data[entry + 116 : entry + 120], "little")
    size = 1 << int.from_bytes(data[30:32], "little") if data[30] < 16 else 512
    start = (sector + 1) * size
    head = data[start : start + 12]
    return head[:2] == b"\xec\xa5" and len(head) == 12 and bool(head[11] & 0x01)


def _known(data: bytes, name: str) -> str:
    refusal = next((refusal for start, *refusal in signatures().starts if _starts(data, start)), None)
    if data.startswith(b"RIFF"):
        form = data[8:12].decode("latin-1")
        refusal = next((refusal for start, *refusal in signatures().riff if start == form), None)
    elif data[4:8] == b"ftyp":
        refusal = ["a video or image file (MP4, HEIF)", "Give the written document"]
    elif data[257:262] == b"ustar":
        refusal = ["a TAR archive", "Unpack it and give the documents inside"]
    if refusal:
        raise _refuse(name, *refusal)
    return ""


def _starts(data: bytes, start: str) -> bool:
    return data.startswith(start.encode("latin-1")) and (start not in signatures().wordlike or b"\0" in data[:512])


def _text(data: bytes, name: str) -> str:
    if not data.strip(b" \t\r\n\f\v\xa0\0\xef\xbb\xbf\xff\xfe"):
        raise UnreadableError(f"{name} contains only white space", "Download or export the file again")
    if is_mail(data):
        return "eml"
    decode = _decoder(data)
    if decode is None:
        return ""
    sample = decode(data[:_SAMPLE])
    return "csv" if separator_of(sample) else text_kind.kind(sample, name)


def _decoder(data: bytes) -> Callable[[bytes], str] | None:
    """Return how to look at the first characters of a text; None where the bytes are no text."""
    if data.startswith(_WIDE_MARKS):
        wide = "utf-32" if data.startswith((b"\xff\xfe\0\0", b"\0\0\xfe\xff")) else "utf-16"
        return lambda sample: sample[: len(sample) // 4 * 4].decode(wide, "replace")
    if unmarked := wide_without_mark(data):
        return lambda sample: sample[: len(sample) // 2 * 2].decode(unmarked, "replace")
    sample = data[:_SAMPLE]
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    if b"\0" in sample or controls > _CONTROL_SHARE * len(sample):
        return None
    return lambda sample: sample.decode("utf-8-sig", "replace")


def wide_without_mark(data: bytes) -> str:
    """Return utf-16-le or utf-16-be, told by the high bytes of alphabetic scripts (0 to 6); empty where it is neither.

    Numbers of two bytes in a program or a sound look like it, but are no characters that stand in a text.
    """
    head = data[:4000]
    half = len(head) // 2
    if half < 2:
        return ""
    even, odd = (sum(byte <= 6 for byte in head[start::2]) for start in (0, 1))
    order = (
        "utf-16-le"
        if odd > 0.6 * half and even < 0.1 * half
        else "utf-16-be"
        if even > 0.6 * half and odd < 0.1 * half
        else ""
    )
    text = head[: half * 2].decode(order, "replace") if order else ""
    strange = sum(not character.isprintable() and not character.isspace() for character in text)
    return order if strange <= _CONTROL_SHARE * half else ""
