"""Tell sentences that provide for nothing of their own: examples, and what others do or did."""

import re

from impact.advise.detectors.library import Detector, Side, stance
from impact.records import Bearing, Clause, ClauseKind, Span, Strength

_BINDING = {Strength.MUST, Strength.SHOULD}


def aside(side: Side, text: str, clause: Clause, sentence: Span, strength: Strength) -> bool:
    """Return whether a sentence of a clause is an aside for a detector of protections or powers.

    What only takes note counts wherever it stands, and so does one side of two clauses that do not go together.
    """
    if not isinstance(side, Detector) or side.bearing == Bearing.NOTE:
        return False
    if clause.kind is ClauseKind.EXAMPLE:
        return True
    return strength not in _BINDING and (_illustrates(clause) or _tells_of_others(text, sentence, strength))


def _illustrates(clause: Clause) -> bool:
    """Return whether a clause stands under a heading of examples, scenarios or tests, which are no requirements."""
    return any(
        stance().illustrating.search(title) and not re.search("requirement", title, re.IGNORECASE)
        for title in clause.headings
    )


def _tells_of_others(text: str, sentence: Span, strength: Strength) -> bool:
    """Return whether a sentence describes what is common now or was once, apart from what the text proposes."""
    return strength is Strength.DESCRIPTIVE and stance().world.search(sentence.of(text)) is not None
