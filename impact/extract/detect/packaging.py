"""Whether a file may hold other documents, told by its first bytes; never by the suffix of its name."""

import re

from impact.extract.detect.list_columns import separator_of

HEAD = 8192
"""First bytes of a file by which this is told. Source: project judgment; heads of mail are shorter."""

ZIP, TAR, GZIP, BZIP2, XZ, MAIL, OLE = "zip", "tar", "gzip", "bzip2", "xz", "mail", "ole"
COMPRESSED = frozenset({GZIP, BZIP2, XZ})

_STARTS = (
    (b"PK\x03\x04", ZIP),
    (b"PK\x05\x06", ZIP),
    (b"\x1f\x8b\x08", GZIP),
    (b"\xfd7zXZ\0", XZ),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLE),
)
_BZIP2 = re.compile(rb"BZh[1-9](?:1AY&SY|\x17rE8P\x90)")
_TAR_MAGIC = slice(257, 262)

# Source: RFC 5322, 2.2 and 3.6: a field is a name of printable characters, a colon and a value; lines beginning
# with white space go on with it.
_FIELD = re.compile(rb"([!-9;-~]{1,80}):")
_SENT_BY = frozenset({b"from", b"sender", b"resent-from"})
_BY_MACHINE = frozenset(
    {b"message-id", b"mime-version", b"received", b"return-path", b"delivered-to", b"dkim-signature", b"list-id"}
)
"""Fields that programs write and people do not: without one of them, "From:" and "Date:" may begin a memo. Source:
project judgment."""

_ENCLOSES = re.compile(rb"name\*?\d*\*?=|message/rfc822|content-disposition:[ \t]*attachment", re.IGNORECASE)

_MSG_CLASS = bytes.fromhex("0b0d020000000000c000000000000046")
"""Class of the root storage of an Outlook message, {00020D0B-0000-0000-C000-000000000046}. Source: [MS-OXMSG] 2.2."""


def packaging(head: bytes) -> str:
    """Return as what a file that begins so may hold documents: one of the names above; empty where it holds none."""
    kind = next((kind for start, kind in _STARTS if head.startswith(start)), "")
    if kind:
        return kind
    if head[_TAR_MAGIC] == b"ustar":
        return TAR
    if _BZIP2.match(head):
        return BZIP2
    return MAIL if is_mail(head) else ""


def is_mail(head: bytes) -> bool:
    """Return whether bytes begin with the head of a message: a sender, and a field that only programs write."""
    names = set()
    for number, line in enumerate(head[:HEAD].removeprefix(b"\xef\xbb\xbf").splitlines()):
        if not line:
            break
        field = _FIELD.match(line)
        if field:
            names.add(field[1].lower())
        elif number == 0 or line[:1] not in b" \t":
            # The last line may have been cut, and the head of a message goes on behind it.
            break
    return not names.isdisjoint(_SENT_BY) and not names.isdisjoint(_BY_MACHINE)


def may_enclose(message: bytes) -> bool:
    """Return whether a message may have something attached to it."""
    return _ENCLOSES.search(message) is not None


def may_list(head: bytes) -> bool:
    """Return whether a file that begins so may be a list of documents: a workbook, or a text with its columns."""
    if head.startswith(b"PK"):
        return b"xl/" in head
    if b"\0" in head:
        return head.startswith((b"\xff\xfe", b"\xfe\xff")) and bool(separator_of(head.decode("utf-16", "replace")))
    return bool(separator_of(head.decode("utf-8-sig", "replace")))


def is_message(data: bytes) -> bool:
    """Return whether an OLE2 file is an Outlook message, by the class of its root storage.

    Source: [MS-CFB] 2.2 and 2.6.1: the header has the size of a sector at 30 and the first sector of the directory at
    48; the root comes first in it, with its class at 80.
    """
    shift, first = int.from_bytes(data[30:32], "little"), int.from_bytes(data[48:52], "little")
    if shift not in {9, 12}:
        return False
    root = (first + 1) << shift
    return data[root + 80 : root + 96] == _MSG_CLASS
