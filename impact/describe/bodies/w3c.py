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
class W3CWords:
    """w3c.toml: the names of groups, and the states of reports."""

    groups: dict[str, str]
    states: dict[str, str]


w3c_words = loader(W3CWords, "impact.describe.bodies", "w3c.toml")
STATE = re.compile(r"(?:W3C )?(?P<state>[A-Z](?:[\w']| (?!\d))*)")
"""The state of a report on the line under its title, before the date."""
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
    keep(reading, "publication", FieldValue(_state(facts.get("status", ""))))
    keep(reading, "publication", FieldValue(_written(status[0].text)) if status else None)
    headings = (line for line in front.lines[:8] if line.source.kind is BlockKind.HEADING)
    heading = next((line for line in headings if line.source.style != "section"), None)
    title = facts.get("title", "")
    if heading and (not title or _same(heading.text, title)):
        keep(reading, "title", front.words(heading.span))
    keep(reading, "title", FieldValue(title))
    short = facts.get("shortname", "")
    named = reading.get("title", FieldValue("")).value
    keep(reading, "number", FieldValue("" if _squeezed(short) == _squeezed(named) else short))
    keep(reading, "group", FieldValue(_groups(facts.get("group", "") or facts.get("wg", ""))))
    keep(reading, "group", first_words(front, front.lines[:40], P("published"), "group"))
    for name in ("publishdate", "date"):
        stated = find_date(facts.get(name, ""))
        keep(reading, "date", FieldValue(stated.iso) if stated else None)
    return Described(reading)


def _state(code: str) -> str:
    """Return the words for the state of a report: "ED" and "w3c/ED" are an Editor's Draft; words stay."""
    bare = code.rpartition("/")[2]
    return w3c_words().states.get(bare.upper(), bare if re.match("[A-Z][a-z]", bare) else "")


def _written(line: str) -> str:
    match = STATE.match(line)
    return match["state"] if match else ""


def _groups(names: str) -> str:
    """Return how groups are called, of their short names; a name that is not known stays."""
    bare = [re.sub(r"\A[a-z0-9]+/", "", name) for name in names.split("; ")]
    return " and ".join(dict.fromkeys(w3c_words().groups.get(name.casefold(), name) for name in bare))


def _squeezed(name: str) -> str:
    return re.sub(r"[\W_]+", "", name).casefold()


def _same(first: str, second: str) -> bool:
    return " ".join(first.split()).casefold() == " ".join(second.split()).casefold()
