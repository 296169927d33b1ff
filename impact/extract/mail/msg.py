"""Messages as Outlook saves them (MSG), read with python-oxmsg."""

import re
import struct
from contextlib import suppress
from typing import Any
from urllib.parse import unquote

from olefile import OleFileIO
from oxmsg import Message

from impact.errors import LimitError, UnreadableError
from impact.extract.detect.content_kind import is_image
from impact.extract.mail.eml import MOST_PARTS, SAVE, safe_name
from impact.extract.mail.message import LONGEST_FIELD, MailMessage
from impact.extract.unpack.members import Member

_DAMAGE = (ValueError, LookupError, TypeError, AttributeError, OSError, AssertionError, struct.error, OverflowError)
_NESTED = "Messages attached to this message were not read. Save them from Outlook, and give those files."
_LINKED = "Attachments that the message only links to were not read."
_BY_VALUE, _MESSAGE = 1, 5
"""How a file is attached: in the message, or as a message in it. Source: [MS-OXCMSG] 2.2.2.9."""

_MOST_ENTRIES = 20_000
"""Streams and storages of an Outlook file at the most, since each is looked up among the others. Source: project
judgment; a message with a hundred attachments has some 3,000."""

_METHOD = 0x3705
_SHORT_NAME = 0x3704
_CONTENT_ID = 0x3712
_SOURCE = re.compile(r"""\bsrc\s*+=\s*+["']?cid:([^"'\s>]{1,500})""", re.IGNORECASE)


def parse(data: bytes, name: str) -> MailMessage:
    """Return the message that the bytes of a file hold.

    Raises:
        UnreadableError: If it is damaged.
        LimitError: If it has too many attachments.
    """
    try:
        with OleFileIO(data) as container:
            entries = len(container.direntries)
        if entries > _MOST_ENTRIES:
            raise LimitError(f"{name} has {entries} entries; at most {_MOST_ENTRIES} are read", SAVE)
        message = Message.load(data)
        attachments = list(message.attachments)
        if len(attachments) > MOST_PARTS:
            raise LimitError(f"{name} has more than {MOST_PARTS} attachments", SAVE)
        html = str(_value(message, "html_body") or "")
        files, warnings = _files([attachment for attachment in attachments if not _is_shown(attachment, html)])
        return MailMessage(
            _line(_value(message, "subject")),
            _line(_value(message, "sender")),
            _line(", ".join(_named(recipient) for recipient in message.recipients[:50])),
            _date(message),
            str(_value(message, "body") or ""),
            html,
            files,
            warnings,
        )
    except (RecursionError, *_DAMAGE) as error:
        message_text = f"{name} is an Outlook message that is damaged ({type(error).__name__})"
        raise UnreadableError(message_text, "Open it in Outlook, and save it again or as text") from error


def _files(attachments: list[Any]) -> tuple[tuple[Member, ...], tuple[str, ...]]:
    """Return the attached files, and what was attached otherwise."""
    files: list[Member] = []
    warnings: dict[str, None] = {}
    for number, attachment in enumerate(attachments, start=1):
        content = _value(attachment, "file_bytes")
        if isinstance(content, bytes) and content:
            name = _value(attachment, "file_name") or _property(attachment, "str_prop_value", _SHORT_NAME)
            files.append(Member(safe_name(_line(name)) or f"attachment {number}", content))
        else:
            is_message = _property(attachment, "int_prop_value", _METHOD) == _MESSAGE
            warnings[_NESTED if is_message else _LINKED] = None
    return tuple(files), tuple(warnings)


def _is_shown(attachment: Any, html: str) -> bool:
    """Return whether an attachment is a picture that the body of the message shows, such as a logo."""
    name = _property(attachment, "str_prop_value", _CONTENT_ID)
    content = _value(attachment, "file_bytes")
    return name in _shown(html) and isinstance(content, bytes) and is_image(content)


def _shown(html: str) -> set[str]:
    """Return the names of attachments that a body shows as pictures."""
    return {unquote(name) for name in _SOURCE.findall(html)}


def _value(part: Any, name: str) -> Any:
    """Return a property of a message or attachment; None where it is absent or damaged."""
    with suppress(*_DAMAGE):
        return getattr(part, name)
    return None


def _property(part: Any, kind: str, number: int) -> Any:
    with suppress(*_DAMAGE):
        return getattr(part.properties, kind)(number)
    return None


def _named(recipient: Any) -> str:
    return _line(_value(recipient, "name") or _value(recipient, "email_address"))


def _date(message: Message) -> str:
    date = _value(message, "sent_date")
    return date.isoformat() if date else ""


def _line(value: Any) -> str:
    return " ".join(str(value or "")[:LONGEST_FIELD].split())
