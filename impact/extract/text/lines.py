"""Lines of a plain text file with their place, freed of page breaks, running heads and feet."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from impact.extract.text import marks

LINE = re.compile(r"([^\r\n]*)(\r\n|\r|\n|\Z)")
# Source: RFC 7994, section 4.1 (RFCs before it have running heads and feet); Internet-Draft text output of xml2rfc.
FOOT = re.compile(r"\[\s?Page\s+[0-9ivxlc]+\s?\]\s*$", re.IGNORECASE)
HEAD = re.compile(r"^(?:RFC\s+\d+|Internet[ -]Draft|Request for Comments|draft-[a-z0-9-]+)\s{3,}\S", re.IGNORECASE)
EDGE = 3
"""Lines at the top and bottom of a page that may be running heads. Source: project judgment; the head of an RFC is one
line, with blank ones around."""

# Source: measured on real standards: a line at a page's edge that returns on 30 % of the pages is a running head.
SHARE = 0.3
# Source: project judgment on shared RFCs; RFC 5545 has most of its prose in definitions that are indented deeper.
BASE_SHARE = 0.15


@dataclass(slots=True)
class SourceLine:
    """One line of the source that has characters, or a blank one.

    Attributes:
        text: Without white space at both ends; empty for a blank line.
        offset: Of its first character in the decoded file.
        indent: Column of its first character, tabs to the next multiple of 8.
        page: 1-based.
        opens: Whether it is the first line of its page, after the running head.
        trailing: Whether white space stood at its end.
    """

    text: str
    offset: int
    indent: int
    page: int
    opens: bool = False
    trailing: bool = False


def lines_of(text: str) -> tuple[list[SourceLine], bool]:
    """Return the lines without page furniture, and whether the source has pages at all.

    Blank lines about a page break are left out; the first line after it has `opens` set.
    """
    pages = _split(text)
    if len(pages) == 1:
        pages = _split_at_feet(pages[0])
    if len(pages) == 1:
        return pages[0], bool(_feet(pages[0]))
    repeated = _repeated(pages)
    lines: list[SourceLine] = []
    for page in pages:
        rows = _without_furniture(page, repeated) or _without_furniture(page, set())
        if rows and lines:
            rows[0].opens = True
        lines += rows
    return lines, True


def _split(text: str) -> list[list[SourceLine]]:
    """Return the lines of each page, form feeds being page breaks."""
    pages: list[list[SourceLine]] = [[]]
    for match in LINE.finditer(text):
        offset = match.start()
        for number, part in enumerate(match[1].split("\f")):
            if number:
                pages.append([])
                offset += 1
            if part or not number:
                pages[-1].append(_line(part, offset, len(pages)))
            offset += len(part)
    while len(pages) > 1 and not any(line.text for line in pages[-1]):
        pages.pop()
    return pages


def _line(part: str, offset: int, page: int) -> SourceLine:
    bare = part.lstrip()
    lead = part[: len(part) - len(bare)]
    text = bare.rstrip()
    return SourceLine(
        text, offset + len(lead), len(lead.expandtabs()), page, trailing=text != bare or (not text and bool(part))
    )


def _feet(lines: list[SourceLine]) -> list[int]:
    return [index for index, line in enumerate(lines) if FOOT.search(line.text)]


def _split_at_feet(lines: list[SourceLine]) -> list[list[SourceLine]]:
    """Return pages by their "[Page n]" feet, for files whose form feeds were lost."""
    feet = _feet(lines)
    if len(feet) < 2:
        return [lines]
    pages, start = [], 0
    for foot in feet:
        pages.append(lines[start : foot + 1])
        start = foot + 1
    if any(line.text for line in lines[start:]):
        pages.append(lines[start:])
    for number, page in enumerate(pages, 1):
        for line in page:
            line.page = number
    return pages


def _shape(line: SourceLine) -> str:
    return re.sub(r"[0-9]+|\b[ivxlc]+\b", "#", " ".join(line.text.split()).lower())


def _repeated(pages: list[list[SourceLine]]) -> set[str]:
    """Return the shapes (digits made equal) of lines that stand at the edges of many pages."""
    counts: Counter[str] = Counter()
    for page in pages:
        full = [line for line in page if line.text]
        counts.update({_shape(line) for line in full[:EDGE] + full[-EDGE:]})
    least = max(3, SHARE * len(pages))
    return {shape for shape, count in counts.items() if count >= least and len(re.findall(r"[a-z#]", shape)) > 3}


def _without_furniture(page: list[SourceLine], repeated: set[str]) -> list[SourceLine]:
    start, end = 0, len(page)
    for _ in range(EDGE + 1):
        while end and not page[end - 1].text:
            end -= 1
        if not end or not _is_furniture(page[end - 1], repeated):
            break
        end -= 1
    for _ in range(EDGE + 1):
        while start < end and not page[start].text:
            start += 1
        if start == end or page[start].page == 1 or not _is_furniture(page[start], repeated):
            break
        start += 1
        start += _second(page, start, end)
    return page[start:end]


def _second(page: list[SourceLine], start: int, end: int) -> int:
    """Return 1 where a short line stands directly under a running head and apart from the text: the section's name."""
    alone = start + 1 < end and not page[start + 1].text
    return int(alone and 0 < len(page[start].text) < 50)


def _is_furniture(line: SourceLine, repeated: set[str]) -> bool:
    return bool(FOOT.search(line.text) or HEAD.match(line.text)) or _shape(line) in repeated


def base_indent(lines: Sequence[SourceLine]) -> int:
    """Return the indent of running text: the least one that a good part of the lines that read as words has."""
    counts = Counter(
        line.indent for line in lines if marks.looks_prose(line.text) and not marks.HEADING.match(line.text)
    )
    least = BASE_SHARE * sum(counts.values())
    return min((indent for indent, count in counts.items() if count >= least), default=0)
