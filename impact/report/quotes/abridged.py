"""A few words that remind a reader of a quote that stands elsewhere in the report."""

import re
from collections.abc import Sequence
from itertools import accumulate

from impact.present.cleaning import GAP, SPACE, clipped
from impact.report.quotes.lead_ins import BULLET
from impact.report.quotes.quote import BRACKETS, JOINT, PAUSE, SENTENCE, Piece

SHORT, AROUND = 80, 50
"""Characters of a reminder, and how many more it may have, or how many may lead to its marked words.

Source: project judgement.
"""

STOP = re.compile(r"(?=[,;:](?:\s|\Z))|(?<=[\w)\]][.!?])(?<!e\.g\.)(?<!i\.e\.)(?=\s|\Z)|(?=\s[(\[]\w)")
"""Where a reminder ends best."""

WORD = re.compile(r"\w")

BEGINS = (
    SENTENCE,
    PAUSE,
    re.compile(r"\s+(?=(?:and|or|but)\s)"),
    JOINT,
)
"""Where to begin before marked words, the best first: a sentence, a pause, a word that joins."""


def opening(runs: Sequence[Piece]) -> str:
    """Return the first words of a quote, by which one of the same words, or of more of them, is known."""
    return "".join(run.text for run in runs)[:SHORT]


def abridged(runs: Sequence[Piece]) -> str:
    """Return the first words of a quote, or where they do not hold its longest marked words those and what leads there.

    The items of a list that the words introduce are left out.
    """
    kept = [run for run in runs if not run.text.startswith(BULLET)]
    texts = [SPACE.sub(" ", f" {run.text} " if run.gap else run.text) for run in kept]
    said, ends = "".join(texts), list(accumulate(map(len, texts)))
    marks = [(end - len(text), end) for run, text, end in zip(kept, texts, ends, strict=True) if run.marked]
    start, end = max(marks, key=lambda mark: mark[1] - mark[0], default=(0, 0))
    begin = 0 if end <= SHORT + AROUND else _begin(said, start)
    told = _ended(said[begin:].strip(), end - begin)
    told = f"{told[:-1]} {GAP}" if len(kept) < len(runs) and told.endswith(":") else told
    return f"{GAP} {told}" if begin and not told.startswith(GAP) else told


def _ended(said: str, least: int) -> str:
    """Return words up to the pause that is nearest to the length of a reminder, at least so many characters."""
    limit = max(SHORT, least + len(GAP) + 1)
    if len(said) <= max(limit, SHORT + AROUND):
        return said
    found = (one.start() for one in STOP.finditer(said, max(least, SHORT // 3), limit + AROUND))
    pauses = [at for at in found if all(said.count(one, 0, at) <= said.count(two, 0, at) for one, two in BRACKETS)]
    if not pauses:
        return clipped(said, limit)
    at = min(pauses, key=lambda at: abs(at - limit))
    return f"{said[:at].rstrip()} {GAP}" if WORD.search(said, at) else said


def _begin(said: str, start: int) -> int:
    """Return where to begin before what is marked at `start`, or `start` where nothing fits."""
    for pattern in BEGINS:
        if found := [one.end() for one in pattern.finditer(said, max(start - AROUND, 0), start + 1)]:
            return found[0]
    return start
