"""Words that introduce a list say little without its items: they are quoted with them."""

import re
from collections.abc import Sequence

from impact.present.cleaning import GAP, plain
from impact.records import Clause, Span

NEAR, ITEMS, LAST = 12, 200, 160
"""Characters between two items of one list, such as a bullet, where more are a page number or a heading; characters of
items that are shown, and how many more where they are those of the last item. Source: project judgment."""

BULLET = "\n\N{BULLET} "
MARKED = re.compile(r"[^\w\s(\u201c\"]\s|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s")
"""An item that begins with a mark of its own."""


def items(text: str, clauses: Sequence[Clause]) -> str:
    """Return the items that the first of some clauses introduces with a colon, one a line, each after its mark.

    An item without a mark gets a bullet. A gap stands for those that are too much, and for those that may follow where
    there is one alone, which makes no list. Nothing is returned for other clauses.
    """
    first, further = clauses[0].span, clauses[1:]
    if not text[first.start : first.end].rstrip().endswith(":"):
        return ""
    listed = [at for at, clause in enumerate(further) if clause.stem and clause.stem.meets(first)]
    shown, end = "", first.end
    for at, item in enumerate(further):
        most = ITEMS + (LAST if listed[-1:] == [at] else 0)
        if at not in listed or item.span.start - end > NEAR or item.span.end - first.end > most:
            break
        shown += _item(text, end, item.span)
        end = item.span.end
    whole = len(listed) > 1 and further[listed[-1]].span.end == end
    return shown if whole else f"{shown} {GAP}"


def _item(text: str, end: int, span: Span) -> str:
    """Return an item after its own mark, which may stand before it, or after a bullet."""
    mark, words = plain(text[end : span.start]), plain(text[span.start : span.end])
    if mark and any(character.isalnum() for character in mark):
        return f"\n{mark} {words}"
    return f"\n{words}" if MARKED.match(words) and not mark else f"{BULLET}{words}"
