"""A few words that remind a reader of a quote that stands elsewhere in the report."""

import re
from collections.abc import Sequence
from itertools import accumulate

from impact.present.cleaning import GAP, SPACE, clipped, plain
from impact.report.quotes.lead_ins import BULLET
from impact.report.quotes.quote import BRACKETS, JOINT, PAUSE, SENTENCE, Piece

SHORT, AROUND = 80, 50
"""Characters of a reminder, and how many more it may have, or how many may lead to its marked words.

Source: project judgment.
"""

STOP = re.compile(r"(?=[,;:](?:\s|\Z))|(?<=[\w)\]][.!?])(?<!e\.g\.)(?<!i\.e\.)(?=\s|\Z)|(?=\s[(\[]\w)")
"""Where a reminder ends best."""

WORD = re.compile(r"\w")

BEGINS = (SENTENCE, PAUSE, re.compile(r"\s+(?=(?:and|or|but)\s)"), JOINT)
"""Where to begin before marked words, the best first: a sentence, a pause, a word that joins."""


def opening(runs: Sequence[Piece]) -> str:
    """Return the first words of a quote, by which one of the same words, or of more of them, is known."""
    return "".join(run.text for run in runs)[:SHORT]


def abridged(runs: Sequence[Piece]) -> str:
    """Return the first words of a quote, or where they do not hold its longest marked words those and what leads there.

    The items of a list that the words introduce are left out.
    """
    words = [run for run in runs if not run.text.startswith(BULLET)]
    texts = [SPACE.sub(" ", f" {run.text} " if run.gap else run.text) for run in words]
    quoted, ends = "".join(texts), list(accumulate(map(len, texts)))
    marks = [(end - len(text), end) for run, text, end in zip(words, texts, ends, strict=True) if run.marked]
    start, end = max(marks, key=lambda mark: mark[1] - mark[0], default=(0, 0))
    begin = 0 if end <= SHORT + AROUND else _begin(quoted, start)
    short = _ended(quoted[begin:].strip(), end - begin)
    short = f"{short[:-1]} {GAP}" if len(words) < len(runs) and short.endswith(":") else short
    return f"{GAP} {short}" if begin and not short.startswith(GAP) else short


def telling_words(runs: Sequence[Piece]) -> str:
    """Return a reminder that has a marked phrase and ends where a phrase ends; empty where there is none.

    A single marked word seldom says what the quote is about, and neither does a sentence that is cut before its verb.
    """
    short = abridged(runs)
    core, quoted = plain(short.removeprefix(GAP).removesuffix(GAP)), plain("".join(run.text for run in runs))
    marks = [plain(run.text) for run in runs if run.marked]
    at = quoted.find(core)
    ends = at >= 0 and (quoted.endswith(core) or STOP.match(quoted, at + len(core)))
    return short if ends and any(" " in mark and mark in core for mark in marks) else ""


def _ended(words: str, least: int) -> str:
    """Return words up to the pause that is nearest to the length of a reminder, at least so many characters."""
    limit = max(SHORT, least + len(GAP) + 1)
    if len(words) <= max(limit, SHORT + AROUND):
        return words
    stops = (match.start() for match in STOP.finditer(words, max(least, SHORT // 3), limit + AROUND))
    pauses = [
        at for at in stops if all(words.count(match, 0, at) <= words.count(two, 0, at) for match, two in BRACKETS)
    ]
    if not pauses:
        return clipped(words, limit)
    at = min(pauses, key=lambda at: abs(at - limit))
    return f"{words[:at].rstrip()} {GAP}" if WORD.search(words, at) else words


def _begin(words: str, start: int) -> int:
    """Return where to begin before what is marked at `start`, or `start` where nothing fits."""
    for pattern in BEGINS:
        if begins := [match.end() for match in pattern.finditer(words, max(start - AROUND, 0), start + 1)]:
            return begins[0]
    return start
