"""What a text says to the guidelines of RFC 9620, and where it says two things that do not go together."""

from dataclasses import dataclass
from enum import StrEnum

from impact.records.clause import Strength
from impact.records.span import Cited


class Bearing(StrEnum):
    """How clauses bear on a guideline, in the order in which a review names them."""

    BENEFIT = "benefit"
    POWER = "power"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Point:
    """What some clauses say to a guideline.

    Attributes:
        topic: Id of the mechanism, safeguard or detector.
        bearing: Whether the clauses protect people, would permit a power, or only bear on the guideline.
        strength: How far the clause cited first binds in the words cited; others may be stronger.
        says: What it does for people or may enable, one sentence.
        ask: What to recommend; empty where there is nothing to ask.
        source: Where the point comes from.
        cites: The clauses, the most telling first.
        doubtful: Whether a reader must decide on each of the clauses.
        weak: Of a benefit, the clauses that only recommend or permit it, or hold it to a measure without a test, with
            the words that do so.

    Raises:
        ValueError: If no clause is cited.
    """

    topic: str
    name: str
    bearing: Bearing
    strength: Strength
    says: str
    ask: str
    source: str
    cites: tuple[Cited, ...]
    doubtful: bool = False
    weak: tuple[Cited, ...] = ()

    def __post_init__(self) -> None:
        if not self.cites:
            raise ValueError(f"point {self.topic!r}: no clause is cited")


@dataclass(frozen=True, slots=True)
class Omission:
    """Something that no clause was found to say, said precisely; `id` as in guidelines.toml.

    `clauses` are the ids of those that even deny it, or that name a document which may say it; `also` are the ids of
    further ones that it says in the same breath. `matter` names what is lacking, for a sentence on several; empty where
    the sentence is on something else too.
    """

    id: str
    says: str
    ask: str
    source: str
    clauses: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    matter: str = ""


@dataclass(frozen=True, slots=True)
class GuidelineAnswer:
    """What the text says to one guideline of RFC 9620 section 4.

    Attributes:
        number: Section of RFC 9620, "4.14".
        title: Official title of the section.
        question: What to ask, in the project's words.
        rights: Ids of the rights concerned, in the order of the taxonomy; empty where no firm clause was found on it.
        points: Benefits first, then powers, then notes.
        omissions: What no clause was found to say.
        also: Ids of further powers found firmly that bear on it, and the section under which each is told.
    """

    number: str
    title: str
    question: str
    rights: tuple[str, ...] = ()
    points: tuple[Point, ...] = ()
    omissions: tuple[Omission, ...] = ()
    also: tuple[tuple[str, str], ...] = ()

    @property
    def touched(self) -> bool:
        """Whether any clause was found that bears on the guideline."""
        return bool(self.points)


@dataclass(frozen=True, slots=True)
class Tension:
    """Two clauses that do not go together, or of which the one that protects is the weaker.

    Attributes:
        kind: Id of the rule: "weaker", "uneven", "ban", "counter", "claim", "nongoal" or "unfilled".
        guideline: Section of RFC 9620 under which it stands.
        says: What the two say, one sentence.
        ask: What to recommend.
        first: The clause that protects or bans.
        second: The clause that permits or requires.
        source: Where the rule comes from.

    Raises:
        ValueError: If both are the same words.
    """

    kind: str
    guideline: str
    says: str
    ask: str
    first: Cited
    second: Cited
    source: str

    def __post_init__(self) -> None:
        if self.first == self.second:
            msg = f"{self.kind} in {self.guideline}: both sides are the same words of clause {self.first.clause}"
            raise ValueError(msg)
