"""Quotes: the words of a clause with the evidence marked, cut only where they are very long."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from impact.records import Span, merged
from impact.report.cleaning import GAP, shown

AROUND = 160
SENTENCE = re.compile(r"[.!?][\u201d\")]?\s+(?=[A-Z\u201c\"])")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a quote: verbatim words, marked or not, or a gap where words were left out."""

    text: str
    marked: bool = False
    gap: bool = False


def pieces(text: str, span: Span, evidence: Iterable[Span], limit: int) -> tuple[Piece, ...]:
    """Return the characters of `span` as runs, those of `evidence` marked.

    Up to `limit` characters all is quoted. Beyond it, what stands around the evidence is quoted, up to about `limit`
    characters, and each cut is a gap.

    Args:
        text: Text of the document.
        span: What to quote.
        evidence: Spans to mark; parts outside of `span` are left out.
        limit: About how many characters to show.
    """
    marks = merged([_within(one, span) for one in evidence if one.meets(span)])
    kept = [span] if len(span) <= limit else _windows(text, span, marks, limit)
    out: list[Piece] = []
    for position, window in enumerate(kept):
        if (position == 0 and window.start > span.start) or position > 0:
            out.append(Piece(GAP, gap=True))
        out += _runs(text, window, marks)
    if kept[-1].end < span.end:
        out.append(Piece(GAP, gap=True))
    return tuple(out)


def _within(one: Span, span: Span) -> Span:
    return Span(max(one.start, span.start), min(one.end, span.end))


def _windows(text: str, span: Span, marks: Sequence[Span], limit: int) -> list[Span]:
    """Return what to keep of a long span: the evidence with the words around it, or its beginning."""
    if not marks:
        return [Span(span.start, _backward(text, span.start + limit, span.start))]
    around = [_within(Span(_opening(text, one.start, span.start, limit), one.end + AROUND), span) for one in marks]
    out: list[Span] = []
    left = limit
    for one in merged(around):
        end = min(one.end, one.start + max(left, AROUND))
        out.append(Span(one.start, end if end == span.end else _backward(text, end, one.start)))
        left -= len(out[-1])
        if left <= 0:
            break
    return out


def _opening(text: str, mark: int, least: int, limit: int) -> int:
    """Return where to begin before a mark: at a sentence where one begins near, so far that the mark is still shown."""
    near = min(AROUND, limit // 3)
    offset = max(mark - near, least)
    begins = [one.end() for one in SENTENCE.finditer(text, max(offset - near // 2, least), mark + 1)]
    if offset - least <= near // 2:
        return least
    return min(begins, key=lambda one: abs(one - offset)) if begins else _backward(text, offset, least)


def _backward(text: str, offset: int, least: int) -> int:
    """Return the nearest word border at or before `offset`, or `offset` where none is near."""
    near = max(least, offset - AROUND // 2)
    if offset <= least:
        return least
    space = max(text.rfind(" ", near, offset), text.rfind("\n", near, offset))
    return space + 1 if space >= near else offset


def _runs(text: str, window: Span, marks: Sequence[Span]) -> list[Piece]:
    out: list[Piece] = []
    offset = window.start
    for mark in marks:
        if not mark.meets(window):
            continue
        one = _within(mark, window)
        if one.start > offset:
            out.append(Piece(shown(text[offset : one.start])))
        out.append(Piece(shown(text[one.start : one.end]), marked=True))
        offset = one.end
    if offset < window.end:
        out.append(Piece(shown(text[offset : window.end])))
    return out
