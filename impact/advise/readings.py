"""What grammar says of single sentences of a text; those of which nobody asks are never parsed."""

from collections.abc import Iterable

from impact.grammar import NounPhrase, Reading, Trait, may_attack, may_deny, read
from impact.records import Span


class Readings:
    """The readings of one text, each made once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._readings: dict[Span, Reading] = {}
        self._attacks: dict[Span, bool] = {}

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
        return self._may_attack(sentence) and self.of(sentence).hostile

    def actor(self, sentence: Span) -> Span | None:
        """Return where who acts stands in the text; none where nobody does, an attacker does, or it cannot be told."""
        reading = self.of(sentence)
        return None if reading.hostile else _within(sentence, reading.actor)

    def object(self, sentence: Span) -> Span | None:
        """Return where the object of the act surely stands in the text."""
        target = self.of(sentence).object
        return _within(sentence, target) if target.sure else None

    def _read(self, sentences: Iterable[Span]) -> None:
        new = [span for span in dict.fromkeys(sentences) if span not in self._readings]
        self._readings.update(zip(new, read(span.of(self._text) for span in new), strict=True))

    def _marked(self, sentence: Span) -> bool:
        return may_deny(sentence.of(self._text)) or self._may_attack(sentence)

    def _may_attack(self, sentence: Span) -> bool:
        if sentence not in self._attacks:
            self._attacks[sentence] = may_attack(sentence.of(self._text))
        return self._attacks[sentence]


def _within(sentence: Span, noun: Trait[NounPhrase]) -> Span | None:
    """Return where a noun of a sentence stands in the text."""
    if noun.value is None:
        return None
    return Span(sentence.start + noun.value.span.start, sentence.start + noun.value.span.end)
