"""What the trained heads see of a clause: its words, where it stands, and what the cues say of it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from impact.classify.cues import Signal, signals
from impact.classify.names import masked
from impact.records import Clause, ClauseKind, Proposal

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LONGEST = 300
"""Characters of title and headings that count. Source: project judgment; nearly all are shorter."""

SURE = 0.5
"""How sure the cues must be of mere talk for it to count as such. Source: as `impact.classify.cues.ENOUGH`."""

_BLANK = re.compile(r"\s+")

_WORD = r"(?:[A-Za-z][a-z'\u2019-]*|[A-Z]{2,})"
_RUN = re.compile(rf"{_WORD}(?:[,;]?\s{{1,80}}(?:(?:#|//|--|;|\*)\s{{1,80}})?{_WORD}){{5,60}}")
"""Six words or more in a row in code, over the line ends and signs of comments between them. Source: project judgment;
names of the parts of drawings, fields and rules of a grammar are shorter."""

_FUNCTION = re.compile(
    r"\b(?:the|an?|of|to|is|are|be|that|this|if|when|for|by|with|not|must|shall|may|should|will|can|in|on|and|or)\b",
    re.IGNORECASE,
)
"""Words without which English has hardly a sentence. Source: project judgment, after lists of stop words."""


@dataclass(frozen=True, slots=True)
class View:
    """An assessed clause as the heads see it.

    Attributes:
        number: 0-based place among the clauses of the document.
        text: Its words, parted by single blanks, names masked.
        setting: Title of the document and the two innermost headings, names masked.
        cues: What the cues say, by label; labels that they do not speak of are absent.
    """

    number: int
    text: str
    setting: str
    cues: Mapping[str, Signal] = field(repr=False)

    def __post_init__(self) -> None:
        if not self.text or self.number < 0:
            raise ValueError(f"clause {self.number} has no text")

    def confidence(self, labels: Sequence[str]) -> "NDArray[np.float32]":
        """Return how sure the cues are that the clause proposes each label, 0 to 1, shape (labels,)."""
        import numpy as np

        return np.array([self.cues[label].proposes if label in self.cues else 0.0 for label in labels], np.float32)

    def only_talks(self, label: str) -> bool:
        """Return whether the cues are sure that the clause talks about a label, and no cue says that it proposes it.

        Words and vectors hardly tell "shall be informed" from "shall not be informed"; the cues' rules of stance do.
        Source: project judgment after reading reports; of 44 development pairs of clause and label that it holds for
        readers say of none that the clause proposes the label.
        """
        signal = self.cues.get(label)
        return signal is not None and signal.proposes == 0 and signal.touches >= SURE


def views(proposal: Proposal, clauses: Sequence[Clause], mechanisms: frozenset[str]) -> list[View]:
    """Return the assessed clauses of a document as the heads see them, in order."""
    text = proposal.document.text
    signals_of: dict[int, dict[str, Signal]] = {}
    for (number, label), signal in signals(proposal, clauses, mechanisms).items():
        signals_of.setdefault(number, {})[label] = signal
    return [
        View(number, plain(masked(clause.span.of(text))), setting(proposal, clause), signals_of.get(number, {}))
        for number, clause in enumerate(clauses)
        if clause.assessed and clause.span.of(text).strip() and not is_bare_code(clause, text)
    ]


def is_bare_code(clause: Clause, text: str) -> bool:
    """Return whether a clause is code without running words: a drawing, a grammar, a listing without comments.

    Args:
        clause: Of a document.
        text: Text of the document.
    """
    if clause.kind is not ClauseKind.CODE:
        return False
    return all(len(_FUNCTION.findall(run[0])) < 2 for run in _RUN.finditer(clause.span.of(text)))


def setting(proposal: Proposal, clause: Clause) -> str:
    """Return the title of the document and the two innermost headings above a clause, on one line."""
    return f"{_named(proposal.title)}. {' > '.join(map(_named, clause.headings[-2:]))}"[:LONGEST]


@lru_cache(maxsize=1024)
def _named(title: str) -> str:
    return plain(masked(title))


def plain(text: str) -> str:
    """Return a text with single blanks for white space."""
    return _BLANK.sub(" ", text).strip()
