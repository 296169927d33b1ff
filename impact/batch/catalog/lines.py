"""Documents and lists as the lines of a page; no line is so long that a page of them is larger than 2 MB."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from impact.batch.catalog.pageplan import DocumentList
from impact.batch.catalog.wording import wording
from impact.batch.portfolio.reasons import short
from impact.present.cleaning import clipped, plain
from impact.records import Grade
from impact.tables.states import STATES
from impact.taxonomy import load

TITLE, NAME, FIELD, WHY = 150, 120, 60, 200
"""Characters of a title, of a name in the sources, of a number, group or meeting, and of why a document failed.

Source: 500 rows of these, with every character escaped in five bytes, take 1.9 MB.
"""

COLUMNS = (
    "state",
    "grade",
    "number",
    "title",
    "group",
    "meeting_name",
    "name",
    "brief",
    "report",
    "failure",
    "hint",
    "same_as",
)
"""Columns of the table `documents` that a line is made from."""


_RANKS = (*(grade.value for grade in Grade), *STATES[2:])


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A document on a page.

    Attributes:
        place: Place in the list, from 1; None where it has none.
        name: Number, or title, or name in the sources.
        title: Title; empty where it is the name already.
        grade: Grade of an assessed document; else its state.
        href: Address of its report from the page; empty where there is none.
        file: Name in the sources, with the meeting.
        reason: Why it stands there, or why it is not assessed.
    """

    place: int | None
    name: str
    title: str
    grade: str
    href: str
    group: str
    file: str
    reason: str

    @property
    def rank(self) -> int:
        """0 for the gravest grade, then states, for sorting."""
        return _RANKS.index(self.grade)


@dataclass(frozen=True, slots=True)
class ListLine:
    """A list of documents on the page that names all of its kind."""

    name: str
    href: str
    list: DocumentList


def document_line(row: Mapping[str, Any], root: str) -> DocumentLine:
    """Return the line of a row with `COLUMNS` and `place`; `root` is the address of the archive from the page.

    Titles, numbers, groups and reasons are in one line already; names of files and meetings are as they came.
    """
    number, title = (clipped(row[name], most) for name, most in (("number", FIELD), ("title", TITLE)))
    file = clipped(plain(row["name"]), NAME)
    meeting = clipped(plain(row["meeting_name"]), FIELD)
    name = number or title or file
    return DocumentLine(
        place=row["place"],
        name=name,
        title=title if number else "",
        grade=row["grade"] if row["state"] == "assessed" else row["state"],
        href=f"{root}{quote(row['report'])}" if row["report"] else "",
        group=clipped(row["group"], FIELD),
        file=" · ".join(filter(None, (meeting, file if file != name else ""))),
        reason=_reason(row),
    )


def list_line(entry: DocumentList, root: str) -> ListLine:
    """Return the line of a list; `root` is as for a document."""
    return ListLine(name_of(entry), f"{root}{quote(entry.path(0))}", entry)


def name_of(entry: DocumentList) -> str:
    """Return what the documents of a list have in common, in words."""
    taxonomy = load()
    if entry.kind == "right" and entry.key in taxonomy.rights:
        return taxonomy.rights[entry.key].name
    if entry.kind == "power":
        power = short(entry.key, taxonomy)
        return f"{power[:1].upper()}{power[1:]}"
    if entry.kind == "state":
        return wording().states[entry.key]
    return clipped(plain(entry.label), NAME) or "None stated"


def title_of(entry: DocumentList) -> str:
    """Return what heads the pages of a list."""
    return wording().kinds[entry.kind].title.format(name=name_of(entry))


def _reason(row: Mapping[str, Any]) -> str:
    if row["state"] == "duplicate":
        return f"Same file as {clipped(plain(row['same_as']), NAME)}."
    if row["state"] == "failed":
        return f"{clipped(plain(row['failure']), WHY)}. {clipped(plain(row['hint']), WHY)}."
    return clipped(row["brief"], 2 * WHY)
