"""Chapters that were joined to one Markdown file, each with front matter of its own."""

import re
from collections.abc import Sequence
from itertools import pairwise

from impact.extract.markdown.marks import Raw, Span
from impact.records import BlockKind

LONGEST = 40
"""Lines of the front matter of a chapter. Source: project judgment; site generators need some ten."""

FIELD = re.compile(r"[A-Za-z][\w -]{0,40}:(?:\s|$)|\s+\S|- |#")
TITLE = re.compile(r"title:[ \t]+(?P<quote>[\"']?)(?P<title>\S.*?)(?P=quote)\s*$")
STYLE = "chapter"


def chapter_at(source: str, lines: Sequence[Span], index: int) -> tuple[int, Raw | None]:
    """Return the line behind the front matter that begins at a line, and its title as a heading.

    The number is 0 where none begins: a rule is followed by blank lines or running text.
    """
    if source[slice(*lines[index])].rstrip() != "---":
        return 0, None
    title = None
    for after in range(index + 1, min(index + LONGEST, len(lines))):
        start, end = lines[after]
        text = source[start:end]
        if text.rstrip() == "---":
            return (after + 1, title) if title else (0, None)
        if not FIELD.match(text):
            break
        if match := TITLE.match(text):
            title = Raw([(start + match.start("title"), start + match.end("title"))], BlockKind.HEADING, 1, style=STYLE)
    return 0, None


def drop_repeated(source: str, raws: Sequence[Raw]) -> list[Raw]:
    """Return blocks without titles of front matter that the heading behind them repeats; this takes their style."""
    kept = list(raws[:1])
    for above, raw in pairwise(raws):
        if above.style == STYLE and _title(source, above) == _title(source, raw):
            raw.style = STYLE
            kept[-1] = raw
        else:
            kept.append(raw)
    return kept


def _title(source: str, raw: Raw) -> str:
    start, end = raw.lines[0] if raw.lines else (0, 0)
    return source[start:end].strip().casefold() if raw.kind is BlockKind.HEADING else ""
