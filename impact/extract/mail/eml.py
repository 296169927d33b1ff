"""Messages as they are sent (EML, RFC 5322 and MIME)."""

import codecs
import email.header
import email.policy
import email.utils
import re
from collections.abc import Iterator
from contextlib import suppress
from email import errors
from email.message import Message
from email.parser import BytesParser
from pathlib import PurePosixPath

from impact.errors import LimitError, UnreadableError
from impact.extract.blocks.decode import decode
from impact.extract.mail.message import LONGEST_FIELD, MailMessage
from impact.extract.unpack.members import Member

MOST_PARTS = 5000
"""Parts of a message at the most. Source: as for the entries of an office file, see `impact.extract.Options`."""

MOST_BRANCHES = 200
"""Parts of a message that hold other parts, at the most: the time of the parser grows with their depth. Source: project
judgment; a digest of a mailing list holds some fifty messages."""

DEEPEST = 50
"""Parts within each other at the most. Source: project judgment; forwarded mail is some five deep."""

LONGEST_HEAD = 20_000
"""Bytes of the field that says what a part is, at the most. Source: project judgment; honest ones have some hundred."""

CUT = "The message is incomplete: its end is missing, so parts of it may not have been read."
SAVE = "Save its attachments from a mail program, and give those files"
_TYPE = re.compile(rb"^content-(?:type|disposition):[^\n]*(?:\n[ \t][^\n]*)*", re.IGNORECASE | re.MULTILINE)
_BRANCH = re.compile(rb"content-type:\s*(?:multipart/|message/rfc822)", re.IGNORECASE)
_UNSAFE = re.compile(r"[\x00-\x1f\x7f]+")
_DAMAGE = (ValueError, LookupError, TypeError, AttributeError, RecursionError, OSError, errors.MessageError)
for _codec in ("iso8859-1", "iso2022_jp", "gbk", "gb2312", "cp1255", "iso8859-6", "iso8859-7", "iso8859-8", "utf-7"):
    codecs.lookup(_codec)  # a jailed reader can open no files, and Python reads a codec from its file
_CUT_OFF = (errors.CloseBoundaryNotFoundDefect, errors.StartBoundaryNotFoundDefect)


def parse(data: bytes, name: str) -> MailMessage:
    """Return the message that the bytes of a file hold.

    Raises:
        UnreadableError: If it is none.
        LimitError: If it has too many parts, or parts nested too deep.
    """
    _check(data, name)
    try:
        message = BytesParser(policy=email.policy.compat32).parsebytes(data)
    except _DAMAGE as error:
        raise UnreadableError(f"{name} is a message that is damaged or nested too deep", SAVE) from error
    parts = list(_parts(message, name))
    leaves = [part for part in parts if not _is_branch(part)]
    attached = enumerate((part for part in leaves if _is_attached(part)), start=1)
    is_cut = any(isinstance(defect, _CUT_OFF) for part in parts for defect in part.defects)
    return MailMessage(
        _field(message, "subject"),
        _field(message, "from"),
        _field(message, "to"),
        _date(message),
        _body(leaves, "text/plain", name),
        _body(leaves, "text/html", name),
        tuple(Member(_file_name(part, number), _content(part)) for number, part in attached),
        (CUT,) if is_cut else (),
    )


def _check(data: bytes, name: str) -> None:
    """Refuse what would cost the parser more than it is worth."""
    branches = 0
    for field in _TYPE.finditer(data):
        branches += _BRANCH.match(data, field.start()) is not None
        if branches > MOST_BRANCHES:
            raise LimitError(f"{name} has more than {MOST_BRANCHES} parts that hold other parts", SAVE)
        if field.end() - field.start() > LONGEST_HEAD:
            raise LimitError(f"{name} has a field of more than {LONGEST_HEAD} bytes in the head of a part", SAVE)


def _parts(message: Message, name: str) -> Iterator[Message]:
    """Yield the parts of a message in their order; a message in it is one of them, and not looked into."""
    waiting, count = [(message, 0)], 0
    while waiting:
        part, depth = waiting.pop()
        count += 1
        if depth > DEEPEST or count > MOST_PARTS:
            raise LimitError(f"{name} has more than {MOST_PARTS} parts, or parts nested more than {DEEPEST} deep", SAVE)
        yield part
        inner = part.get_payload()
        if _is_branch(part) and isinstance(inner, list):
            waiting += [(child, depth + 1) for child in reversed(inner) if isinstance(child, Message)]


def _is_branch(part: Message) -> bool:
    return part.get_content_maintype() == "multipart" and isinstance(part.get_payload(), list)


def _is_attached(part: Message) -> bool:
    """Return whether a part is a file of its own; pictures that belong to the body are not."""
    if part.get_content_type() in {"text/plain", "text/html"}:
        return part.get_content_disposition() == "attachment" or bool(part.get_filename())
    if part.get_content_maintype() == "image":
        return part.get_content_disposition() == "attachment"
    return part.get_content_type() not in {"application/pgp-signature", "application/pkcs7-signature"}


def _content(part: Message) -> bytes:
    """Return the bytes of a part; of a message in it, the whole; none where it is damaged."""
    inner = part.get_payload()
    with suppress(*_DAMAGE):
        if isinstance(inner, list):
            return b"\n".join(message.as_bytes() for message in inner if isinstance(message, Message))
        decoded = part.get_payload(decode=True)
        return decoded if isinstance(decoded, bytes) else b""
    return b""


def _file_name(part: Message, number: int) -> str:
    """Return the name of an attachment; of a message in it, its subject, and a number for what has none."""
    inner, named = part.get_payload(), ""
    with suppress(*_DAMAGE):
        named = part.get_filename() or ""
    if not named and isinstance(inner, list) and inner and isinstance(inner[0], Message):
        named = f"{_field(inner[0], 'subject')[:80].replace('/', '_') or f'message {number}'}.eml"
    return safe_name(_decoded(named)) or f"attachment {number}"


def safe_name(name: str) -> str:
    """Return the name of a file without folders, on one line."""
    return _UNSAFE.sub(" ", PurePosixPath(name.replace("\\", "/")).name).strip()[:200]


def _field(message: Message, name: str) -> str:
    return _decoded(str(message.get(name) or ""))


def _decoded(written: str) -> str:
    """Return a field of the head on one line, with its encoded words decoded as far as they can be."""
    line = " ".join(written[:LONGEST_FIELD].split())
    with suppress(*_DAMAGE):
        line = str(email.header.make_header(email.header.decode_header(line)))
    return " ".join(line.encode("utf-8", "replace").decode().split())


def _date(message: Message) -> str:
    with suppress(ValueError, TypeError, IndexError, OverflowError):
        return email.utils.parsedate_to_datetime(str(message.get("date"))[:200]).isoformat()
    return ""


def _body(parts: list[Message], kind: str, name: str) -> str:
    """Return the first part of a kind that is no attachment, as text."""
    part = next((part for part in parts if part.get_content_type() == kind and not _is_attached(part)), None)
    content = _content(part) if part is not None else b""
    if part is None or not content.strip():
        return ""
    try:
        return decode(content, name, str(part.get_content_charset() or "")).text
    except UnreadableError:
        return ""
