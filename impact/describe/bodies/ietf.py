"""RFCs and Internet-Drafts: headers in text and PDF, and the properties of their sources."""

import re
from collections.abc import Iterator
from functools import partial
from itertools import dropwhile, pairwise, takewhile

from impact.describe.dates import find_date
from impact.describe.fields import Described, Reading, first_date, first_match, keep, labeled, part
from impact.describe.front import FieldValue, Front, FrontLine, is_running_text
from impact.describe.patterns import pattern
from impact.records import BlockKind, Span

P = partial(pattern, "ietf")
HEAD = 70
"""Lines that may belong to the head of an RFC or Internet-Draft. Source: project judgment; many authors make it
long."""

FAR = 44
"""Column from which on a line of text is in the right half of a header. Source: RFC 7994, section 4.3, 72 columns."""

CATEGORIES = {
    "std": "Standards Track",
    "sta": "Standards Track",
    "bcp": "Best Current Practice",
    "bes": "Best Current Practice",
    "inf": "Informational",
    "exp": "Experimental",
    "his": "Historic",
}
"""Categories by their first three letters, as RFCs and their XML write them. Source: RFC 2026, 4
and 5; RFC 7991, 2.45.1."""

GROUPS = ("group", "workgroup", "wg")
"""Fields of the metadata that name the group."""
RESEARCH = re.compile(r"\bresearch group\b", re.IGNORECASE)
STREAMS = {"IRTF": "IRTF", "IAB": "IAB", "INDEPENDENT": "Independent Submission", "EDITORIAL": "RFC Editor"}
"""Bodies by the streams that properties name; all others are of the IETF. Source: RFC 9280, 6.1; RFC 7991, 2.45.12."""
STREAM_WORDS = {
    "research": "IRTF",
    "architecture": "IAB",
    "activities": "IAB",
    "series": "RFC Editor",
    "editorial": "RFC Editor",
}
"""Bodies by a word of the stream that a header names. Source: RFC 7841, 3.1; RFC 9280, 6.1."""
DRAFT, INDIVIDUAL = "Internet-Draft", "Individual Internet-Draft"
EDITOR = re.compile(r",\s*ed(?:itor)?s?\b|\beditors?\.?$", re.IGNORECASE)
WORDS = 4
"""Words beside a date from which on a line is no mere date. Source: project judgment; "Expires: 4 May 2026"."""
LONGEST_GAP = 8
"""Lines of authors that may stand between two fields of a header. Source: project judgment."""
SOURCES = frozenset({"rfcxml", "markdown", "asciidoc", "xml", "html"})


def read(front: Front) -> Described:
    """Read an RFC or an Internet-Draft."""
    reading: Reading = {}
    top = tuple(takewhile(lambda line: not P("end").match(line.text), front.lines[:HEAD]))
    head = (*top, *_late_header(front, top))
    _from_properties(front, reading)
    _number(front, head, reading)
    keep(reading, "title", _title(front, top))
    keep(reading, "date", first_date(tuple(line for line in labeled_lines(front, "published"))) or _date(head))
    stated = find_date(front.properties.get("date", ""))
    keep(reading, "date", FieldValue(stated.iso) if stated else None)
    keep(reading, "body", _body(front, head, reading))
    keep(reading, "publication", _publication(front, head, reading))
    keep(reading, "group", _group(front, top, reading))
    return Described(reading, *_organizations(front, head, reading.get("title", FieldValue(""))))


def labeled_lines(front: Front, label: str) -> Iterator[FrontLine]:
    """Yield the lines that hold the value of a label."""
    spans = labeled(front, label, most=1)
    return (line for line in front.lines if spans and line.span.covers(spans[0]))


def _late_header(front: Front, top: tuple[FrontLine, ...]) -> tuple[FrontLine, ...]:
    """Return the header that xml2rfc sets beside title and abstract in PDF and HTML: from "Stream:" on."""
    rest = dropwhile(lambda line: not re.match(r"stream:", line.text, re.IGNORECASE), front.lines[len(top) : HEAD])
    return tuple(takewhile(lambda line: not P("end").match(line.text), rest))


def _from_properties(front: Front, reading: Reading) -> None:
    """Read what xml2rfc and kramdown sources say in their own metadata."""
    facts = front.properties
    match = P("draft_name").match(facts.get("docname", ""))
    number = re.match(r"(?:RFC )?(\d{1,5})$", facts.get("number", ""))
    if number:
        keep(reading, "number", FieldValue(f"RFC {number[1]}"))
    elif match:
        keep(reading, "number", FieldValue(facts["docname"].removesuffix("-latest")))
        if match["revision"] and match["revision"].isdigit():
            keep(reading, "revision", FieldValue(match["revision"]))


def _number(front: Front, head: tuple[FrontLine, ...], reading: Reading) -> None:
    """Read "RFC 9458" or the name of a draft with its revision."""
    for line in head:
        match = P("number").match(line.text) if P("number_line").match(line.text) else None
        if match:
            keep(reading, "number", FieldValue(f"RFC {int(match['digits'])}", part(line, match, "number")))
            return
    hit = first_match(head, P("draft"))
    if hit:
        line, draft = hit
        end = line.span.start + draft.end("revision" if draft["revision"] else "name")
        keep(reading, "number", front.words(Span(part(line, draft, "name").start, end)))
        if draft["revision"]:
            keep(reading, "revision", FieldValue(draft["revision"], part(line, draft, "revision")))
        return
    stated = re.match(r"RFC (\d+): ", front.properties.get("title", ""))
    named = stated or re.fullmatch(r"rfc(\d+)", front.stem)
    if named:
        keep(reading, "number", FieldValue(f"RFC {named[1]}", uncertain=stated is None))


def _title(front: Front, top: tuple[FrontLine, ...]) -> FieldValue | None:
    """Return the title: of the source's metadata, of the reader's own finding, or between header and abstract."""
    title = re.sub(r"^RFC \d+:\s+", "", front.properties.get("title", ""))
    is_source = front.document.format in SOURCES or front.properties.get("creator", "").startswith("xml2rfc")
    if is_source and title:
        return _in_text(front, title)
    marked = [line for line in top if line.source.style == "title"]
    header = _header_end(top)
    before = [line for line in top[:8] if not P("field").match(line.text)]
    memo = front.joined(labeled(front, "subject|title", most=2, within=20))
    for lines in (marked, [] if memo else list(top[header + 1 :]), [] if memo else before):
        titles = list(_title_lines(lines))
        if titles:
            return front.words(Span(titles[0].span.start, titles[-1].span.end))
    return memo or (_in_text(front, title) if title else None)


def _header_end(top: tuple[FrontLine, ...]) -> int:
    """Return the index of the last line of the header, which a long gap ends but for the number; -1 without one."""
    last = -1
    for at, line in enumerate(top):
        near = at - max(last, 0) <= LONGEST_GAP
        if (near and _is_header(line)) or (last >= 0 and P("number").fullmatch(line.text)):
            last = at
    return last


def _is_header(line: FrontLine) -> bool:
    """Return whether a line belongs to the header: a field, or what stands in its right column."""
    return bool(P("field").match(line.text)) or (_is_far(line) and first_date((line,)) is not None)


def _is_far(line: FrontLine) -> bool:
    """Return whether a line stands in the right half, as authors, their organizations and the date do."""
    return line.source.style == "header" or (line.box[0] > 330 if line.box else line.source.indent > FAR)


def _title_lines(lines: list[FrontLine]) -> Iterator[FrontLine]:
    """Yield the first lines that neither name the draft nor a date nor an author."""
    begun = -1
    for line in lines:
        other = P("draft").match(line.text) or P("number").fullmatch(line.text) or re.match(r"[<\[]", line.text)
        if other or _is_date(line) or P("author").match(line.text) or _is_far(line):
            if begun >= 0:
                return
            continue
        if begun >= 0 and line.block != begun and (line.block > begun + 1 or _is_prose(line)):
            return
        begun = line.block if begun < 0 else begun
        yield line


def _is_date(line: FrontLine) -> bool:
    """Return whether a line is a date, with a label or two words beside it; the title of a report has more words."""
    dated = find_date(line.text)
    return (
        dated is not None and len(re.findall(r"[^\W\d_]+", line.text[: dated.start] + line.text[dated.end :])) < WORDS
    )


def _is_prose(line: FrontLine) -> bool:
    """Return whether the block of a line is the text below a title and not its second line."""
    return is_running_text(line) or line.text.endswith(".") or len(line.source.span) > 150


def _in_text(front: Front, value: str) -> FieldValue:
    """Return a value of the properties, with its place where the first lines have the same words."""
    for line in front.lines[:20]:
        at = line.text.find(value)
        if at >= 0:
            return front.words(Span(line.span.start + at, line.span.start + at + len(value)))
    return FieldValue(value)


def _date(head: tuple[FrontLine, ...]) -> FieldValue | None:
    """Return the date of the document, which is not the one on which a draft expires."""
    for line in head:
        right = _right(line)
        if right is None or (right == line.span and re.match(r"expires", line.text, re.IGNORECASE)):
            continue
        dated = find_date(line.text, right.start - line.span.start)
        if dated is not None:
            return FieldValue(dated.iso, Span(line.span.start + dated.start, line.span.start + dated.end))
    return None


def _body(front: Front, head: tuple[FrontLine, ...], reading: Reading) -> FieldValue:
    """Return the body of the stream: IRTF, IAB, RFC Editor, none but the author, or else IETF."""
    hit = first_match(head, P("stream"))
    if hit:
        stream = hit[1][0].lower()
        return FieldValue(next((body for word, body in STREAM_WORDS.items() if word in stream), "IETF"), part(*hit))
    number = reading.get("number", FieldValue("")).value
    stream = (front.properties.get("stream", "") or front.properties.get("submissiontype", "")).upper()
    draft = P("own_draft").match(number)
    researches = any(RESEARCH.search(front.properties.get(name, "")) for name in GROUPS)
    stated = draft["body"].upper() if draft else "IRTF" if researches else stream.partition(" ")[0]
    return FieldValue(STREAMS.get(stated, "IETF"))


def _publication(front: Front, head: tuple[FrontLine, ...], reading: Reading) -> FieldValue | None:
    """Return the category of an RFC ("Standards Track RFC"), "RFC" without category and body, or whose draft it is."""
    number = reading.get("number", FieldValue("")).value
    if not number.startswith("RFC"):
        individual = number.startswith("draft-") and not P("stream_draft").match(number)
        return FieldValue(INDIVIDUAL if individual else DRAFT)
    pairs = (f"{line.text} {after.text}" for line, after in pairwise(head))  # a PDF has the value below its label
    found = next((match["category"] for pair in pairs if (match := P("category").match(pair))), "")
    stated = found or front.properties.get("category", "") or front.properties.get("status", "")
    if not stated:
        return None if reading["body"].span else FieldValue("RFC")
    category = CATEGORIES.get(stated.lower()[:3])
    return FieldValue(f"{category} RFC") if category else None


def _group(front: Front, top: tuple[FrontLine, ...], reading: Reading) -> FieldValue | None:
    """Return the working group: of the metadata, of the first line of a draft, or of the draft's name."""
    for name in GROUPS:
        value = front.properties.get(name, "")
        if value and not P("no_group").match(value):
            group = re.sub(r"\s+(?:working|research) group$", "", value, flags=re.IGNORECASE)
            return FieldValue(group.upper() if group.isalnum() and group.islower() else group)
    number = reading.get("number", FieldValue(""))
    if not number.value.startswith("draft-"):
        return None
    first = re.match(r"(?P<group>\S.*?)(?:\s+working group)?(?:\s{3,}|$)", top[0].text, re.IGNORECASE) if top else None
    if first and _is_group(first["group"]) and len(top) > 1 and re.match(r"internet-draft", top[1].text, re.IGNORECASE):
        return front.words(part(top[0], first, "group"))
    named = re.match(r"draft-(?:ietf|irtf)-([a-z0-9]+)-", number.value)
    if named is None:
        return None
    start = number.span.start if number.span else 0
    return FieldValue(named[1].upper(), Span(start + named.start(1), start + named.end(1)) if number.span else None)


def _is_group(text: str) -> bool:
    return not (P("no_group").match(text) or P("author").match(text) or "draft" in text.lower())


def _organizations(
    front: Front, head: tuple[FrontLine, ...], title: FieldValue
) -> tuple[tuple[FieldValue, ...], tuple[str, ...]]:
    """Return the organizations under the authors in the right column, each once, in order, and what each author is.

    The title ends them.
    """
    names: dict[str, FieldValue] = {}
    roles: list[str] = []
    after_author = False
    for line in head:
        span = _right(line)
        if span is None:
            continue
        organization = front.words(span)
        if P("author").match(organization.value):
            after_author = True
            roles.append("editor" if EDITOR.search(organization.value) else "author")
        elif find_date(organization.value) or _is_title(line, title):
            if after_author:
                break
        elif line.source.style == "title" or line.source.kind is BlockKind.HEADING:
            break
        elif after_author and not P("no_organization").match(organization.value):
            names.setdefault(organization.value, organization)
    return tuple(names.values()), tuple(roles)


def _is_title(line: FrontLine, title: FieldValue) -> bool:
    """Return whether a line is one of the title, wherever the title was read from."""
    return line.text.casefold() == title.value.casefold() or bool(title.span and title.span.covers(line.span))


def _right(line: FrontLine) -> Span | None:
    """Return the place of the right column of a line: what stands after a wide gap, or after a known left part."""
    gap = re.match(r"(?:.*\S)?\s{3,}(?P<right>\S.*)$", line.text)
    if gap:
        return part(line, gap, "right")
    left = P("left").match(line.text)
    if left and left.end() < len(line.text):
        return Span(line.span.start + left.end(), line.span.end)
    return None if P("field").match(line.text) else line.span
