"""The words of a document in a row, with the clauses that begin among them: what stand-off labels count in."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from impact.records import Clause, Span

_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Stream:
    """A document as words; a word is what white space parts, and windows are counted in words from 0.

    Attributes:
        words: All words of `Document.text`, in order.
        clauses: All clauses of the document, in the order of the text.
        begins: Index of the first word of each clause, never falling; a clause that begins within a word begins with
            that word.

    Raises:
        ValueError: If words and spans, or clauses and their beginnings, differ in number, or a beginning precedes
            that of the clause before.
    """

    words: tuple[str, ...]
    spans: tuple[Span, ...]
    clauses: tuple[Clause, ...]
    begins: tuple[int, ...]

    def __post_init__(self) -> None:
        pairs = len(self.words) == len(self.spans) and len(self.clauses) == len(self.begins)
        if not pairs or list(self.begins) != sorted(self.begins):
            msg = f"{len(self.words)} words, {len(self.spans)} spans, {len(self.clauses)} clauses: not one for one"
            raise ValueError(msg)

    def window(self, start: int, count: int) -> str:
        """Return `count` words from `start`, parted by single blanks; fewer at the end of the document."""
        return " ".join(self.words[start : start + count])

    def digest(self, start: int, count: int) -> str:
        """Return the digest of a window, as `digest` of its text: no word of a stream has white space in it."""
        return sha256(self.window(start, count).encode()).hexdigest()

    def start(self, clause: str, offset: int) -> int | None:
        """Return the index of the word `offset` words after the first word of a clause; None for an unknown id.

        With an empty id the words are counted from the beginning of the document, as `address` does.
        """
        if not clause:
            return offset
        return next(
            (begin + offset for text, begin in zip(self.clauses, self.begins, strict=True) if text.id == clause), None
        )

    def address(self, start: int) -> tuple[str, int]:
        """Return the id of the last clause that begins at or before a word, and the words between.

        The id is empty, and the words are counted from the beginning of the document, before the first clause.
        """
        place = bisect_right(self.begins, start) - 1
        return (self.clauses[place].id, start - self.begins[place]) if place >= 0 else ("", start)

    def clause_at(self, start: int) -> Clause | None:
        """Return the last clause that begins at or before a word; None before the first clause."""
        place = bisect_right(self.begins, start) - 1
        return self.clauses[place] if place >= 0 else None

    def end(self, clause: Clause) -> int:
        """Return the index behind the last word of a clause."""
        return bisect_left(self.spans, clause.span.end, key=lambda span: span.start)


def stream_of(text: str, clauses: Sequence[Clause]) -> Stream:
    """Return the stream of a document's text and its clauses (in any order)."""
    matches = list(_WORD.finditer(text))
    spans = tuple(Span(*match.span()) for match in matches)
    ordered = tuple(sorted(clauses, key=lambda clause: (clause.span.start, clause.span.end)))
    ends = [span.end for span in spans]
    begins = tuple(bisect_right(ends, clause.span.start) for clause in ordered)
    return Stream(tuple(match[0] for match in matches), spans, ordered, begins)


def digest(text: str) -> str:
    """Return the SHA-256, hexadecimal, of a text whose white space is made single blanks."""
    return sha256(" ".join(text.split()).encode()).hexdigest()
