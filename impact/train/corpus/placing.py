"""Find where the texts that readers labeled stand in our reading of their document."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from impact.train.corpus.alignment import WordRow
from impact.train.corpus.stream import Stream

ALIKE = 0.85
"""Share of words that a labeled text and ours must have in common. Source: project judgment; another reading of the
same file differs by bullets, markup and hyphens, while neighboring clauses share far fewer words."""

RUN = 8
"""Most clauses that one labeled text may stand for. Source: project judgment; readers' paragraphs hold a lead-in and
the items of a list. Of 431 readings of further documents that three did not place, eight place a sixth."""

_MARKUP = re.compile(r"\]\([^()\s]*(?:\([^()]*\)[^()\s]*)*\)|\]\[[^\]]*\]|\{[^}]*\}|https?://\S+|<[^<>]+>")
"""Targets of links, attributes and tags: a reader of the source saw them, our reading has dropped them."""

_ANCHORS = 3
"""Clauses that share most with a text, around which runs are tried. Source: project judgment."""

_GRAM = 3
"""Words in a row that clauses are found by. Source: project judgment."""

_PLAIN = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Window:
    """Words `start` to `start + words` of a stream; `fitted` where they are ours and not the reader's own."""

    start: int
    words: int
    fitted: bool = False

    def __post_init__(self) -> None:
        if self.start < 0 or self.words < 1:
            raise ValueError(f"window of {self.words} words at {self.start}")


def place(stream: Stream, texts: Sequence[str], addresses: Sequence[str] = ()) -> tuple[Window | None, ...]:
    """Return the window of each text, no window twice, None where the document has no such text.

    A text that is the clause of its address is that clause. One that occurs word for word elsewhere is its
    occurrence: rather one that begins a clause, then the first after the text before it. Others become the one to
    `RUN` neighboring assessed clauses that are most like them, if alike enough.

    Args:
        stream: The document.
        texts: Of one document, in any order; better in the order of the document.
        addresses: Id of the clause that each text was when it was read; empty where unknown, as are all if left out.
    """
    windows = _addressed(stream, texts, addresses or [""] * len(texts))
    occupied = {(window.start, window.words) for window in windows if window}
    row, begins, last = WordRow(stream.words), set(stream.begins), 0
    for number, text in enumerate(texts):
        words = text.split()
        if placed := windows[number]:
            last = placed.start
        elif free := [start for start in row.starts(words) if (start, len(words)) not in occupied]:
            _, _, last = min((start not in begins, start < last, start) for start in free)
            windows[number] = Window(last, len(words))
            occupied.add((last, len(words)))
    clauses = _Runs(stream)
    for number, text in enumerate(texts):
        if windows[number] is None and (window := clauses.choose(text, occupied)):
            windows[number] = window
            occupied.add((window.start, window.words))
    return tuple(windows)


def _addressed(stream: Stream, texts: Sequence[str], addresses: Sequence[str]) -> list[Window | None]:
    begins = {clause.id: begin for clause, begin in zip(stream.clauses, stream.begins, strict=True)}
    windows: list[Window | None] = []
    for text, address in zip(texts, addresses, strict=True):
        words = text.split()
        start = begins.get(address, len(stream.words))
        stands = bool(words) and stream.words[start : start + len(words)] == tuple(words)
        windows.append(Window(start, len(words)) if stands else None)
    return windows


class _Runs:
    """Runs of neighboring assessed clauses, compared by their words without signs and capitals."""

    def __init__(self, stream: Stream) -> None:
        self._spans: list[tuple[int, int]] = []
        for clause, begin in zip(stream.clauses, stream.begins, strict=True):
            if clause.assessed and begin < stream.end(clause):
                self._spans.append((begin, stream.end(clause)))
        self._plain = [_plain(" ".join(stream.words[begin:end])) for begin, end in self._spans]
        self._holders: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for number, words in enumerate(self._plain):
            for gram in _grams(words):
                self._holders[gram].append(number)

    def choose(self, text: str, occupied: set[tuple[int, int]]) -> Window | None:
        plain = _plain(text)
        matcher = SequenceMatcher(autojunk=False)
        matcher.set_seq2(plain)
        best, window = ALIKE, None
        for first, last in self._candidates(plain):
            start, end = self._spans[first][0], self._spans[last - 1][1]
            if (start, end - start) in occupied or end <= start:
                continue
            matcher.set_seq1([word for words in self._plain[first:last] for word in words])
            if (
                matcher.real_quick_ratio() >= best
                and matcher.quick_ratio() >= best
                and (like := matcher.ratio()) >= best
            ):
                best, window = like, Window(start, end - start, fitted=True)
        return window

    def _candidates(self, plain: Sequence[str]) -> list[tuple[int, int]]:
        """Return runs, half-open, around the clauses that share most with a text."""
        shared = Counter(number for gram in _grams(plain) for number in self._holders.get(gram, ()))
        return sorted(
            {
                (first, first + length)
                for anchor, _ in shared.most_common(_ANCHORS)
                for length in range(1, RUN + 1)
                for first in range(max(0, anchor - length + 1), anchor + 1)
                if first + length <= len(self._spans)
            },
            key=lambda run: (run[1] - run[0], run[0]),
        )


def _plain(text: str) -> list[str]:
    return _PLAIN.findall(_MARKUP.sub(" ", text).casefold())


def _grams(words: Sequence[str]) -> set[tuple[str, ...]]:
    return {tuple(words[at : at + _GRAM]) for at in range(max(1, len(words) - _GRAM + 1))}
