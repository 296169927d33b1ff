"""Where sentences end."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from impact.records import Span
from impact.typed import loader

_BORDER = re.compile(
    r"[.!?\u061f\u2026\u06d4\u3002\uff01\uff1f\uff1b\uff61]"
    r"(?:(?<=[\u3002\uff01\uff1f\uff1b\uff61])[\u201d\u2019\uff09\u300d\u300f]{0,2}\s*(?=\S)"
    r"|(?<=[!?])(?=[\u3400-\u9fff])"
    r"|(?:[\"')\]\u201d\u2019\u00bb]{0,3}|\s\u00bb)\s+"
    r"(?=(?:\u00ab\s)?[\"'(\[\u201c\u2018\u00ab\u00a1\u00bf]{0,3}(?:[^\W\d_a-z\u00df-\u00f6\u00f8-\u00ff\u0430-\u045f]|\d|[a-z]{1,2}[A-Z])))"
)
LONGEST = 10_000
"""Characters after which a sentence ends in any case, at white space if there is some. Source: project judgment."""

_LAST_WORD = re.compile(r"[^\s(\[\"'\u201c\u2018/]+\Z")
_COUNTED = re.compile(r"[\"'(\[]?(?:\d|[IVXLC]+\b|[A-Z]\b)")


def sentences(text: str, span: Span, walls: Iterable[int] = ()) -> tuple[Span, ...]:
    """Return the sentences of `span`, in order, covering all of it but white space.

    A sentence always ends at the offsets `walls`, such as the starts of the cells of a row.
    """
    piece = span.of(text)
    cuts = {match.end() for match in _BORDER.finditer(piece) if piece[match.start()] != "." or _ends(piece, match)}
    cuts.update(wall - span.start for wall in walls if span.start < wall < span.end)
    borders = [0, *_shortened(piece, sorted({0, *cuts, len(piece)}))]
    trimmed = (_trim(piece, start, end) for start, end in pairwise(borders))
    return tuple(Span(span.start + start, span.start + end) for start, end in trimmed if start < end)


def _shortened(piece: str, borders: list[int]) -> Iterator[int]:
    """Yield the borders after the first, with more of them where two are more than `LONGEST` apart."""
    for start, end in pairwise(borders):
        at = start
        while end - at > LONGEST:
            blank = piece.rfind(" ", at + LONGEST // 2, at + LONGEST)
            at = blank + 1 if blank >= 0 else at + LONGEST
            yield at
        yield end


def _trim(piece: str, start: int, end: int) -> tuple[int, int]:
    while start < end and piece[start].isspace():
        start += 1
    while start < end and piece[end - 1].isspace():
        end -= 1
    return start, end


def _ends(piece: str, match: "re.Match[str]") -> bool:
    """Return whether a full stop before white space and a capital letter or digit ends a sentence."""
    stop = match.start()
    last = _LAST_WORD.search(piece, max(0, stop - 40), stop)
    if not last or not last.group().strip("."):
        return stop > 0 and piece[stop - 1] in ")\"'\u201d\u2019]"
    word, lists = last.group(), _lists()
    lower = word.casefold()
    if lower in lists["never"]:
        return False
    if lower in lists["before_number"]:
        return not _COUNTED.match(piece, match.end())
    if len(word) == 1 and word.isalpha():
        before = _LAST_WORD.search(piece[max(0, last.start() - 40) : last.start()].rstrip())
        return before is not None and before.group().casefold() in lists["before_letter"]
    return not (word.rstrip(".").isdigit() and last.start() == 0)


_lists = loader(dict[str, frozenset[str]], "impact.segment", "sentences.toml")
