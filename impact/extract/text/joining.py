"""Lay the lines of a paragraph into a document's text: joined by a space, hyphens at line ends judged."""

import re
from collections import deque
from collections.abc import Sequence

from impact.extract.blocks.builder import Assembly
from impact.extract.text.inline import visible
from impact.extract.text.lines import SourceLine

BROKEN = re.compile(r"([^\W\d_]{2,})-$")
NEXT = re.compile(r"([^\W\d_]+)")
LIST_WORDS = frozenset({"and", "or", "und", "oder", "et", "ou", "y", "to", "nor"})
ADDRESS = re.compile(r"(?:[a-z]+://|www\.)\S*[/._=&?-]$|<[a-z]+:\S*$")


class WordStock:
    """The words of a file, gathered when first asked for."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._words: frozenset[str] = frozenset()

    def have(self, word: str) -> bool:
        """Return whether the file has this word, case aside, hyphens being part of a word."""
        if not self._words:
            self._words = frozenset(re.findall(r"[^\W_]+(?:-[^\W_]+)*", self._text.lower()))
        return word.lower() in self._words


def joint(before: str, after: str, words: WordStock) -> tuple[int, str]:
    """Return how two lines of a paragraph meet: characters to drop at the end of the first, and the glue.

    A hyphen is dropped only where the file has the word without it and nowhere with it.
    """
    if ADDRESS.search(before.rsplit(None, 1)[-1]):
        return 0, ""
    broken, following = BROKEN.search(before), NEXT.match(after)
    if not broken:
        return 0, "" if before.endswith("-") and before[-2:-1].isalnum() and after[:1].isalnum() else " "
    if not following:
        return 0, " " if not after[:1].isdigit() else ""
    if following[1].lower() in LIST_WORDS:
        return 0, " "
    whole = broken[1] + following[1]
    sure = following[1].islower() and words.have(whole) and not words.have(f"{broken[1]}-{following[1]}")
    return (1, "") if sure else (0, "")


def put_joined(assembly: Assembly, lines: Sequence[SourceLine], words: WordStock, *, skip: int = 0) -> None:
    """Append lines, none of them blank, as running text, a fragment for each stretch without marks.

    `skip` characters are left out at the start of the first line (a bullet).
    """
    whole = "\n".join(line.text for line in lines)
    stretches = deque(visible(whole))
    start = 0
    for index, line in enumerate(lines):
        drop, glue = joint(line.text, lines[index + 1].text, words) if index + 1 < len(lines) else (0, "")
        first, last = start + (0 if index else skip), start + len(line.text) - drop
        while stretches and stretches[0][0] < last:
            begin, end = max(stretches[0][0], first), min(stretches[0][1], last)
            if begin < end:
                assembly.put(whole[begin:end], origin=line.offset + begin - start, page=line.page)
            if stretches[0][1] > last:
                break
            stretches.popleft()
        assembly.glue(glue)
        start += len(line.text) + 1


def put_verbatim(assembly: Assembly, lines: Sequence[SourceLine | None]) -> None:
    """Append lines as they stand, with their indentation relative to the leftmost; None is a blank line."""
    left = min((line.indent for line in lines if line), default=0)
    for line in lines:
        if line is None:
            assembly.glue("\n")
            continue
        assembly.glue(" " * (line.indent - left))
        assembly.put(line.text, origin=line.offset, page=line.page)
        assembly.glue("\n")
