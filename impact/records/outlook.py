"""How clauses are judged beyond what classification says of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from impact.records.clause import Clause
from impact.records.span import Span


@dataclass(frozen=True, slots=True)
class LabelOdds:
    """How likely a network takes a clause to propose each label, or only to mention it.

    Attributes:
        proposed: Log odds by label.
        mentioned: Log odds by label, of the same labels.

    Raises:
        ValueError: If there are no labels, or not the same ones.
    """

    proposed: Mapping[str, float]
    mentioned: Mapping[str, float]

    def __post_init__(self) -> None:
        if not self.proposed or self.proposed.keys() != self.mentioned.keys():
            raise ValueError(f"odds of {sorted(self.proposed)} and {sorted(self.mentioned)}")


@dataclass(frozen=True, slots=True)
class PassageOdds:
    """How likely a network takes readers to want to see a clause.

    Attributes:
        shown: Log odds that they show it.
        first: Log odds that it is among what they want to see first.
        sentences: How much each of its sentences says of that, more is higher; at least one.
    """

    shown: float
    first: float
    sentences: tuple[float, ...]

    def __post_init__(self) -> None:
        if not self.sentences:
            raise ValueError("odds of a passage without sentences")


@dataclass(frozen=True, slots=True)
class PassageTopics:
    """What a network takes a clause to be about, and to be for.

    Attributes:
        protects: Log odds that it is wanted for what protects people, and not for a power, a risk or a gap.
        topics: Log odds that it is about each topic.
    """

    protects: float
    topics: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Outlook:
    """How clauses of a document are judged beyond what is said of them.

    Attributes:
        way: Name of the way of judging: "model", "fast" or "cues".
        odds: What the network of that way makes of an assessed clause; none where the way has no network.
        passage: Whether readers want to see an assessed clause; none where the way has no network that can tell.
        about: What an assessed clause is about; none likewise.
        introduces: Log odds that a sentence of a clause introduces the document to a stranger; none likewise.
    """

    way: str
    odds: Callable[[Clause], LabelOdds | None]
    passage: Callable[[Clause], PassageOdds | None]
    about: Callable[[Clause], PassageTopics | None]
    introduces: Callable[[Clause, Span], float | None]
