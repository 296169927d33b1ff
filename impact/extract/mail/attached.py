"""What is attached to a message; a task of `impact.sandbox`."""

from collections.abc import Callable
from importlib import import_module

from impact.extract.unpack.members import pack

PARSERS = {"eml": "impact.extract.mail.eml", "msg": "impact.extract.mail.msg"}


def attachments(data: bytes, name: str, letter: str, ready: Callable[[], None]) -> bytes:
    """Return the attachments of a message, packed by `members.pack`; the letter is its kind."""
    parser = import_module(PARSERS[letter])
    ready()
    return pack(parser.parse(data, name).attachments)
