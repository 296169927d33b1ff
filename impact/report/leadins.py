"""Words that introduce a list say little without its items: they are quoted with them."""

from collections.abc import Sequence

from impact.records import Clause
from impact.report.cleaning import GAP, shown

NEAR, ITEMS = 12, 200
"""Characters between two items of one list, such as a bullet, where more are a page number or a heading; characters of
items that are shown. Source: project judgement."""


def items(text: str, clauses: Sequence[Clause]) -> str:
    """Return the items that the first of some clauses introduces with a colon, as they stand in the text.

    A gap stands for those that are too much. Nothing is returned for other clauses.

    Args:
        text: Text of the document.
        clauses: The clause, then those that follow it.
    """
    first, end = clauses[0], clauses[0].span.end
    if not text[first.span.start : end].rstrip().endswith(":"):
        return ""
    left = not clauses[1:]
    for item in clauses[1:]:
        if item.stem is None or not item.stem.meets(first.span):
            left = end == first.span.end
            break
        if item.span.start - end > NEAR or item.span.end - first.span.end > ITEMS:
            left = True
            break
        end = item.span.end
    told = shown(text[first.span.end : end])
    return f"{told} {GAP}" if left else told
