"""Questions in bold above their answers, as questionnaires have them."""

import re
from collections.abc import Sequence
from itertools import pairwise

from impact.extract.markdown.marks import Raw
from impact.records import BlockKind

QUESTION = re.compile(r"(\*\*|__)(?=\S)[^*\n]{8,400}\?\1:?\s*")
LEAST = 3
"""Questions in bold that make a text a questionnaire. Source: project judgment."""


def mark_questions(source: str, raws: Sequence[Raw]) -> None:
    """Make each question in bold that an answer follows a heading one level below the last one, if there are several.

    The number of an item becomes that of the heading.
    """
    level, found = 1, []
    for raw, after in pairwise(raws):
        if raw.kind is BlockKind.HEADING:
            level = raw.level + 1
        elif raw.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM) and after.kind is not BlockKind.HEADING:
            lines = " ".join(source[start:end].strip() for start, end in raw.lines)
            found += [(raw, level)] if QUESTION.fullmatch(lines) else []
    for raw, below in found if len(found) >= LEAST else ():
        raw.kind, raw.level, raw.style, raw.number = BlockKind.HEADING, below, f"h{below}", raw.number.rstrip(".)")
