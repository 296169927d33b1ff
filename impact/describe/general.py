"""What any document says of itself: the fields that its family did not read, or all of a document of no family."""

import re
from collections import Counter

from impact.describe.fields import Found, Reading, date_in, first_match, joined, keep, labelled, part, words
from impact.describe.front import Front, Line, is_running_text
from impact.records import BlockKind, Span

FIRST = 40
STALE = re.compile(
    r"microsoft (?:word|powerpoint|excel)\b|power ?point|untitled|document ?\d*$|title$|presentation ?\d*$|slide ?\d*$|folie ?\d*$|"
    r"proceedings template|print$|layout \d|.*\.(?:docx?|dotx?|pdf|pptx?|dvi|indd|tex|md|html?|txt|xml|rtf|odt)$|[\d\W_]+$|.*\btemplate\b|"
    r"(?:презентация|документ) ?(?:microsoft)?",
    re.IGNORECASE,
)
START = re.compile(
    r"(?:abstract|summary|contents|table of contents|introduction|\d+\.?\s+introduction|references|1\.? scope|foreword)$",
    re.IGNORECASE,
)
NUMBER = re.compile(
    r"(?:doc(?:ument)?\.? ?(?:id|no|number|nr)\.?|reference)\s*:\s*(?P<number>[A-Z][\w./-]*\d?[\w./-]*)\s*$",
    re.IGNORECASE,
)
VERSION = re.compile(r"(?:version|revision|release)\s*:?\s*(?P<version>[vVrR]?\d+(?:\.\d+)+[\w.-]*)\b", re.IGNORECASE)
SOURCES = frozenset({"html", "markdown", "rfcxml", "xml", "text"})
NO_TITLE = re.compile(
    r"[\W\d_]*$|(?:page )?\d+(?: of \d+)?$|https?:|\S+@\S+$|©|figure \d|table \d|draft$|technical specification$|[\w ]{1,20}:\s*\S",
    re.IGNORECASE,
)


def complete(front: Front, reading: Reading) -> None:
    """Enter title, number, revision and date where they are missing and the first page has them plainly."""
    keep(reading, "title", _title(front))
    number = first_match(front.lines[:FIRST], NUMBER)
    if number:
        keep(reading, "number", words(front, part(*number, "number")))
    version = first_match(front.lines[:FIRST], VERSION)
    if version and not is_running_text(version[0]):
        keep(reading, "revision", words(front, part(*version, "version")))
    keep(reading, "date", _date(front))


def _title(front: Front) -> Found:
    """Return a title by falling trust: labelled, property found in the text, heading or largest text, property, name."""
    own = front.properties.get("title", "")
    sensible = bool(own) and not STALE.match(own) and _is_readable(own)
    spans = labelled(front, "document title|title|titre|título", most=3)
    if spans and spans[0].start < 3000:
        return joined(front, spans) or Found("")
    if sensible:
        placed = _in_text(front, own)
        if placed or front.document.format in SOURCES:
            return placed or Found(re.split(r"\s+(?:::|\|)\s+", own)[0])
    spans = _first_heading(front) or largest_of(_first_page(front))
    if spans:
        return words(front, Span(spans[0].start, spans[-1].end))
    return Found(own) if sensible else Found(" ".join(re.split(r"[_\s]+", front.stem)))


def _is_readable(title: str) -> bool:
    """Return whether a property reads as a title: at least two words, or one long one with no underscore."""
    return (
        "_" not in title
        and (" " in title.strip() or len(title) > 8)
        and "\ufffd" not in title
        and not re.search(r"[ÐÑ][\x80-\xbf]", title)
    )


def _in_text(front: Front, title: str) -> Found | None:
    """Return the title as the first lines have it, where they have the same words in a row."""
    wanted = re.findall(r"\w+", title.casefold())
    if len(wanted) < 2:
        wanted = wanted or [title.casefold()]
    head = front.lines[:FIRST]
    if not head:
        return None
    start, end = head[0].span.start, head[-1].span.end
    text = front.document.text[start:end]
    pattern = r"\W+".join(map(re.escape, wanted))
    match = re.search(rf"(?<!\w){pattern}(?!\w)[.?!]?", text, re.IGNORECASE)
    if match is None or len(wanted) == 1:
        return None
    return words(front, Span(start + match.start(), start + match.end()))


def _first_heading(front: Front) -> list[Span]:
    """Return the place of the first heading or of a paragraph with the style of a title."""
    for line in front.lines[:FIRST]:
        is_title = re.match(r"(?:title|rectitle|h1)$", line.source.style, re.IGNORECASE)
        if (line.source.kind is BlockKind.HEADING and line.source.level <= 1) or is_title:
            if START.match(line.text) or re.match(r"\d+(?:\.\d+)*\.?\s", line.text):
                continue
            return [other.span for other in front.lines if other.block == line.block][:4]
    return []


def _first_page(front: Front) -> tuple[Line, ...]:
    """Return the lines before the text proper begins: those of the first page that has any."""
    page = front.lines[0].page if front.lines else 1
    return tuple(line for line in front.lines[:FIRST] if line.page == page)


def largest_of(lines: tuple[Line, ...]) -> list[Span]:
    """Return the places of neighbouring lines in the largest type; by position where all have the same size.

    A line below counts as the same title while size and block agree, or while it follows in the same size and the
    size is larger than that of most of the lines.
    """
    usable = [line for line in lines if not NO_TITLE.match(line.text) and not START.match(line.text)]
    if not usable:
        return []
    sizes = Counter[float]()
    for line in lines:
        sizes[round(line.source.size, 1)] += len(line.text)
    common = sizes.most_common(1)[0][0]
    largest = max(round(line.source.size, 1) for line in usable)
    if largest > 1.1 * common:
        return _run([line for line in usable if round(line.source.size, 1) >= largest - 0.3])
    bold = [line for line in usable if line.source.bold]
    first = (bold if bold and len(bold) < len(usable) else usable)[0]
    if is_running_text(first) or len(first.text) > 200:
        return []
    block = [line for line in usable if line.block == first.block]
    return [line.span for line in block[:4]] if sum(len(line.text) for line in block) < 300 else [first.span]


def _run(lines: list[Line]) -> list[Span]:
    """Return the places of the first lines, up to the first gap of a block."""
    spans = [lines[0].span]
    for before, line in zip(lines, lines[1:], strict=False):
        if line.block > before.block + 1 or len(spans) > 5:
            break
        spans.append(line.span)
    return spans


def _date(front: Front) -> Found | None:
    """Return a date that stands plainly on a short line before the text proper."""
    for line in front.lines[:FIRST]:
        if START.match(line.text):
            return None
        if len(line.text) > 70 or is_running_text(line) or re.match(r"\s*(?:\[|expires)", line.text, re.IGNORECASE):
            continue
        found = date_in(line)
        if found is not None:
            return found
    return None
