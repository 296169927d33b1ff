"""grammar.toml, typed: how sentences of standards are read."""

import re
from dataclasses import dataclass

from impact.typed import Pattern, loader


@dataclass(frozen=True, slots=True)
class SentenceGrammar:
    """Patterns for verbs, phrases and headings, see grammar.toml."""

    modal: re.Pattern[str]
    binding: re.Pattern[str]
    ruling: re.Pattern[str]
    normative: re.Pattern[str]
    house: re.Pattern[str]
    verb: re.Pattern[str]
    negated: Pattern
    ban: Pattern
    acting: str
    joint: re.Pattern[str]
    able: re.Pattern[str]
    possible: Pattern
    and_to: re.Pattern[str]
    objects: frozenset[str]
    after_verb: frozenset[str]
    word: re.Pattern[str]
    actor: re.Pattern[str]
    to: re.Pattern[str]
    conditioned: Pattern
    timed: Pattern
    existing: Pattern
    fragment: re.Pattern[str]
    its: re.Pattern[str]
    such: re.Pattern[str]
    tail: re.Pattern[str]
    abbreviation: re.Pattern[str]
    heading_number: Pattern
    shaping: frozenset[str]
    sectioned: frozenset[str]


grammar = loader(SentenceGrammar, "impact.advise", "grammar.toml")
