"""What grammar says of single sentences of a text; those of which nobody asks are never parsed."""

from collections.abc import Iterable

from impact.grammar import Reading, may_attack, may_deny, read
from impact.records import Span


class Readings:
    """The readings of one text, each made once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._readings: dict[Span, Reading] = {}

    def ahead(self, sentences: Iterable[Span]) -> None:
        """Read at once those of the sentences that may deny something or tell of an attacker."""
        self._read(span for span in sentences if self._marked(span))

    def of(self, sentence: Span) -> Reading:
        """Return what a sentence says."""
        self._read([sentence])
        return self._readings[sentence]

    def denies(self, sentence: Span, words: Span) -> bool:
        """Return whether a sentence denies words of it by others before them."""
        if not may_deny(sentence.of(self._text)):
            return False
        start = sentence.start
        return self.of(sentence).denies(Span(max(words.start - start, 0), words.end - start))

    def hostile(self, sentence: Span) -> bool:
        """Return whether a sentence surely tells of what an attacker does."""
        return may_attack(sentence.of(self._text)) and self.of(sentence).hostile

    def _read(self, sentences: Iterable[Span]) -> None:
        new = [span for span in dict.fromkeys(sentences) if span not in self._readings]
        self._readings.update(zip(new, read(span.of(self._text) for span in new), strict=True))

    def _marked(self, sentence: Span) -> bool:
        words = sentence.of(self._text)
        return may_deny(words) or may_attack(words)
