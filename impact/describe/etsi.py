"""ETSI deliverables: the cover of specifications, reports, standards and guides."""

import re
from functools import partial

from impact.describe.fields import Described, FieldValue, Reading, first_date, first_match, joined, keep, part, words
from impact.describe.front import Front, FrontLine
from impact.describe.patterns import pattern
from impact.records import Span

P = partial(pattern, "etsi")


def read(front: Front) -> Described:
    """Read number, version, date, title and the technical body of the work item."""
    reading: Reading = {}
    hit = first_match(front.lines[:30], P("number"))
    if hit:
        line, match = hit
        number = words(front, part(line, match, "number"))
        keep(reading, "number", FieldValue(f"ETSI {number.value.removeprefix('ETSI ')}", number.span))
        keep(reading, "revision", words(front, part(line, match, "revision")))
        if match["date"]:
            keep(reading, "date", words(front, part(line, match, "date")))
        at = front.lines.index(line)
        keep(reading, "title", joined(front, _title(front.lines[at : at + 20], match)))
    keep(reading, "date", first_date(front.lines[:15]))
    item = first_match(front.lines[:60], P("work_item"))
    if item:
        keep(reading, "group", words(front, part(*item, "group")))
    keep(reading, "body", _body(front))
    return Described(reading)


def _body(front: Front) -> FieldValue:
    hit = first_match(
        front.lines[:60], re.compile(r".*?\b(?P<body>ETSI|European Telecommunications Standards Institute)\b")
    )
    return FieldValue("ETSI", part(*hit, "body")) if hit else FieldValue("ETSI")


def _title(lines: tuple[FrontLine, ...], match: re.Match[str]) -> list[Span]:
    """Return the places of the lines between the number and what follows a title; the kind of deliverable is none."""
    titles: list[Span] = []
    head = lines[0]
    rest = head.text[match.end() :]
    if len(rest.strip()) > 3:
        start = head.span.start + match.end() + len(rest) - len(rest.lstrip())
        titles.append(Span(start, head.span.end))
    for line in lines[1:]:
        if P("after_title").match(line.text) or (titles and P("kind").match(line.text)):
            break
        if not P("kind").match(line.text):
            titles.append(line.span)
    return titles[:10]
