"""Lines in bold that are headings: questions above their answers, and titles in a text without other headings."""

import re
from collections.abc import Sequence
from itertools import pairwise

from impact.extract.markdown.marks import Raw
from impact.records import BlockKind

QUESTION = re.compile(r"(\*\*|__)(?=\S)[^*\n]{8,400}\?\1:?\s*")
LEAST = 3
"""Questions in bold that make a text a questionnaire. Source: project judgment."""
TITLE = re.compile(r"(?=.{5,200}\Z)(?:(\*\*|__)(?=\w)[^*\n]{3,150}\w\1\s*)+")
BREAK = re.compile(r"<br ?/?>")
LEAST_TITLES = 2
"""Lines in bold that are the titles of a text without others. Source: project judgment."""


def mark_titles(source: str, raws: Sequence[Raw]) -> None:
    """Make each paragraph that is one line in bold a heading, if there are several and no other heading."""
    if any(raw.kind is BlockKind.HEADING for raw in raws):
        return
    paragraphs = [raw for raw in raws if raw.kind is BlockKind.PARAGRAPH]
    found = [raw for raw in paragraphs if TITLE.fullmatch(BREAK.sub(" ", _words(source, raw)).strip())]
    for raw in found if len(found) >= LEAST_TITLES else ():
        raw.kind, raw.level, raw.style = BlockKind.HEADING, 1, "h1"


def mark_questions(source: str, raws: Sequence[Raw]) -> None:
    """Make each question in bold that an answer follows a heading one level below the last one, if there are several.

    The number of an item becomes that of the heading.
    """
    level, found = 1, []
    for raw, after in pairwise(raws):
        if raw.kind is BlockKind.HEADING:
            level = raw.level + 1
        elif raw.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM) and after.kind is not BlockKind.HEADING:
            found += [(raw, level)] if QUESTION.fullmatch(_words(source, raw)) else []
    for raw, below in found if len(found) >= LEAST else ():
        raw.kind, raw.level, raw.style, raw.number = BlockKind.HEADING, below, f"h{below}", raw.number.rstrip(".)")


def _words(source: str, raw: Raw) -> str:
    return " ".join(source[start:end].strip() for start, end in raw.lines)
