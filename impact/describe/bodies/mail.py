"""Messages of mail: subject, sender and date are those of its head; nothing is read of what it speaks of."""

from impact.describe.fields import Described, date_in
from impact.describe.front import FieldValue, Front, FrontLine
from impact.records import Span

FORMATS = frozenset({"eml", "msg"})
"""Formats of messages, see `impact.extract.mail`."""


def read(front: Front) -> Described:
    """Read the head of a message, as the reader laid it before the body."""
    first, *rest = front.lines
    title = front.words(first.span)
    sender = _field(rest, "From")
    dated = _field(rest, "Date")
    date = date_in(dated) if dated else None
    organizations = (_value(front, sender),) if sender else ()
    return Described({"title": title} | ({"date": date} if date else {}), organizations)


def _field(lines: list[FrontLine], label: str) -> FrontLine | None:
    """Return the line of a field among the first ones: sender, recipients, date and attachments."""
    return next((line for line in lines[:4] if line.text.startswith(f"{label}: ")), None)


def _value(front: Front, line: FrontLine) -> FieldValue:
    start = line.text.index(": ") + 2
    return front.words(Span(line.span.start + start, line.span.end))
