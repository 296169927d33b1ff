"""Where the words of a labeled clause stand in our own reading of its document."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from impact.records import Span

ALIKE = 0.6
"""Share of words that a labeled clause must have in common with the stretch of text taken for it. Source: project
judgment; readers' paragraphs and ours may differ by list marks, markup, captions and lines of a page."""

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class WordPlace:
    """Where a labeled clause stands: a span of `Document.text`, and whether its words stand there one for one."""

    span: Span
    literal: bool


class WordRow:
    """Words in a row, in which others are looked for."""

    def __init__(self, words: Sequence[str]) -> None:
        self._text = f" {' '.join(words)} "
        self._offsets = list(accumulate((len(word) + 1 for word in words), initial=0))

    def starts(self, words: Sequence[str]) -> Iterator[int]:
        """Yield where the words stand one after another: the index of the first of them. No words stand nowhere."""
        needle = f" {' '.join(words)} "
        at = self._text.find(needle) if words else -1
        while at >= 0:
            yield bisect_left(self._offsets, at)
            at = self._text.find(needle, at + 1)


class Words:
    """The words of a document, without signs and capitals, each with its place."""

    def __init__(self, text: str) -> None:
        matches = list(_WORD.finditer(text))
        self._words = [match[0].casefold() for match in matches]
        self._spans = [Span(*match.span()) for match in matches]
        self._row = WordRow(self._words)

    def places(self, texts: Sequence[str]) -> tuple[WordPlace | None, ...]:
        """Return the place of each text, None where the document has no such text.

        A text that occurs several times takes the occurrences in turn as often as it is asked for. One that does not
        occur word for word takes the stretch of as many words that shares most with it, if these are `ALIKE`.
        """
        counts: Counter[tuple[str, ...]] = Counter()
        places: list[WordPlace | None] = []
        for text in texts:
            words = tuple(match[0].casefold() for match in _WORD.finditer(text))
            if starts := list(self._row.starts(words)):
                start = starts[min(counts[words], len(starts) - 1)]
                counts[words] += 1
                places.append(WordPlace(self._span(start, len(words)), literal=True))
            else:
                places.append(self._likest(words))
        return tuple(places)

    def within(self, span: Span) -> int:
        """Return how many words begin in a span."""
        first, last = (bisect_left(self._spans, at, key=lambda word: word.start) for at in (span.start, span.end))
        return last - first

    def _span(self, start: int, count: int) -> Span:
        return Span(self._spans[start].start, self._spans[start + count - 1].end)

    def _likest(self, words: Sequence[str]) -> WordPlace | None:
        """Return the first stretch of `len(words)` words that shares most of them, each as often as it occurs."""
        count = min(len(words), len(self._words))
        if not count:
            return None
        lacking, shared, best = Counter(words), 0, (0, 0)
        for end, word in enumerate(self._words):
            shared += lacking[word] > 0
            lacking[word] -= 1
            if end >= count:
                left = self._words[end - count]
                lacking[left] += 1
                shared -= lacking[left] > 0
            if end >= count - 1 and shared > best[0]:
                best = shared, end - count + 1
        return WordPlace(self._span(best[1], count), literal=False) if best[0] >= ALIKE * len(words) else None
