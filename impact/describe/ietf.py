"""RFCs and Internet-Drafts: headers in text and PDF, and the properties of their sources."""

import re
from collections.abc import Iterator
from itertools import takewhile

from impact.describe.fields import Described, Found, Reading, first_date, keep, part, words
from impact.describe.front import Front, Line
from impact.records import Span

NUMBER = re.compile(
    r"(?:.*?\b)?(?P<number>(?:Request for Comments|RFC)\s*:?\s*#?\s*(?P<digits>\d{1,5}))\b", re.IGNORECASE
)
DRAFT = re.compile(r"(?:.*\s|<)?(?P<name>draft-[a-z0-9]+(?:-[a-z0-9.+]+)+?)(?:-(?P<revision>\d\d))?(?:\.txt)?>?$")
DRAFT_NAME = re.compile(r"(?P<name>draft-[a-z0-9]+(?:-[a-z0-9.+]+)+?)(?:-(?P<revision>\d\d|latest))?$")
END = re.compile(
    r"(?:abstract|status of this memo|copyright notice|table of contents|1\.?\s+introduction|introduction)\.?$",
    re.IGNORECASE,
)
FIELD = re.compile(
    r"(?:(?:request for comments|category|stream|published|author|authors|issn|obsoletes|updates|bcp|std|fyi|expires|nic|"
    r"intended status|rfc|network working group|internet-draft|workgroup|date)\b\s*[:#]?|internet engineering task force|"
    r"internet (?:research task force|architecture board|activities board))",
    re.IGNORECASE,
)
LEFT = re.compile(
    r"(?P<left>(?:request for comments\s*:?\s*#?\s*\d+|(?:category|intended status)\s*:\s*(?:standards track|informational|"
    r"experimental|historic|best current practice|proposed standard|internet standard)|issn:\s*[\d-]+[\dX]|"
    r"(?:obsoletes|updates)\s*:\s*[\d, ]+(?:\(if approved\))?|(?:bcp|std|fyi)\s*:\s*\d+|expires\s*:\s*.*?\d{4}|"
    r"internet engineering task force(?: \(ietf\))?|internet research task force(?: \(irtf\))?|"
    r"internet architecture board(?: \(iab\))?|network working group|internet-draft|independent submission))\s+",
    re.IGNORECASE,
)
AUTHOR = re.compile(
    r"(?:[A-Z]\w?\.[ -]?)+(?:(?:van|von|de|der|den|del|la|le|di|da)\s)*[^\W\d_][\w'. -]*(?:,? (?:Ed|Editor)s?\.?)?$"
)
NO_GROUP = re.compile(
    r"network working group|individual|independent submission|internet engineering task force|internet-draft",
    re.IGNORECASE,
)
STREAMS = {"irtf": "IRTF", "iab": "IETF", "ietf": "IETF"}


def read(front: Front) -> Described:
    """Read an RFC or an Internet-Draft."""
    reading: Reading = {}
    head = tuple(takewhile(lambda line: not END.match(line.text), front.lines[:70]))
    _from_properties(front, reading)
    _number(front, head, reading)
    _title(front, head, reading)
    keep(reading, "date", _date(head))
    keep(reading, "body", _body(front, head, reading))
    keep(reading, "group", _group(front, head, reading))
    return Described(reading, _organizations(front, head))


def _from_properties(front: Front, reading: Reading) -> None:
    """Read what xml2rfc and kramdown sources say in their own metadata."""
    facts = front.properties
    match = DRAFT_NAME.match(facts.get("docname", ""))
    number = facts.get("number", "")
    if number.isdigit():
        keep(reading, "number", Found(f"RFC {number}"))
    elif match:
        keep(reading, "number", Found(facts["docname"].removesuffix("-latest")))
        if match["revision"] and match["revision"].isdigit():
            keep(reading, "revision", Found(match["revision"]))


def _number(front: Front, head: tuple[Line, ...], reading: Reading) -> None:
    """Read "RFC 9458" or the name of a draft with its revision."""
    for line in head:
        match = NUMBER.match(line.text) if _is_number_line(line) else None
        if match:
            keep(reading, "number", Found(f"RFC {int(match['digits'])}", part(line, match, "number")))
            return
    for line in head:
        draft = DRAFT.match(line.text)
        if draft:
            keep(reading, "number", words(front, Span(part(line, draft, "name").start, _end(line, draft))))
            if draft["revision"]:
                keep(reading, "revision", Found(draft["revision"], part(line, draft, "revision")))
            return
    title = re.match(r"RFC (\d+): ", front.properties.get("title", ""))
    if title:
        keep(reading, "number", Found(f"RFC {title[1]}"))


def _is_number_line(line: Line) -> bool:
    return bool(
        re.match(r"(?:request for comments|rfc)\s*[:#]?\s*#?\s*\d|.*\brequest for comments\b", line.text, re.IGNORECASE)
    )


def _end(line: Line, draft: re.Match[str]) -> int:
    return line.span.start + (draft.end("revision") if draft["revision"] else draft.end("name"))


def _title(front: Front, head: tuple[Line, ...], reading: Reading) -> None:
    """Read the title: from the source's metadata, or the lines between the header and the abstract."""
    own = front.properties.get("title", "")
    if front.document.format in {"rfcxml", "markdown", "xml"} and own:
        keep(reading, "title", _in_text(front, own))
        return
    header = max((at for at, line in enumerate(head) if FIELD.match(line.text)), default=-1)
    block = head[header].block if header >= 0 else -1
    after = [line for line in head[header + 1 :] if line.block != block and not _is_column(line)]
    before = [line for line in head[:8] if not FIELD.match(line.text) and not NUMBER.match(line.text)]
    for lines in (after, before):
        titles = list(_title_lines(lines))
        if titles:
            keep(reading, "title", words(front, Span(titles[0].span.start, titles[-1].span.end)))
            return
    named = re.match(r"RFC \d+: (.+)", own)
    if named:
        keep(reading, "title", _in_text(front, named[1]))


def _title_lines(lines: list[Line]) -> Iterator[Line]:
    """Yield the first lines that neither name the draft nor a date nor an author."""
    begun = -1
    for line in lines:
        if (
            DRAFT.match(line.text)
            or NUMBER.fullmatch(line.text)
            or first_date((line,))
            or re.match(r"[<\[]", line.text)
        ):
            if begun >= 0:
                return
            continue
        if begun >= 0 and line.block > begun + 1:
            return
        begun = line.block if begun < 0 else begun
        yield line


def _is_column(line: Line) -> bool:
    """Return whether a line belongs to the right column: an author, an organization set far to the right, a date."""
    return bool(AUTHOR.match(line.text)) or line.source.indent > 44


def _in_text(front: Front, value: str) -> Found:
    """Return a value of the properties, with its place where the first lines have the same words."""
    for line in front.lines[:20]:
        at = line.text.find(value)
        if at >= 0:
            return Found(value, Span(line.span.start + at, line.span.start + at + len(value)))
    return Found(value)


def _date(head: tuple[Line, ...]) -> Found | None:
    """Return the date of the document, which is not the one on which a draft expires."""
    lines = tuple(line for line in head if not re.match(r"\s*expires", line.text, re.IGNORECASE))
    found = first_date(lines)
    if found is not None:
        return found
    for line in head:
        left = LEFT.match(line.text)
        if left:
            rest = Line(
                line.text[left.end() :],
                Span(line.span.start + left.end(), line.span.end),
                line.page,
                line.block,
                line.source,
            )
            found = first_date((rest,))
            if found is not None:
                return found
    return None


def _body(front: Front, head: tuple[Line, ...], reading: Reading) -> Found:
    """Return IRTF for documents of the research stream, else IETF, whose series RFCs and drafts are."""
    for line in head:
        match = re.match(r"(?:stream:\s*)?internet (?:research|engineering) task force", line.text, re.IGNORECASE)
        if match:
            return Found("IRTF" if "research" in match[0].lower() else "IETF", part(line, match))
    stream = front.properties.get("submissiontype", "").lower()
    number = reading.get("number", Found("")).value
    if stream == "irtf" or number.startswith("draft-irtf-"):
        return Found("IRTF")
    return Found("IETF")


def _group(front: Front, head: tuple[Line, ...], reading: Reading) -> Found | None:
    """Return the working group: of the metadata, of the first line of a draft, or of the draft's name."""
    for name in ("workgroup", "wg"):
        value = front.properties.get(name, "")
        if value and not NO_GROUP.match(value):
            return Found(re.sub(r"\s+(?:working|research) group$", "", value, flags=re.IGNORECASE))
    number = reading.get("number", Found(""))
    if number.value.startswith("draft-") and head:
        first = re.match(r"(?P<group>[^\s].*?)(?:\s{3,}|$)", head[0].text)
        if (
            first
            and not NO_GROUP.match(first["group"])
            and not AUTHOR.match(first["group"])
            and "draft" not in first["group"].lower()
        ):
            return words(front, part(head[0], first, "group"))
        named = re.match(r"draft-(?:ietf|irtf)-([a-z0-9]+)-", number.value)
        if named:
            place = Span(number.span.start + named.start(1), number.span.start + named.end(1)) if number.span else None
            return Found(named[1].upper(), place)
    return None


def _organizations(front: Front, head: tuple[Line, ...]) -> tuple[Found, ...]:
    """Return the organizations under the authors in the right column, each once, in order."""
    names: dict[str, Found] = {}
    after_author = False
    for line in head:
        span = _right(line)
        if span is None:
            continue
        found = words(front, span)
        if AUTHOR.match(found.value):
            after_author = True
        elif first_date((line,)) is not None:
            break
        elif after_author:
            names.setdefault(found.value, found)
    return tuple(names.values())


def _right(line: Line) -> Span | None:
    """Return the place of the right column of a line: what stands after a wide gap, or after a known left part."""
    gap = re.match(r"(?:.*\S)?\s{3,}(?P<right>\S.*)$", line.text)
    if gap:
        return part(line, gap, "right")
    left = LEFT.match(line.text)
    if left:
        return Span(line.span.start + left.end(), line.span.end)
    if FIELD.match(line.text):
        return None
    return line.span
