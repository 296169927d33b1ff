"""The passages that a second reader chooses for a brief."""

from dataclasses import dataclass
from enum import StrEnum

from impact.records.span import Span


class PassageKind(StrEnum):
    """What a passage does: gives a power, admits a danger, protects, or leaves something open."""

    POWER = "power"
    RISK = "risk"
    PROTECTION = "protection"
    GAP = "gap"


@dataclass(frozen=True, slots=True)
class ChosenPassage:
    """A clause that a brief should quote.

    Attributes:
        clause: Its id.
        sentence: The part of it that says most.
        salience: From 0 to 1, as `Salience.chance`.
        protection: Whether it protects people.

    Raises:
        ValueError: If the salience is outside of 0 to 1.
    """

    clause: str
    sentence: Span
    salience: float
    protection: bool

    def __post_init__(self) -> None:
        if not 0 <= self.salience <= 1:
            raise ValueError(f"salience {self.salience} of clause {self.clause}")


@dataclass(frozen=True, slots=True)
class PassageChoice:
    """All passages that a second reader chooses, and how much of the document it saw for that.

    Attributes:
        prompt: Digest of the wording of the questions, hexadecimal.
        passages: In the order of the text.
        seen: Ids of the clauses that it chose from; empty where the report alone is at hand.
        left: Number of assessed clauses that it did not see, or whose answer could not be used.
        unread: Why answers could not be used, each reason once, in a few words of ours.
        dropped: Passages that were not taken over, since they were not as asked for.
        clauses: Number of clauses that it saw, where `seen` is not at hand.
        chosen: Number of passages, where they are not at hand.

    Raises:
        ValueError: If a passage was not seen, or a number is below zero.
    """

    prompt: str
    passages: tuple[ChosenPassage, ...] = ()
    seen: frozenset[str] = frozenset()
    left: int = 0
    unread: tuple[str, ...] = ()
    dropped: int = 0
    clauses: int = 0
    chosen: int = 0

    def __post_init__(self) -> None:
        if min(self.left, self.dropped, self.clauses, self.chosen) < 0:
            raise ValueError("choice of passages: a number below zero")
        if unseen := {passage.clause for passage in self.passages} - self.seen:
            raise ValueError(f"choice of passages: {sorted(unseen)} chosen and not seen")

    @property
    def clause_count(self) -> int:
        """How many clauses it chose from."""
        return self.clauses or len(self.seen)

    @property
    def passage_count(self) -> int:
        """How many passages it chose."""
        return self.chosen or len(self.passages)
