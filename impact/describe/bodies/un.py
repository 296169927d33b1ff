"""Documents of the United Nations and its regional commissions."""

import re
from functools import partial
from itertools import takewhile

from impact.describe.fields import Described, Reading, date_in, first_date, first_words, keep, named_body
from impact.describe.front import FieldValue, Front, FrontLine
from impact.describe.patterns import pattern
from impact.describe.titles import body_size, largest_of
from impact.records import Span

P = partial(pattern, "un")
HEAD = 40
"""Lines of the masthead of a United Nations document. Source: project judgment."""


def read(front: Front) -> Described:
    """Read symbol, committee, date and title; the title is the largest text below the agenda item."""
    reading: Reading = {}
    head = front.lines[:HEAD]
    keep(reading, "number", first_words(front, head, P("symbol"), "number"))
    symbol = next(
        (value for name in ("subject", "title") if P("property_symbol").match(value := front.properties.get(name, ""))),
        "",
    )
    keep(reading, "number", FieldValue(symbol))
    revised = re.search(r"/(Rev\.\d+)", reading["number"].value) if "number" in reading else None
    if revised:
        keep(reading, "revision", FieldValue(revised[1], reading["number"].span))
    session = next((at for at, line in enumerate(head) if P("session").match(line.text)), -1)
    if session > 0:
        keep(reading, "group", front.words(head[session - 1].span))
    keep(reading, "date", _date(head))
    keep(reading, "title", _title(front, head, session))
    keep(reading, "body", named_body(head, P("body"), "UN"))
    return Described(reading)


def _date(head: tuple[FrontLine, ...]) -> FieldValue | None:
    """Return the date of distribution, or else of the meeting."""
    for at, line in enumerate(head):
        if re.match(r"Distr\.", line.text, re.IGNORECASE):
            date = next((date for other in head[at : at + 4] if (date := date_in(other))), None)
            if date is not None:
                return date
    return first_date(tuple(line for line in head if len(line.text) < 60))


def _title(front: Front, head: tuple[FrontLine, ...], session: int) -> FieldValue | None:
    """Return the title below the agenda item, or below the session where there is no item."""
    item = next((at for at, line in enumerate(head) if P("item").match(line.text)), session)
    if item < 0:
        return None
    below = tuple(takewhile(lambda line: not P("section").match(line.text), head[item + 1 : item + 12]))
    spans = largest_of(below, body_size(front))
    return front.words(Span(spans[0].start, spans[-1].end)) if spans else None
