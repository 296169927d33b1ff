"""A statement while it is written: words of the sentence, some left out, some put in."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from impact.grammar.restate.lexicon import words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_SPACES, _COMMAS = re.compile(r"\s+"), re.compile(r"(?:\s*,)+(?=\s*,)|\s+(?=,)")


@dataclass(frozen=True, slots=True, eq=False)
class Draft:
    """Words of a sentence by their index.

    Attributes:
        common: As in `Provision`.
        left_out: Words that are not written.
        changed: What is written in the place of a word.
    """

    document: "Doc"
    common: frozenset[str]
    left_out: frozenset[int] = frozenset()
    changed: Mapping[int, str] = field(default_factory=dict)

    def without(self, tokens: Iterable["Token"]) -> "Draft":
        """Return the draft without some words."""
        return replace(self, left_out=self.left_out | {word.i for word in tokens})

    def with_word(self, at: int, text: str) -> "Draft":
        """Return the draft with another word in the place of one."""
        return replace(self, changed={**self.changed, at: text})

    def written(self, start: int, stop: int) -> str:
        """Return the words from `start` to `stop`; inside of a sentence the first without a capital of its own."""
        kept = [word for word in self.document[start:stop] if word.i not in self.left_out]
        if not kept:
            return ""
        parts = [f"{self._word(word)}{word.whitespace_}" for word in kept]
        if kept[0].i not in self.changed:
            parts[0] = f"{self._lowered(kept[0])}{kept[0].whitespace_}"
        return _COMMAS.sub("", _SPACES.sub(" ", "".join(parts))).strip(" ,").removesuffix(", then").rstrip(".")

    def _word(self, word: "Token") -> str:
        if word.i in self.changed:
            return self.changed[word.i]
        pointing = word.dep_ == "det" and word.lower_ in words().pointing_determiners
        return ("The" if word.text[0].isupper() else "the") if pointing else word.text

    def _lowered(self, word: "Token") -> str:
        """Return a word without the capital that it has at the beginning of a sentence alone."""
        text = self._word(word)
        if len(text) > 1 and not (text[0].isupper() and text[1:].islower()):
            return text
        if word.is_stop:  # the tagger takes "The" after a parenthesis for a name
            return text.lower()
        rest = self.document.text[word.idx + len(word) :].lstrip("- ")
        naming = ("PROPN",) if rest[1:2].isupper() else ("NOUN", "PROPN", "ADJ", "VERB")
        titled = word.pos_ in naming and rest[:1].isupper()
        named = word.pos_ == "PROPN" and text.lower() not in self.common
        return text if named or titled else text.lower()
