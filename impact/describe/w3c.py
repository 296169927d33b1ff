"""W3C: published headers, and the metadata of ReSpec and Bikeshed sources."""

import re
from dataclasses import dataclass
from functools import partial

from impact.describe.dates import find_date
from impact.describe.fields import Described, Reading, date_in, first_match, first_words, keep, part
from impact.describe.front import FieldValue, Front
from impact.describe.patterns import pattern
from impact.records import BlockKind
from impact.typed import loader


@dataclass(frozen=True, slots=True)
class GroupNames:
    """w3c.toml: how groups write their short names."""

    capitals: frozenset[str]
    spelled: dict[str, str]


group_names = loader(GroupNames, "impact.describe", "w3c.toml")
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
    short = facts.get("shortname", "")
    named = reading.get("title", FieldValue("")).value
    keep(reading, "number", FieldValue("" if _squeezed(short) == _squeezed(named) else short))
    keep(reading, "group", FieldValue(_group(facts.get("group", "") or facts.get("wg", ""))))
    keep(reading, "group", first_words(front, front.lines[:40], P("published"), "group"))
    for name in ("publishdate", "date"):
        stated = find_date(facts.get(name, ""))
        keep(reading, "date", FieldValue(stated.iso) if stated else None)
    return Described(reading)


def _group(name: str) -> str:
    """Return the name of a group as the group writes it; a name that is not known stays."""
    names = group_names()
    return name.upper() if name in names.capitals else names.spelled.get(name, name)


def _squeezed(name: str) -> str:
    return re.sub(r"[\W_]+", "", name).casefold()


def _same(first: str, second: str) -> bool:
    return " ".join(first.split()).casefold() == " ".join(second.split()).casefold()
