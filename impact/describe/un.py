"""Documents of the United Nations and its regional commissions."""

import re
from itertools import takewhile

from impact.describe.fields import Described, Found, Reading, date_in, first_date, first_match, keep, part, words
from impact.describe.front import Front, Line
from impact.describe.general import largest_of
from impact.records import Span

HEAD = 40
SYMBOL = re.compile(
    r"(?:.*?\s)?(?P<number>(?:ECE|A|E|S|CCPR|CERD|CRC|TRADE|ESCAP|ST|CEDAW)/(?:[A-Z0-9.]+/)*[A-Z0-9.]*\d+(?:/(?:Add|Rev|Corr|L)\.\d+)*)$"
)
PROPERTY_SYMBOL = re.compile(r"(?:ECE|A|E|S|CCPR|CERD|CRC|TRADE|ESCAP|ST|CEDAW)/[A-Z0-9./]+\d$")
SESSION = re.compile(r"(?:[\w-]+) (?:special |resumed )?session$", re.IGNORECASE)
ITEM = re.compile(r"(?:Agenda item|Items?) \d+", re.IGNORECASE)


def read(front: Front) -> Described:
    """Read symbol, committee, date and title; the title is the largest text below the agenda item."""
    reading: Reading = {}
    head = front.lines[:HEAD]
    symbol = first_match(head, SYMBOL)
    if symbol:
        keep(reading, "number", words(front, part(*symbol, "number")))
    own = next(
        (value for name in ("subject", "title") if PROPERTY_SYMBOL.match(value := front.properties.get(name, ""))), ""
    )
    keep(reading, "number", Found(own))
    revised = re.search(r"/(Rev\.\d+)", reading["number"].value) if "number" in reading else None
    if revised:
        keep(reading, "revision", Found(revised[1], reading["number"].span))
    session = next((at for at, line in enumerate(head) if SESSION.match(line.text)), -1)
    if session > 0:
        keep(reading, "group", words(front, head[session - 1].span))
    keep(reading, "date", _date(head))
    keep(reading, "title", _title(front, head, session))
    keep(reading, "body", _body(head))
    return Described(reading)


def _body(head: tuple[Line, ...]) -> Found:
    hit = first_match(
        head,
        re.compile(
            r"(?:.*?\b)?(?P<body>United Nations|Economic Commission for \w+|Economic and Social Council)", re.IGNORECASE
        ),
    )
    return Found("UN", part(*hit, "body")) if hit else Found("UN")


def _date(head: tuple[Line, ...]) -> Found | None:
    """Return the date of distribution, or else of the meeting."""
    for at, line in enumerate(head):
        if re.match(r"Distr\.", line.text, re.IGNORECASE):
            found = next((found for other in head[at : at + 4] if (found := date_in(other))), None)
            if found is not None:
                return found
    return first_date(tuple(line for line in head if len(line.text) < 60))


def _title(front: Front, head: tuple[Line, ...], session: int) -> Found | None:
    """Return the title below the agenda item, or below the session where there is no item."""
    item = next((at for at, line in enumerate(head) if ITEM.match(line.text)), session)
    if item < 0:
        return None
    below = tuple(takewhile(lambda line: not re.match(r"(?:[IVX]+\.|\d+\.)\s", line.text), head[item + 1 : item + 12]))
    spans = largest_of(below)
    return words(front, Span(spans[0].start, spans[-1].end)) if spans else None
