"""Footnotes of AsciiDoc, which are written into the text that they belong to."""

from collections.abc import Iterator, Sequence

from impact.extract.asciidoc.lines import Place
from impact.extract.asciidoc.signs import FOOTNOTE

LONGEST = 5000
"""Characters of a footnote that are read. Source: project judgment."""


def footnotes_in(source: str, places: Sequence[Place]) -> Iterator[Place]:
    """Yield the places of footnotes that begin in the lines of a block and have words; none within another."""
    if not places:
        return
    start, end = places[0][0], places[-1][1]
    at = start
    for match in FOOTNOTE.finditer(source, start, end):
        if match.start() < at:
            continue
        depth, at, last = 1, match.end(), min(end, match.end() + LONGEST)
        while at < last and depth:
            escaped = source[at - 1] == "\\"
            depth += (source[at] == "[") - (source[at] == "]" and not escaped)
            at += 1
        if source[match.end() : at - 1].strip():
            yield match.end(), at - 1
