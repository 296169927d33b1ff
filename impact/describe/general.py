"""What any document says of itself: the fields that its family did not read, or all of a document of no family."""

import re
from collections import Counter
from dataclasses import replace
from functools import partial
from itertools import pairwise

from impact.describe.dates import find_date
from impact.describe.fields import Reading, date_in, first_match, first_words, keep, labeled, part
from impact.describe.front import MOST_CHARACTERS, FieldValue, Front, FrontLine, is_running_text
from impact.describe.language import is_legible
from impact.describe.patterns import pattern
from impact.records import BlockKind, Span

OUTLINED = frozenset({"markdown", "asciidoc"})
OPENING = 3
"""Headings after a title among which one opens a document. Source: project judgment."""
PHRASE = 3
"""Words of the name of a file from which on it is a phrase. Source: project judgment."""
WORDS = re.compile(r"[^\W\d_]{3,}")
GENERIC = frozenset({"draft", "file", "index", "main", "readme", "spec", "specification", "document", "latest"})
"""Words of names of files that say nothing of what is in them."""
FIRST = 40
"""Lines in which number, version and date are looked for. Source: project judgment."""

P = partial(pattern, "general")
SIGNS = re.compile("[\N{TRADE MARK SIGN}\N{REGISTERED SIGN}]")
MARKUP = re.compile(r"\A(?:=+|\#+)\s+|\s+\#+\Z|\s*\{:?\s*[#.][^{}]*\}\Z|[*`]+|(?<![^\W_])_+|_+(?![^\W_])")
"""Signs of AsciiDoc and Markdown in a title that was read as plain text."""

SOURCES = frozenset({"html", "markdown", "asciidoc", "rfcxml", "xml", "yaml"})


def complete(front: Front, reading: Reading) -> None:
    """Enter title, number, revision and date where they are missing and the first page has them plainly."""
    keep(reading, "title", _title(front))
    title = reading.get("title")
    if title and front.document.format == "text" and (unmarked := MARKUP.sub("", title.value)):
        reading["title"] = replace(title, value=SIGNS.sub("", unmarked))
    keep(reading, "number", first_words(front, front.lines[:FIRST], P("number"), "number"))
    keep(reading, "revision", _version(front))
    keep(reading, "number", first_words(front, front.lines[:6], P("act"), "number"))
    keep(reading, "date", _date(front))
    _from_properties(front, reading)


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


def _title(front: Front) -> FieldValue:
    """Return a title, by falling trust: labeled, property found in the text, heading, largest text, property, name."""
    if "chapter" in front.properties:
        return substitute_title(front)
    own, is_source = _own_title(front), front.document.format in SOURCES
    if spans := labeled_title(front):
        return front.joined(spans) or FieldValue("")
    if own:
        placed = _in_text(front, own)
        if placed or is_source:
            return placed or FieldValue(re.split(r"\s+(?:::|\|)\s+", own)[0])
    titled = _title_of_headings(front)
    if spans := [] if titled else _marked_title(front) or _first_heading(front):
        titled = front.words(Span(spans[0].start, spans[-1].end))
    if titled:
        return titled
    if spans := largest_of(_first_page(front), body_size(front)):
        return replace(front.words(Span(spans[0].start, spans[-1].end)), uncertain=True)
    return substitute_title(front)


def substitute_title(front: Front) -> FieldValue:
    """Return a title that the text does not have: that of the file's properties, else the name of the file."""
    own = _own_title(front)
    return FieldValue(own if own and is_legible(own) else _file_name(front), uncertain=True)


def _file_name(front: Front) -> str:
    """Return the name of the file in words; what is no phrase, or the name of a draft, keeps its hyphens."""
    is_phrase = len(WORDS.findall(front.stem)) >= PHRASE and not re.fullmatch(r"draft-[a-z0-9-]+", front.stem)
    return " ".join(re.split(r"[-_\s]+" if is_phrase else r"[_\s]+", front.stem))


def _title_of_headings(front: Front) -> FieldValue | None:
    """Return the title of a source with headings: the first one, if it is no mere section; None for other files.

    The only heading of its level, or one after which a document opens ("Contents"), is the title, uncertain below the
    first level. Otherwise the name of the file comes before the heading of a section or chapter, one after running
    text, or one below the first level.
    """
    blocks = front.document.blocks if front.document.format in OUTLINED else ()
    headings = [block for block in blocks if block.kind is BlockKind.HEADING]
    texts = [" ".join(front.document.quote(block.span).split()) for block in headings]
    at = next((at for at, text in enumerate(texts) if not P("no_title").match(text)), None)
    if at is None or headings[at].span.start > MOST_CHARACTERS:
        return None
    first, (title, *after) = headings[at], texts[at:]
    found = replace(front.words(first.span), uncertain=first.level > 1)
    peers = [text for text, block in zip(after, headings[at + 1 :], strict=True) if block.level <= first.level]
    is_late = any(is_running_text(line) for line in front.lines if line.span.end <= first.span.start)
    is_section = any(P(name).match(title) for name in ("start", "section", "opening")) or (is_late and first.level > 1)
    if not is_section and peers and [text for text in peers if P("part").match(text)] == peers[:1]:
        return replace(found, value=f"{found.value}, {peers[0]}")
    if not is_section and (not peers or any(map(P("opening").match, (*after[:OPENING], *peers[:OPENING])))):
        return found
    lead = title.partition(" ")[0].rstrip(":")
    is_chapter = title == lead or any(peer.partition(" ")[0].rstrip(":") == lead for peer in peers)
    telling = {*WORDS.findall(front.stem.lower())} - GENERIC
    if telling and (is_section or is_chapter or is_late or first.level > 1):
        return FieldValue(_file_name(front), uncertain=True)
    return None if is_section else replace(found, uncertain=True)


def _own_title(front: Front) -> str:
    """Return the title of the properties, if it reads as one."""
    own = front.properties.get("title", "") or front.properties.get("h1", "")
    readable = front.document.format in SOURCES or _is_readable(own)
    return own if own and readable and not P("stale").match(own) else ""


def labeled_title(front: Front) -> list[Span]:
    """Return the place of a title behind its label ("Title: ..."); without one, what stands for it is a guess."""
    spans = labeled(front, "document title|title|titre|título", most=3)
    return spans if spans and spans[0].start < 3000 else []


def _marked_title(front: Front) -> list[Span]:
    """Return the place of the title of an AsciiDoc text, which is read as plain text: "= Title"."""
    hit = first_match(front.lines[:FIRST], P("marked_title")) if front.document.format == "text" else None
    return [part(*hit, "title")] if hit else []


def _is_readable(title: str) -> bool:
    """Return whether a property reads as a title: at least two words, or one long one with no underscore."""
    return (
        "_" not in title
        and (" " in title.strip() or len(title) > 8)
        and "\ufffd" not in title
        and not re.search(r"[ÐÑ][\x80-\xbf]", title)
    )


def _in_text(front: Front, title: str) -> FieldValue | None:
    """Return the title as the first lines have it, where they have the same words in a row."""
    wanted = re.findall(r"\w+", title.casefold())
    if len(wanted) < 2:
        wanted = wanted or [title.casefold()]
    head = front.lines[:FIRST]
    if not head:
        return None
    start, end = head[0].span.start, head[-1].span.end
    text = front.document.text[start:end]
    wording = r"\W+".join(map(re.escape, wanted))
    ending = re.escape(title[len(title.rstrip(".?!)]\"'\u201d")) :])
    match = re.search(rf"(?<!\w){wording}(?!\w)(?:{ending})?", text, re.IGNORECASE)
    if match is None or len(wanted) == 1:
        return None
    return front.words(Span(start + match.start(), start + match.end()))


def _first_heading(front: Front) -> list[Span]:
    """Return the place of the first heading of the highest level, or of any that begins the text or has its style."""
    for line in front.lines[:FIRST]:
        is_title = re.match(r"(?:title|rectitle|h1)$", line.source.style, re.IGNORECASE)
        if (line.source.kind is BlockKind.HEADING and (line.source.level <= 1 or line.block == 0)) or is_title:
            label = line.text.endswith(":") or (P("label").match(line.text) and date_in(line))
            if label or P("no_title").match(line.text) or P("start").match(line.text) or P("section").match(line.text):
                continue
            return [other.span for other in front.lines if other.block == line.block][:4]
    return []


def _first_page(front: Front) -> tuple[FrontLine, ...]:
    """Return the lines of the first page that has any; rows of tables only of formats that set covers in tables."""
    page = front.lines[0].page if front.lines else 1
    rows = front.document.format not in SOURCES
    return tuple(line for line in front.lines[:FIRST] if line.page == page and (rows or line.cell < 0))


def body_size(front: Front) -> float:
    """Return the size in points of most of the characters of the front matter; 0 where sizes are unknown."""
    sizes = Counter[float]()
    for line in front.lines:
        sizes[round(line.source.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def largest_of(lines: tuple[FrontLine, ...], common: float) -> list[Span]:
    """Return the places of neighboring lines in the largest type; by position where all have the same size.

    Larger is what exceeds `common`, the size of the running text, by a tenth.
    """
    usable = [line for line in lines if not P("no_title").match(line.text) and not P("start").match(line.text)]
    usable = [line for line in usable if line.source.kind is not BlockKind.NOTE]
    usable = [line for line in usable if not P("numbered").match(line.text)] or usable
    if not usable:
        return []
    largest = max(round(line.source.size, 1) for line in usable)
    if largest > 1.1 * common:
        return _run([line for line in usable if round(line.source.size, 1) >= largest - 0.3])
    bold = [line for line in usable if line.source.bold]
    if bold and len(bold) < len(usable):
        return _run(bold)
    return _leading(usable)


def _leading(lines: list[FrontLine]) -> list[Span]:
    """Return the places of the first block, if it is short enough for a title and no label begins it."""
    first = lines[0]
    block = [line for line in lines if line.block == first.block]
    for line in lines[len(block) :]:  # a title of several lines that a text recognition took for paragraphs
        if not _goes_on(block[-1], line):
            break
        block.append(line)
    size = sum(len(line.text) for line in block)
    if (
        P("label").match(first.text)
        or is_running_text(block[-1])
        or block[-1].text.endswith(":")
        or size > 200
        or len(block) > 4
    ):
        return []
    return [line.span for line in block]


def _goes_on(before: FrontLine, line: FrontLine) -> bool:
    """Return whether a line in small letters goes on with the title of the block before it, in the same type."""
    return (
        line.block == before.block + 1
        and line.source.size == before.source.size > 0
        and line.text[:1].islower()
        and before.text[-1:].isalpha()
    )


def _run(lines: list[FrontLine]) -> list[Span]:
    """Return the places of the first lines, up to the first gap of a block."""
    spans = [lines[0].span]
    for before, line in pairwise(lines):
        if line.block > before.block + 1 or len(spans) > 5 or line.cell != before.cell:
            break
        spans.append(line.span)
    return spans


def _date(front: Front) -> FieldValue | None:
    """Return a date that stands plainly on a short line before the text proper."""
    for line in front.lines[:FIRST]:
        if P("start").match(line.text):
            return None
        if len(line.text) > 70 or is_running_text(line) or re.match(r"\s*(?:\[|expires)", line.text, re.IGNORECASE):
            continue
        date = date_in(line)
        if date is not None:
            return date
    return None
