"""What a second reader, a language model that the user trusts, says of clauses."""

from dataclasses import dataclass
from enum import StrEnum

from impact.records.raised_point import Raising
from impact.records.span import Span


class Concurrence(StrEnum):
    """How the second reader stands to a label that a clause is stated to propose."""

    AGREES = "agrees"
    DISAGREES = "disagrees"
    ADDED = "added"


class AnswerStance(StrEnum):
    """What the second reader says of a clause and a label that it names, the strongest first."""

    PROPOSES = "proposes"
    CONTEXT = "context"


READERS = 10
"""Number of readers among whom the second reader counts those who would agree."""

SURE = 7
"""Least number of them from which it says a label without reserve. Source: of 57 such labels that a large language
model gave on 386 clauses of fresh folder 2, readers confirmed 56; of those with 5 or 6, 35 of 62 (docs/measured.md)."""


@dataclass(frozen=True, slots=True)
class SecondReader:
    """The model that reads a second time.

    Attributes:
        model: Name of the model, as its server knows it.
        host: Where it answers; empty where answers came in by file.
        prompt: Digest of the wording of the questions, hexadecimal.
        passes: How often each question is asked.
    """

    model: str
    host: str
    prompt: str
    passes: int = 1

    def __post_init__(self) -> None:
        if not self.model or not self.prompt or self.passes < 1:
            raise ValueError(f"a second reader has a model and a prompt, not {self.model!r} and {self.prompt!r}")


@dataclass(frozen=True, slots=True)
class LabelAnswer:
    """A label that the second reader sees in a clause.

    Attributes:
        stance: Whether the clause makes it happen or only talks about it.
        readers: How many of ten careful readers would say that the clause makes it happen, as it estimates; 0 to 10.
        evidence: Spans of `Document.text` that it quoted, in order; never empty.

    Raises:
        ValueError: If there is no evidence, or the number of readers is outside 0 to 10.
    """

    label: str
    stance: AnswerStance
    readers: int
    evidence: tuple[Span, ...]

    def __post_init__(self) -> None:
        if not self.evidence or not 0 <= self.readers <= READERS:
            raise ValueError(
                f"an answer of {self.label!r} quotes nothing or counts {self.readers} of {READERS} readers"
            )

    @property
    def proposes(self) -> bool:
        """Whether the clause makes it happen, in the eyes of at least half of the readers."""
        return self.stance is AnswerStance.PROPOSES and self.readers >= READERS / 2

    @property
    def sure(self) -> bool:
        """Whether it makes it happen without reserve."""
        return self.proposes and self.readers >= SURE


@dataclass(frozen=True, slots=True)
class ClauseAnswer:
    """What the second reader says of one clause.

    Attributes:
        clause: Id of the clause.
        asked: Labels that it was asked to decide on first, but for those that it named without words of the clause, and
            so neither said nor denied; it may name others.
        labels: What it sees, each label once, in the order of the taxonomy.
    """

    clause: str
    asked: tuple[str, ...]
    labels: tuple[LabelAnswer, ...]

    def __post_init__(self) -> None:
        if len({answer.label for answer in self.labels}) < len(self.labels):
            raise ValueError(f"two answers of one label for clause {self.clause!r}")


@dataclass(frozen=True, slots=True)
class UnreadClause:
    """A clause that was to be read and was not, with the reason in a few words of ours."""

    clause: str
    reason: str


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


@dataclass(frozen=True, slots=True)
class SecondReading:
    """All that a second reader says of a document.

    Attributes:
        clauses: In the order of the text, as `unread`.
        dropped: Quotes that were not in their clause word for word, and were dropped.
        requests: Questions sent for this document; those answered from the cache are not among them.
        tokens: Tokens that the server counted for them.
        raising: Points that it raises on the document as a whole; None where it was not asked for any.
        choice: Passages that it chooses for a brief; None where it was not asked for any.
        read: How many clauses it read, where the answers themselves are not at hand, as in a report.

    Raises:
        ValueError: If a clause is both read and unread, or a number is below zero.
    """

    reader: SecondReader
    clauses: tuple[ClauseAnswer, ...]
    unread: tuple[UnreadClause, ...] = ()
    dropped: int = 0
    requests: int = 0
    tokens: int = 0
    raising: Raising | None = None
    choice: PassageChoice | None = None
    read: int = 0

    @property
    def count(self) -> int:
        """How many clauses it read."""
        return self.read or len(self.clauses)

    def __post_init__(self) -> None:
        both = {answer.clause for answer in self.clauses} & {clause.clause for clause in self.unread}
        if both or min(self.dropped, self.requests, self.tokens) < 0:
            raise ValueError(f"second reading: {sorted(both)} read and unread, or a number below zero")
