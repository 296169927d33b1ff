"""What any document says of itself: the fields that its family did not read, or all of a document of no family."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import pairwise, takewhile

from impact.describe import series
from impact.describe.dates import find_date
from impact.describe.fields import Reading, date_in, first_match, first_words, keep, labeled, part
from impact.describe.file_names import date_in_name
from impact.describe.front import FIRST, SOURCES, FieldValue, Front, FrontLine, is_running_text
from impact.describe.patterns import pattern
from impact.describe.titles import title_of
from impact.records import BlockKind, Span

P = partial(pattern, "general")
SMALL_WORD = re.compile(r"\b[a-z]{2,}\b")
SAYING = 3
"""Words in small letters beside a date from which a line says something. Source: project judgment."""
VERSION = re.compile(r"\bversion\b", re.IGNORECASE)
SIGNS = re.compile("[\N{TRADE MARK SIGN}\N{REGISTERED SIGN}]")
MARKUP = re.compile(r"\A(?:=+|\#+)\s+|\s+\#+\Z|\s*\{:?\s*[#.][^{}]*\}\Z|[*`]+|(?<![^\W_])_+|_+(?![^\W_])")
"""Signs of AsciiDoc and Markdown in a title that was read as plain text."""


def complete(front: Front, reading: Reading) -> None:
    """Enter title, number, revision and date where they are missing and the first page has them plainly."""
    keep(reading, "title", title_of(front))
    title = reading.get("title")
    if title and front.document.format == "text" and (unmarked := MARKUP.sub("", title.value)):
        title = replace(title, value=SIGNS.sub("", unmarked))
    if title:
        reading["title"] = replace(title, value=P("title_label").sub("", title.value))
    keep(reading, "number", first_words(front, front.lines[:FIRST], P("number"), "number"))
    keep(reading, "revision", _version(front))
    keep(reading, "number", first_words(front, front.lines[:6], P("act"), "number"))
    keep(reading, "date", _newest_revision(front) or _date(front))
    _from_properties(front, reading)
    keep(reading, "date", date_in_name(front))
    series.complete(front, reading)


def _version(front: Front) -> FieldValue | None:
    """Return the version: that of a source's own metadata, of a short line, or behind its label."""
    if front.document.format in SOURCES and (stated := front.properties.get("revision", "")):
        return FieldValue(stated)
    lines = front.lines[:FIRST]
    version = first_match(lines, P("version")) or first_match(lines, P("bare_version"))
    if version and not is_running_text(version[0]):
        return front.words(part(*version, "version"))
    for place in labeled(front, "version", most=1, within=FIRST):
        if behind := P("number_of_version").match(front.document.quote(place)):
            return front.words(Span(place.start, place.start + behind.end()))
    return None


def _from_properties(front: Front, reading: Reading) -> None:
    """Enter what the source itself says in its metadata; the dates of the file are none of the document."""
    facts = front.properties
    keep(
        reading,
        "number",
        FieldValue(facts.get("number", "") or facts.get("docname", "").partition(";")[0].removesuffix("-latest")),
    )
    keep(reading, "revision", FieldValue(facts.get("revision", "")))
    if "body" not in reading:
        keep(reading, "group", FieldValue(facts.get("group", "")))
    stated = find_date(facts.get("date", ""))
    if stated and front.document.format in SOURCES:
        keep(reading, "date", FieldValue(stated.iso))


def named_organizations(front: Front) -> tuple[FieldValue, ...]:
    """Return the organizations that a source names in its metadata, each once."""
    names = re.split(r"\s*;\s*", front.properties.get("organizations", ""))
    plain = dict.fromkeys(SIGNS.sub("", name) for name in names)
    return tuple(FieldValue(name) for name in plain if name and not P("no_organization").match(name))


def named_roles(front: Front) -> tuple[str, ...]:
    """Return what each person is whom a source names in its metadata: "editor" or "author"."""
    authors, editors = (re.split(r"\s*;\s*", front.properties.get(name, "")) for name in ("authors", "editors"))
    return tuple("editor" if name in editors else "author" for name in authors if name)


def _newest_revision(front: Front) -> FieldValue | None:
    """Return the latest date in a table of versions; None without one, or where a line above dates the version."""
    rows = [line for line in front.lines if line.source.kind is BlockKind.ROW]
    for head in (line for line in rows if P("dates").match(line.text)):
        above = (line for line in front.lines if line.block < head.block and not _cannot_date(line))
        if any(VERSION.search(line.text) and date_in(line) for line in above):
            return None
        if any(line.block == head.block and P("versions").match(line.text) for line in rows):
            table = (line for line in rows if line.source.table == head.source.table and line.cell == head.cell)
            return max(filter(None, map(date_in, table)), key=lambda date: date.value, default=None)
    return None


def _date(front: Front) -> FieldValue | None:
    """Return a date that stands plainly on a short line before the text proper: the latest, where there are several."""
    lines = front.lines[:FIRST]
    if updated := next(filter(None, _updates(lines)), None):
        return updated
    for at, line in enumerate(lines):
        if P("start").match(line.text):
            return None
        if _cannot_date(line):
            continue
        date = date_in(line)
        if date is not None and date.span is not None:
            label = lines[at - 1].text if at and line.cell > 0 and lines[at - 1].block == line.block else ""
            if _dates_something_else(line, date.span, label):
                continue
            return _latest(lines[at:]) or date
    return None


def _updates(lines: Sequence[FrontLine]) -> Iterator[FieldValue | None]:
    """Yield the dates behind labels of a later state; a label may stand alone, in bold type or in a cell of its own."""
    for line, after in pairwise(lines):
        if P("updated").match(line.text) and not _cannot_date(line):
            is_next = after.text.startswith(":") or (line.cell >= 0 and after.block == line.block)
            yield date_in(line) or (date_in(after) if is_next else None)


def _cannot_date(line: FrontLine) -> bool:
    """Return whether a date on a line is not that of the document: it is long, code, prose or a note on expiry.

    A line that begins with a link, or a preposition in small letters, is a piece of a sentence.
    """
    return (
        len(line.text) > 70
        or line.source.kind is BlockKind.CODE
        or is_running_text(line)
        or re.match(r"\s*(?:\[|(?i:expires)|(?:in|of|since)\s)", line.text) is not None
    )


def _dates_something_else(line: FrontLine, date: Span, label: str) -> bool:
    """Return whether words around a date, or its label, say that it is another's, or say something but do not date."""
    before, after = line.text[: date.start - line.span.start], line.text[date.end - line.span.start :]
    says = len(SMALL_WORD.findall(before)) + len(SMALL_WORD.findall(after)) >= SAYING
    is_event = P("days").search(line.text[date.start - line.span.start : date.end - line.span.start]) is not None
    is_aside = before.rstrip().endswith("(") and not after.lstrip().startswith(")")
    is_another = is_event or is_aside or P("of_another").search(f"{label} {before}") is not None
    return is_another or (says and P("dating").search(line.text) is None)


def _latest(lines: Sequence[FrontLine]) -> FieldValue | None:
    """Return the latest of the dates with which lines begin that say what was changed when; None where none does."""
    changes = list(takewhile(lambda line: P("change").match(line.text), lines))
    return max(filter(None, map(date_in, changes)), key=lambda date: date.value, default=None)
