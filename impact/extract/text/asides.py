"""Quotes and asides of a plain text, each line of which begins with a bar."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from impact.extract.text import marks
from impact.extract.text.lines import SourceLine

BAR = "|"
LEAD = f"{BAR}  "
"""What a line of one begins with. Source: text that xml2rfc writes of the elements aside and blockquote (RFC 7991, 2.6
and 2.10)."""

NOTE = re.compile(r"[*_]?(?:Note|NOTE)(?: \d{1,2})?:[*_]?\s")
"""Source: xml2rfc writes the element strong with asterisks, em with low lines."""


def is_note(text: str) -> bool:
    """Return whether an aside calls itself a note."""
    return NOTE.match(text) is not None


def paragraphs_of_aside(chunk: Sequence[SourceLine]) -> list[list[SourceLine]]:
    """Return the paragraphs of an aside without its bars; none where the lines are a table, a tree or a drawing."""
    if not all(line.text == BAR or (line.text.startswith(LEAD) and not line.text.endswith(BAR)) for line in chunk):
        return []
    bare = [_unbarred(line) for line in chunk]
    drawn = any(line.text.startswith(("+", BAR)) for line in bare)
    if drawn or not any(marks.looks_prose(line.text) for line in bare):
        return []
    return list(_paragraphs(bare))


def _unbarred(line: SourceLine) -> SourceLine:
    text = line.text[len(BAR) :].lstrip()
    shift = len(line.text) - len(text)
    return replace(line, text=text, offset=line.offset + shift, indent=line.indent + shift)


def _paragraphs(lines: Sequence[SourceLine]) -> Iterator[list[SourceLine]]:
    """Yield lines that belong together: up to a bare bar, or the mark of an item."""
    paragraph: list[SourceLine] = []
    for line in lines:
        if paragraph and (not line.text or marks.mark(line.text)):
            yield paragraph
            paragraph = []
        if line.text:
            paragraph.append(line)
    if paragraph:
        yield paragraph
