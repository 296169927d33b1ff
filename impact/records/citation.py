"""Words of the document that a statement rests on."""

from dataclasses import dataclass

from impact.records.span import Span


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
