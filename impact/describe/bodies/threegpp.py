"""3GPP: TDoc covers, change requests, and title pages of specifications and reports."""

import re
from dataclasses import replace
from functools import partial
from itertools import pairwise

from impact.describe.fields import Described, Reading, first_date, first_match, keep, labeled, named_body, part
from impact.describe.front import FieldValue, Front, FrontLine
from impact.describe.organizations import split_organizations
from impact.describe.patterns import pattern
from impact.records import Span

P = partial(pattern, "threegpp")
HEAD = 30
"""Lines of the head of a TDoc, change request or specification. Source: project judgment."""

GROUPS = {
    "services and system aspects": "SA",
    "radio access network": "RAN",
    "core network and terminals": "CT",
    "gsm/edge radio access network": "GERAN",
}
LETTERS = {"S": "SA", "R": "RAN", "C": "CT"}


def read(front: Front) -> Described:
    """Read a specification, a change request or another TDoc."""
    reading: Reading = {}
    specification = first_match(front.lines[:HEAD], P("specification"))
    keep(reading, "body", named_body(front.lines[:HEAD], P("body"), "3GPP"))
    if specification:
        _specification(front, *specification, reading)
        return Described(reading)
    if _source(front, reading):
        return Described(reading)
    _document(front, reading)
    if any(re.match(r"change request$", line.text, re.IGNORECASE) for line in front.lines[:HEAD]):
        _change_request(front, reading)
    keep(reading, "title", front.joined(labeled(front, "title")))
    sources = labeled(front, r"source to wg|source to tsg") or labeled(front, "source")
    return Described(reading, split_organizations(front, sources))


def _specification(front: Front, line: FrontLine, match: re.Match[str], reading: Reading) -> None:
    """Read a title page: number, version, date, and the title between the names of the groups and the release."""
    keep(reading, "number", front.words(part(line, match, "number")))
    keep(reading, "revision", front.words(part(line, match, "revision")))
    if match["date"]:
        keep(reading, "date", front.words(part(line, match, "date")))
    titles: list[Span] = []
    begun = False
    if cover := first_match(front.lines[:HEAD], P("cover")):
        _joined_cover(front, *cover, reading)
    for other in front.lines[front.lines.index(line) + 1 :][:HEAD]:
        group = P("group").match(other.text)
        if group:
            begun = True
            name = GROUPS.get(group["name"].lower(), group["name"])
            keep(reading, "group", FieldValue(name, part(other, group, "name")))
        elif P("after_title").match(other.text):
            break
        elif begun:
            titles.append(other.span)
        begun = begun or bool(P("partnership").match(other.text))
    title = front.joined(titles[:8])
    keep(reading, "title", title)


def _joined_cover(front: Front, line: FrontLine, match: re.Match[str], reading: Reading) -> None:
    """Read group and title of a cover that a conversion has put in one line."""
    title = front.words(part(line, match, "title"))
    keep(reading, "title", replace(title, value=re.sub(r";(?=\S)", "; ", title.value)))
    if match["name"]:
        keep(reading, "group", FieldValue(GROUPS.get(match["name"].lower(), match["name"]), part(line, match, "name")))


def _source(front: Front, reading: Reading) -> bool:
    """Read a specification or a clause whose front matter or first heading names it; return whether it does."""
    stated = P("standard").match(front.properties.get("standard", ""))
    if stated:
        version, place = front.properties.get("revision", ""), front.properties.get("part", "")
        number = " ".join(filter(None, (f"3GPP {stated['number']}", version)))
        named = place if re.match("[A-Z]", place) else f"clause {place}"
        keep(reading, "number", FieldValue(f"{number}, {named}" if place else number))
        keep(reading, "revision", FieldValue(version))
        return True
    titled = first_match(front.lines[:1], P("titled"))
    if titled:
        keep(reading, "number", front.words(part(*titled, "number")))
        keep(reading, "title", front.words(part(*titled, "title")))
    return titled is not None


def _document(front: Front, reading: Reading) -> None:
    """Read the header of a TDoc: number, group, and the date of the meeting."""
    head = front.lines[:HEAD]
    hit = first_match(head, P("tdoc"))
    if hit:
        keep(reading, "number", front.words(part(*hit, "number")))
        if hit[1]["revision"]:
            keep(reading, "revision", front.words(part(*hit, "revision")))
    meeting = first_match(head, P("meeting"))
    if meeting:
        tsg = meeting[1]["tsg"].upper()
        keep(reading, "group", FieldValue(f"{LETTERS.get(tsg, tsg)}{meeting[1]['wg'] or ''}", part(*meeting)))
    keep(reading, "date", first_date(head[:12]))


def _change_request(front: Front, reading: Reading) -> None:
    """Read "33.107 CR 0123 rev 1"; it is the number where the header has none."""
    head = front.lines[:60]
    specification = first_match(head, re.compile(r"(?P<number>\d\d\.\d{3}(?:-\d+)?)\b"))
    request = _beside(head, "CR", r"(?P<value>\d{3,4})\b")
    if specification and request:
        first, last = part(*specification, "number"), request
        value = f"{front.document.quote(first)} CR {front.document.quote(last)}"
        keep(reading, "number", FieldValue(value, Span(min(first.start, last.start), max(first.end, last.end))))
    revision = _beside(head, "rev", r"(?P<value>\d+|-)(?!\S)")
    if revision and front.document.quote(revision) != "-":
        keep(reading, "revision", front.words(revision))
    dates = labeled(front, "date", most=1)
    stated = first_date(tuple(line for line in front.lines if dates and line.span.covers(dates[0])))
    if stated:
        reading["date"] = stated


def _beside(lines: tuple[FrontLine, ...], label: str, value: str) -> Span | None:
    """Return the place of a value right after a label, on its line or on the next one."""
    hit = first_match(lines, re.compile(rf"(?:.*\s)?{label}\s+{value}"))
    if hit:
        return part(*hit, "value")
    for line, following in pairwise(lines):
        match = re.match(value, following.text)
        if line.text.lower() == label.lower() and match:
            return part(following, match, "value")
    return None
