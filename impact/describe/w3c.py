"""W3C: published headers, and the metadata of ReSpec and Bikeshed sources."""

import re

from impact.describe.dates import find_date
from impact.describe.fields import Described, Found, Reading, date_in, first_match, keep, part, words
from impact.describe.front import Front
from impact.records import BlockKind

STATUS = re.compile(
    r"(?P<body>W3C )?(?:(?:First Public |Proposed |Candidate |Edited )*(?:Recommendation|Working Draft|Draft)|Editor's Draft|"
    r"(?:Working |Interest )?Group (?:Draft )?Note|(?:Draft |Final )?Community Group (?:Draft )?Report|Statement|Draft Note|Draft Registry|Registry)\b",
    re.IGNORECASE,
)


def read(front: Front) -> Described:
    """Read a report of the W3C or of one of its groups."""
    reading: Reading = {}
    facts = front.properties
    status = first_match(front.lines[:12], STATUS)
    if status:
        line, match = status
        keep(reading, "body", Found("W3C", part(line, match, "body") if match["body"] else part(line, match)))
        at = front.lines.index(line)
        dates = (found for other in front.lines[at : at + 3] if (found := date_in(other)))
        keep(reading, "date", next(dates, None))
    keep(reading, "body", Found("W3C"))
    heading = next((line for line in front.lines[:8] if line.source.kind is BlockKind.HEADING), None)
    title = facts.get("title", "")
    if heading and (not title or _same(heading.text, title)):
        keep(reading, "title", words(front, heading.span))
    keep(reading, "title", Found(title))
    keep(reading, "number", Found(facts.get("shortname", "")))
    keep(reading, "group", Found(facts.get("group", "") or facts.get("wg", "")))
    for name in ("publishdate", "date"):
        stated = find_date(facts.get(name, ""))
        keep(reading, "date", Found(stated.iso) if stated else None)
    return Described(reading, _companies(front))


def _same(first: str, second: str) -> bool:
    return " ".join(first.split()).casefold() == " ".join(second.split()).casefold()


def _companies(front: Front) -> tuple[Found, ...]:
    """Return the organizations of the editors: the part after the name in "Name, Organization, address"."""
    names: dict[str, Found] = {}
    for name, value in front.document.properties:
        if name.lower() not in {"editor", "organization", "company"}:
            continue
        parts = [piece.strip() for piece in value.split(",")]
        candidates = parts[1:] if name.lower() == "editor" else [value.strip()]
        company = next((piece for piece in candidates if not re.match(r"w3cid\b|\S+@|https?:|\d+$|Inc\b", piece)), "")
        company = re.sub(r"\s+https?:\S+$", "", company)
        if company:
            names.setdefault(company, Found(company))
    return tuple(names.values())
