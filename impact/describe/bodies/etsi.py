"""ETSI deliverables: the cover of specifications, reports, standards and guides."""

import re
from functools import partial

from impact.describe.fields import Described, Reading, first_date, first_match, first_words, keep, named_body, part
from impact.describe.front import FieldValue, Front, FrontLine
from impact.describe.patterns import pattern
from impact.records import Span

P = partial(pattern, "etsi")


def read(front: Front) -> Described:
    """Read number, version, date, title and the technical body of the work item."""
    reading: Reading = {}
    hit = first_match(front.lines[:30], P("number"))
    if hit:
        line, match = hit
        number = front.words(part(line, match, "number"))
        keep(reading, "number", FieldValue(f"ETSI {number.value.removeprefix('ETSI ')}", number.span))
        keep(reading, "revision", front.words(part(line, match, "revision")))
        if match["date"]:
            keep(reading, "date", front.words(part(line, match, "date")))
        at = front.lines.index(line)
        keep(reading, "title", front.joined(_title(front.lines[at : at + 20], match)))
    keep(reading, "date", first_date(front.lines[:15]))
    keep(reading, "group", first_words(front, front.lines[:60], P("work_item"), "group"))
    keep(reading, "body", named_body(front.lines[:60], P("body"), "ETSI"))
    return Described(reading)


def _title(lines: tuple[FrontLine, ...], match: re.Match[str]) -> list[Span]:
    """Return the places of the lines between the number and what follows a title; the kind of deliverable is none."""
    titles: list[Span] = []
    head = lines[0]
    rest = head.text[match.end() :]
    if len(rest.strip()) > 3:
        start = head.span.start + match.end() + len(rest) - len(rest.lstrip())
        titles.append(Span(start, head.span.end))
    for line in lines[1:]:
        is_kind = P("kind").match(line.text) is not None
        if is_kind and not titles:
            continue
        if is_kind or P("after_title").match(line.text):
            break
        titles.append(line.span)
    return titles[:10]
