"""Which sentences need not be parsed, since no word of theirs can deny anything or name an attacker."""

import re
from collections.abc import Iterable
from functools import cache

from impact.casing import lower, lower_pattern
from impact.grammar.lexicon import load
from impact.grammar.values import Party


def may_deny(sentence: str) -> bool:
    """Return whether a sentence has a word that may deny; of any other the reading denies nothing."""
    return _has(_denying(), sentence)


def may_attack(sentence: str) -> bool:
    """Return whether a sentence has a word for an attacker; in any other nobody is read as one."""
    return _has(_attacking(), sentence)


def _has(source: str, sentence: str) -> bool:
    lowered, pattern = lower(sentence), _lower_pattern(source)
    if lowered is None or pattern is None:
        return bool(re.search(source, sentence, re.IGNORECASE))
    return bool(pattern.search(lowered))


@cache
def _lower_pattern(source: str) -> re.Pattern[str] | None:
    return lower_pattern(source)


@cache
def _denying() -> str:
    deniers, frames = load().deniers, load().frame.values()
    whole = deniers.adverbs | deniers.determiners | deniers.nouns | deniers.prepositions | deniers.adjectives
    begun = deniers.verbs | deniers.undoing | {word for frame in frames if frame.denies for word in frame.words}
    beginnings = rf"\b(?:{_either(word.removesuffix('e') for word in begun)})"
    return rf"(?:\b|can)(?:{_either(whole)})\b|n[t'\u2019]t\b|{beginnings}"


@cache
def _attacking() -> str:
    nouns, modifiers = load().parties[Party.ATTACKER], load().hostile["modifiers"]
    begun = {noun.removesuffix("y") for noun in nouns}
    return rf"\b(?:{_either(begun)})|\b(?:{_either(modifiers)})\b"


def _either(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words))
