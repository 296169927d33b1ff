"""A stretch of a document's text, and words of it that a statement rests on."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters `start` to `end` of `Document.text`, 0-based and half-open.

    Raises:
        ValueError: If the span is negative or runs backwards.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"span {self.start}:{self.end} is not 0 <= start <= end")

    def __len__(self) -> int:
        """Return the number of characters."""
        return self.end - self.start

    def of(self, text: str) -> str:
        """Return the characters of `text` that the span points at."""
        return text[self.start : self.end]

    def covers(self, other: "Span") -> bool:
        """Return whether `other` lies inside this span."""
        return self.start <= other.start and other.end <= self.end

    def meets(self, other: "Span") -> bool:
        """Return whether the two spans share a character."""
        return self.start < other.end and other.start < self.end


def merged(spans: Iterable[Span], gap: int = 0) -> tuple[Span, ...]:
    """Return spans in order, with those made one that overlap or have at the most `gap` characters between them."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.start <= joined[-1].end + gap:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return tuple(joined)


@dataclass(frozen=True, slots=True)
class Cited:
    """Words of a clause that a statement rests on.

    Attributes:
        evidence: Where the words are in `Document.text`, in the order of the text, at least one.

    Raises:
        ValueError: If there are no words, or they are out of order.
    """

    clause: str
    evidence: tuple[Span, ...]

    def __post_init__(self) -> None:
        if not self.evidence or list(self.evidence) != sorted(self.evidence):
            msg = f"clause {self.clause}: words {self.evidence} must be at least one span, in the order of the text"
            raise ValueError(msg)
