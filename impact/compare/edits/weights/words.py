"""What the words around a change say of its kind."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from math import log, log1p

from impact.compare.edits.leaning import likeness
from impact.compare.vocabulary import vocabulary
from impact.compare.wording import Coding
from impact.trait_weights import Traits

RUNS, MANY = 3, 9
"""Changed runs of words whose surroundings count, and how many are counted. Source: project judgment."""
NEAR = 3
"""Words before a run among which "by" and "of" count. Source: as above."""
_TOKEN = re.compile(r"[\w']+|[^\w\s]")


def shown_by_words(old: str, new: str) -> frozenset[str]:
    """Return the signs that the words of two sentences, and those around the changed ones, show of a change."""
    sides = _tokens(old), _tokens(new)
    return frozenset((*_exchanged(*sides), *_surroundings(*sides)))


def measured_in_words(old: str, new: str) -> Traits:
    """Return how many words have changed, in how many runs, and how alike the sentences are in words and meaning."""
    from rapidfuzz import fuzz

    sides = _tokens(old), _tokens(new)
    runs, (before, after) = _runs(*sides), (Counter(side) for side in sides)
    longer = log(max(len(new), 1) / max(len(old), 1))
    return {
        "runs": min(len(runs), MANY),
        "longest run": max((end - start + come for start, end, come in runs), default=0),
        "words": log1p(((before - after) + (after - before)).total()),
        "same letters": fuzz.ratio(old, new) / 100,
        "same words": fuzz.ratio(*sides) / 100,
        "same meaning": likeness(old, new),
        "longer": longer,
        "other length": abs(longer),
    }


def _tokens(sentence: str) -> list[str]:
    return [token.lower() for token in _TOKEN.findall(sentence)]


def _exchanged(old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
    """Yield the small words that one sentence has more often."""
    lists = vocabulary().around
    small = lists.joining | lists.opening | lists.counted
    before, after = Counter(old), Counter(new)
    for sign, more in (("-", before - after), ("+", after - before)):
        for word in more.keys() & small:
            yield f"{sign}{word}"
            yield f"changed {word}"


def _surroundings(old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
    """Yield what stands around the first changed runs of words of the old sentence."""
    lists = vocabulary().around
    for start, end, _ in _runs(old, new)[:RUNS]:
        before = [word for word in old[:start] if word not in lists.articles]
        after = [word for word in old[end:] if word not in lists.articles]
        joining = [word for word in before if word in lists.joining]
        yield f"before: {_kind(before[-1:])}"
        yield f"after: {_kind(after[:1])}"
        yield from (f"near: {word}" for word in joining[-1:])
        yield from (f"{word} before" for word in ("by", "of") if word in old[max(0, start - NEAR) : start])
        yield from _section(old, start, end)


def _kind(words: Sequence[str]) -> str:
    """Return a small word or sign that stands beside a change; what it is where it is none."""
    small = bool(words) and (words[0] in vocabulary().around.joining or not words[0].isalpha())
    return words[0] if small else "other" if words else "nothing"


def _section(old: Sequence[str], start: int, end: int) -> Iterator[str]:
    """Yield in which part of a sentence a run of words stands: within a condition, before the first modal verb."""
    lists = vocabulary().around
    opener = next((at for at in range(start - 1, -1, -1) if old[at] in lists.opening), None)
    if opener is not None:
        yield f"behind an opener{' and a comma' if ',' in old[opener:start] else ''}"
    modal = next((at for at, word in enumerate(old) if word in lists.modals), None)
    if modal is not None:
        yield "early" if end <= modal else "late"
    if "of" in old[1:3] and (modal is None or end <= modal):
        yield "of a noun that begins the sentence"


def _runs(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int, int]]:
    """Return start and end of each changed run of the old words, and how many new ones stand in its place."""
    from rapidfuzz.distance import Indel

    coding = Coding()
    changes = Indel.opcodes(coding.encode(old), coding.encode(new))
    return [(row.src_start, row.src_end, row.dest_end - row.dest_start) for row in changes if row.tag != "equal"]
