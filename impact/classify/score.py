"""What a judge says of one clause and one label."""

from dataclasses import dataclass

from impact.records import Span, Strength


@dataclass(frozen=True, slots=True)
class Score:
    """A judge's word that a clause touches a label.

    Attributes:
        clause: 0-based place of the clause among those given to the judge.
        label: Id of a mechanism or safeguard.
        proposes: Whether the clause makes it happen; otherwise it only talks about it.
        confidence: 0 to 1: how likely a careful reader is to agree.
        evidence: Spans of `Document.text`, in order; never empty.
        strength: Normative strength of the sentence that carries it.
    """

    clause: int
    label: str
    proposes: bool
    confidence: float
    evidence: tuple[Span, ...]
    strength: Strength
