"""Points that a second reader raises on a document: choices among our own phrases, and its words word for word."""

from dataclasses import dataclass
from enum import StrEnum

from impact.records.span import Cited


class PointKind(StrEnum):
    """What kind of point it is."""

    SCENARIO = "scenario"
    UNMET = "unmet"
    WEAK = "weak"
    MISSING = "missing"
    INCONSISTENT = "inconsistent"


@dataclass(frozen=True, slots=True)
class RaisedPoint:
    """A point for a person to check; all of its words but the quotes are ours.

    Attributes:
        guideline: Section of RFC 9620 under which it stands, "4.14".
        matter: Id of what it is about, in `impact/reader/points/vocabulary.toml`, as `actor` and `affected`.
        actor: Who would act.
        affected: Who would feel it.
        labels: Labels of the taxonomy that the matter concerns; may be none.
        says: The point, one or two sentences.
        ask: What to recommend, one sentence.
        cites: The clauses that it rests on with the words quoted, in the order of the text; an inconsistency has two.
        change: The safeguard that a change of wording of the clause cited first should bring; empty for no change.

    Raises:
        ValueError: If it quotes nothing, or an inconsistency but one passage.
    """

    guideline: str
    kind: PointKind
    matter: str
    actor: str
    affected: str
    labels: tuple[str, ...]
    says: str
    ask: str
    cites: tuple[Cited, ...]
    change: str = ""

    def __post_init__(self) -> None:
        passages = sum(len(cited.evidence) for cited in self.cites)
        if passages < (2 if self.kind is PointKind.INCONSISTENT else 1):
            raise ValueError(f"point {self.kind.value} on {self.matter!r} quotes {passages} passages")


@dataclass(frozen=True, slots=True)
class Raising:
    """All points that a second reader raises on a document, and how much of it was read for them.

    Attributes:
        prompt: Digest of the wording of the questions, hexadecimal.
        points: By guideline, then in the order of the text.
        clauses: Number of clauses that it was given.
        left: Number of assessed clauses that it was not given, or whose answer could not be used.
        unread: Why answers could not be used, each reason once, in a few words of ours.
        dropped: Points and quotes that were not taken over, since they were not as asked for.

    Raises:
        ValueError: If there are points though nothing was read, or a number is below zero.
    """

    prompt: str
    points: tuple[RaisedPoint, ...]
    clauses: int
    left: int = 0
    unread: tuple[str, ...] = ()
    dropped: int = 0

    def __post_init__(self) -> None:
        if min(self.clauses, self.left, self.dropped) < 0 or (self.points and not self.clauses):
            raise ValueError(f"raising: {len(self.points)} points of {self.clauses} clauses, {self.left} left")
