"""Questions made of a fixed wording and the words of a clause."""

from dataclasses import dataclass

from impact.records.span import Span


@dataclass(frozen=True, slots=True)
class Phrase:
    """A run of a sentence: fixed wording, or words of the document.

    Attributes:
        text: As printed; words of the document on one line, their first letter lowered where they began a sentence.
        span: Where the words are in `Document.text`; None for fixed wording.
    """

    text: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A question about one finding.

    Attributes:
        phrases: What it says, from beginning to end.
        strength: Whether it asks only how strongly the clause binds.
        settles: General questions that are not asked beside it, since the text answers them.

    Raises:
        ValueError: If it does not end in a question mark, or a sentence after it in a full stop.
    """

    finding: str
    phrases: tuple[Phrase, ...]
    strength: bool = False
    settles: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.text.endswith(("?", ".")):
            raise ValueError(f"question {self.text!r} does not end as one")

    @property
    def text(self) -> str:
        """All of it in one line."""
        return "".join(phrase.text for phrase in self.phrases)

    @property
    def specific(self) -> bool:
        """Whether words of the clause stand in it."""
        return any(phrase.span for phrase in self.phrases)
