"""words.toml, typed: the words by which sentences are restated."""

import re
from dataclasses import dataclass

from impact.typed import loader

_Words = frozenset[str]


@dataclass(frozen=True, slots=True)
class UnfitPart:
    """What a sentence may not hold, and why."""

    pattern: re.Pattern[str]
    why: str


@dataclass(frozen=True, slots=True)
class RestatingWords:
    """All of words.toml; see there."""

    most_words: int
    most_subject: int
    most_condition: int
    most_moved: int
    most_with_tail: int
    limiting: re.Pattern[str]
    conditional: re.Pattern[str]
    opener: re.Pattern[str]
    loosening: re.Pattern[str]
    reference: re.Pattern[str]
    reference_bound: re.Pattern[str]
    example: re.Pattern[str]
    loose: re.Pattern[str]
    stem_open: re.Pattern[str]
    stem_following: re.Pattern[str]
    stem_choice: re.Pattern[str]
    stem_alone: re.Pattern[str]
    stem_bound: re.Pattern[str]
    item_end: re.Pattern[str]
    item_or: re.Pattern[str]
    pronouns: _Words
    empty_determiners: _Words
    pointing_determiners: _Words
    vague_nouns: _Words
    leading_verbs: _Words
    possible_verbs: _Words
    telling_verbs: _Words
    telling_determiners: _Words
    joining_adverbs: _Words
    condition_marks: _Words
    leading_prepositions: _Words
    condition_prepositions: _Words
    leads: dict[str, str]
    unfit: tuple[UnfitPart, ...]


words = loader(RestatingWords, "impact.grammar.restate", "words.toml")
