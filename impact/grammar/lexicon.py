"""The words that the reading of sentences goes by."""

from dataclasses import dataclass
from functools import cache
from typing import Literal

from impact.grammar.values import Matter, Party
from impact.records.clause import Strength
from impact.typed import Pattern
from impact.typed import load as load_toml

Form = Literal["active", "passive", "adjective"]
Words = frozenset[str]


@dataclass(frozen=True, slots=True)
class Frame:
    """Verbs, participles or adjectives that only say whether or how firmly an act is done.

    Attributes:
        strength: What they add; none for words that say nothing of duty.
        denies: Whether the act does not come about.
    """

    name: str
    form: Form
    words: Words
    strength: Strength | None = None
    denies: bool = False


@dataclass(frozen=True, slots=True)
class Deniers:
    """Words that deny: at the main verb, or behind themselves; `undoing` are verbs and nouns that deny no act."""

    verbs: Words
    adjectives: Words
    adverbs: Words
    determiners: Words
    nouns: Words
    prepositions: Words
    undoing: Words


@dataclass(frozen=True, slots=True)
class Conditions:
    """Words that begin a condition."""

    conjunctions: Words
    prepositions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All lists of words, base forms in small letters; `absence` is a pattern for what is not there."""

    absence: Pattern
    frame: dict[str, Frame]
    modals: dict[Strength, Words]
    deniers: Deniers
    conditions: Conditions
    aims: dict[str, Words]
    manners: dict[str, Words]
    reports: dict[str, Words]
    parties: dict[Party, Words]
    hostile: dict[str, Words]
    matters: dict[Matter, Words]

    def frame_of(self, word: str, form: Form) -> Frame | None:
        """Return the frame that a word makes in that form."""
        return next((frame for frame in self.frame.values() if frame.form == form and word in frame.words), None)


@cache
def load() -> Lexicon:
    """Return the words that ship with the program.

    Raises:
        DataError: If the file contradicts itself.
    """
    return load_toml(Lexicon, "impact.grammar", "words.toml")
