"""W3C: published headers, and the metadata of ReSpec and Bikeshed sources."""

from functools import partial

from impact.describe.dates import find_date
from impact.describe.fields import Described, Reading, date_in, first_match, first_words, keep, part
from impact.describe.front import FieldValue, Front
from impact.describe.patterns import pattern
from impact.records import BlockKind

P = partial(pattern, "w3c")


def read(front: Front) -> Described:
    """Read a report of the W3C or of one of its groups."""
    reading: Reading = {}
    facts = front.properties
    status = first_match(front.lines[:12], P("status"))
    if status:
        line, match = status
        keep(reading, "body", FieldValue("W3C", part(line, match, "body") if match["body"] else part(line, match)))
        at = front.lines.index(line)
        dates = (date for other in front.lines[at : at + 3] if (date := date_in(other)))
        keep(reading, "date", next(dates, None))
    keep(reading, "body", FieldValue("W3C"))
    heading = next((line for line in front.lines[:8] if line.source.kind is BlockKind.HEADING), None)
    title = facts.get("title", "")
    if heading and (not title or _same(heading.text, title)):
        keep(reading, "title", front.words(heading.span))
    keep(reading, "title", FieldValue(title))
    keep(reading, "number", FieldValue(facts.get("shortname", "")))
    keep(reading, "group", FieldValue(facts.get("group", "") or facts.get("wg", "")))
    keep(reading, "group", first_words(front, front.lines[:40], P("published"), "group"))
    for name in ("publishdate", "date"):
        stated = find_date(facts.get(name, ""))
        keep(reading, "date", FieldValue(stated.iso) if stated else None)
    return Described(reading)


def _same(first: str, second: str) -> bool:
    return " ".join(first.split()).casefold() == " ".join(second.split()).casefold()
