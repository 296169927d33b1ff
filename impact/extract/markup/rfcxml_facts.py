"""What the front matter of an xml2rfc source says."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from impact.typed import Blank, load


@dataclass(frozen=True, slots=True)
class RfcNames:
    """Elements that are not laid out, styles of lists, and categories in words (rfcxml.toml)."""

    unread: frozenset[str]
    list_styles: dict[str, Blank]
    categories: dict[str, str]


NAMES = load(RfcNames, "impact.extract.markup", "rfcxml.toml")

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def facts_of_rfc(root: Any) -> tuple[tuple[str, str], ...]:
    """Return lower-case names and values, empty ones left out; several values are joined with "; "."""
    front = root.find("front")
    if front is None:
        return ()
    series = {element.get("name", "").lower(): element.get("value", "") for element in front.findall("seriesInfo")}
    number = root.get("number") or series.get("rfc", "")
    docname = root.get("docName") or series.get("internet-draft", "")
    facts = [
        ("title", _text(front.find("title"))),
        ("number", f"RFC {number}" if number else ""),
        ("docname", docname),
        ("date", _date(front.find("date"))),
        ("area", "; ".join(_text(element) for element in front.findall("area"))),
        ("group", "; ".join(_text(element) for element in front.findall("workgroup"))),
        ("status", NAMES.categories.get(root.get("category", ""), root.get("category", ""))),
        ("stream", root.get("submissionType", "")),
        ("authors", "; ".join(dict.fromkeys(_people(front)))),
        ("editors", "; ".join(dict.fromkeys(_people(front, role="editor")))),
        ("organizations", "; ".join(dict.fromkeys(_organizations(front)))),
        ("keywords", "; ".join(_text(element) for element in front.findall("keyword"))),
        ("obsoletes", root.get("obsoletes", "")),
        ("updates", root.get("updates", "")),
    ]
    return tuple((key, value) for key, value in facts if value)


def _text(element: Any) -> str:
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


def _people(front: Any, role: str = "") -> Iterator[str]:
    """Yield the names of the authors, or of those with a role alone."""
    for author in front.findall("author"):
        if role and author.get("role") != role:
            continue
        name = author.get("fullname") or f"{author.get('initials', '')} {author.get('surname', '')}".strip()
        if name:
            yield name


def _organizations(front: Any) -> Iterator[str]:
    for author in front.findall("author"):
        organization = _text(author.find("organization"))
        if organization:
            yield organization


def _date(date: Any) -> str:
    """Return the date as precise as it is given, ISO 8601."""
    if date is None or not (date.get("year") or "").isdigit():
        return ""
    month, day = (date.get("month") or "").lower(), date.get("day") or ""
    if month[:3] in MONTHS:
        month = str(MONTHS.index(month[:3]) + 1)
    parts = [date.get("year")]
    if month.isdigit():
        parts.append(month.zfill(2))
        if day.isdigit():
            parts.append(day.zfill(2))
    return "-".join(parts)
