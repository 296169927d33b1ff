"""Which words of a document are its title."""

import re
from collections import Counter
from dataclasses import replace
from functools import partial
from itertools import pairwise

from impact.describe import series
from impact.describe.fields import date_in, first_match, labeled, part
from impact.describe.file_names import PHRASE, WORDS, file_name, has_name, heading_or_file_name, telling_words
from impact.describe.front import FIRST, MOST_CHARACTERS, SOURCES, FieldValue, Front, FrontLine, is_running_text
from impact.describe.language import is_legible
from impact.describe.patterns import pattern
from impact.records import BlockKind, Span

OUTLINED = frozenset({"markdown", "asciidoc", "mediawiki"})
OPENING = 3
"""Headings after a title among which one opens a document. Source: project judgment."""
FORM, TITLE = 12, 120
"""Blocks of a form among which its title stands, and characters of it at most. Source: project judgment."""
METADATA = re.compile(r"meta(?:data)?", re.IGNORECASE)
P = partial(pattern, "general")


def title_of(front: Front) -> FieldValue:
    """Return a title, by falling trust: labeled, property found in the text, heading, largest text, property, name."""
    if "chapter" in front.properties:
        return substitute_title(front)
    title, is_source = _own_title(front), front.document.format in SOURCES
    feature = None if _begins_with_title(front) else series.feature_name(front)
    if stated := front.joined(labeled_title(front)) or feature or _title_in_form(front):
        return stated
    if title:
        placed = _in_text(front, title)
        placed = placed if placed and (" " in placed.value or " " not in title) else None
        if placed and placed.value[0].islower() and title[0].isupper():
            placed = replace(placed, value=title)
        if placed or is_source:
            return placed or FieldValue(re.split(r"\s+(?:::|\|)\s+", title)[0])
    titled = _named_line(front) or _title_of_headings(front) or _opening_lines(front)
    if spans := [] if titled else _marked_title(front) or _first_heading(front):
        titled = front.words(Span(spans[0].start, spans[-1].end))
    if titled:
        return titled
    if spans := largest_of(_first_page(front), body_size(front)):
        largest = front.words(Span(spans[0].start, spans[-1].end))
        return substitute_title(front) if P("opening").match(largest.value) else replace(largest, uncertain=True)
    return substitute_title(front)


def substitute_title(front: Front) -> FieldValue:
    """Return a title that the text does not have: that of the file's properties, else the name of the file."""
    title = _own_title(front)
    return FieldValue(title if title and is_legible(title) else file_name(front), uncertain=True)


def _title_of_headings(front: Front) -> FieldValue | None:
    """Return the title of a source with headings: the first one, if it is no mere section; None for other files.

    The only heading of its level, or one after which a document opens ("Contents"), is the title, uncertain below the
    first level. Otherwise the name of the file comes before the heading of a section or chapter, one after running
    text, or one below the first level; but not before that of a numbered section with which it shares a word, nor
    before one that has all its words.
    """
    blocks = front.document.blocks if front.document.format in OUTLINED else ()
    headings = [block for block in blocks if block.kind is BlockKind.HEADING]
    texts = [" ".join(front.document.quote(block.span).split()) for block in headings]
    at = next((at for at, text in enumerate(texts) if not _is_no_title(text)), None)
    if at is None or headings[at].span.start > MOST_CHARACTERS:
        return None
    first, (title, *after) = headings[at], texts[at:]
    follows_number = at > 0 and series.is_number(texts[at - 1])
    found = replace(front.words(first.span), uncertain=first.level > 1 and not follows_number)
    peers = [text for text, block in zip(after, headings[at + 1 :], strict=True) if block.level <= first.level]
    is_late = any(is_running_text(line) for line in front.lines if line.span.end <= first.span.start)
    is_section = any(P(name).match(title) for name in ("start", "section", "opening")) or (is_late and first.level > 1)
    if (
        not follows_number
        and not is_section
        and peers
        and [text for text in peers if P("part").match(text)] == peers[:1]
    ):
        return replace(found, value=f"{found.value}, {peers[0]}")
    is_opened = not peers or any(map(P("opening").match, (*after[:OPENING], *peers[:OPENING])))
    if follows_number or (not is_section and is_opened):
        return found
    lead = title.partition(" ")[0].rstrip(":")
    is_chapter = title == lead or any(peer.partition(" ")[0].rstrip(":") == lead for peer in peers)
    numbered = P("section").match(title)
    if numbered and telling_words(front.stem) & telling_words(title):
        return replace(found, value=title[numbered.end() :], uncertain=True)
    if not has_name(title, front.stem) and (is_section or is_chapter or is_late or first.level > 1):
        return heading_or_file_name(front, headings[at + 1 :][:OPENING])
    return None if is_section else replace(found, uncertain=True)


def _begins_with_title(front: Front) -> bool:
    """Return whether a source begins with a heading of the first level that is neither a section nor a number."""
    blocks = front.document.blocks[:1] if front.document.format in OUTLINED else ()
    texts = [
        front.document.quote(block.span) for block in blocks if block.kind is BlockKind.HEADING and block.level == 1
    ]
    parts = ("start", "section", "opening", "form")
    return any(not _is_no_title(text) and not any(P(name).search(text) for name in parts) for text in texts)


def _opening_lines(front: Front) -> FieldValue | None:
    """Return the first line of a source without headings that begins with lines of a cover, and not with sentences."""
    blocks = front.document.blocks if front.document.format in OUTLINED else ()
    lines = [line for line in front.lines if line.block == 0 and line.source.kind is BlockKind.PARAGRAPH]
    if not lines or not blocks or any(block.kind is BlockKind.HEADING for block in blocks):
        return None
    is_cover = all(line.text[:1].isupper() and not line.text.endswith(tuple(".:;,?!")) for line in lines)
    title = front.words(lines[0].span)
    is_title = len(title.value) <= TITLE and len(WORDS.findall(title.value)) >= PHRASE
    return replace(title, uncertain=True) if is_cover and is_title else None


def _named_line(front: Front) -> FieldValue | None:
    """Return the first paragraph of a source, if it is a phrase of which the name of the file has most words."""
    first = next(iter(front.document.blocks), None) if front.document.format in OUTLINED else None
    if first is None or first.kind is not BlockKind.PARAGRAPH:
        return None
    title = front.words(first.span)
    words, shared = telling_words(title.value), telling_words(title.value) & telling_words(front.stem)
    is_phrase = len(title.value) <= TITLE and title.value[:1].isupper() and not title.value.endswith(tuple(".:;,?!"))
    return title if is_phrase and len(shared) >= PHRASE - 1 and 2 * len(shared) > len(words) else None


def _title_in_form(front: Front) -> FieldValue | None:
    """Return the title that stands below the heading of its field in a form that was filled in: "# Project Name"."""
    blocks = front.document.blocks[:FORM] if front.document.format in OUTLINED else ()
    headings = [
        " ".join(front.document.quote(block.span).split()) for block in blocks if block.kind is BlockKind.HEADING
    ]
    if not headings or not (P("title_field").fullmatch(headings[0]) or P("form").search(headings[0])):
        return None
    for heading, answer in pairwise(blocks):
        field = P("title_field").fullmatch(" ".join(front.document.quote(heading.span).split()))
        if heading.kind is BlockKind.HEADING and field and answer.kind is BlockKind.PARAGRAPH:
            title = front.words(answer.span)
            return title if len(title.value) <= TITLE and not title.value.endswith(".") else None
    return None


def _is_no_title(heading: str) -> bool:
    return P("no_title").match(heading) is not None or series.is_number(heading)


def _own_title(front: Front) -> str:
    """Return the title of the properties, if it reads as one."""
    title = front.properties.get("title", "") or front.properties.get("h1", "")
    readable = front.document.format in SOURCES or _is_readable(title)
    return title if title and readable and not P("stale").match(title) else ""


def labeled_title(front: Front) -> list[Span]:
    """Return the place of a title behind its label ("Title: ..."); without one, what stands for it is a guess."""
    labels = "document title|title|titre|título|(?:project|proposal|protocol|API(?: family)?) name"
    spans = labeled(front, labels, most=3) or _name_in_metadata(front)
    return spans if spans and spans[0].start < 3000 else []


def _name_in_metadata(front: Front) -> list[Span]:
    """Return the place of the name of a source that begins with the heading "Meta", if it is more than one word."""
    blocks = front.document.blocks[:1] if front.document.format in OUTLINED else ()
    if not any(
        block.kind is BlockKind.HEADING and METADATA.fullmatch(front.document.quote(block.span)) for block in blocks
    ):
        return []
    spans = labeled(front, "name", most=1)
    return spans if spans and " " in front.document.quote(spans[0]).strip() else []


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
