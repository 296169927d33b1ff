"""Which sentences need not be parsed, since no word of theirs can deny anything or name an attacker."""

import re
from collections.abc import Iterable
from functools import cache

from impact.grammar.lexicon import load
from impact.grammar.values import Party


def may_deny(sentence: str) -> bool:
    """Return whether a sentence has a word that may deny; of any other the reading denies nothing."""
    return bool(_denying().search(sentence))


def may_attack(sentence: str) -> bool:
    """Return whether a sentence has a word for an attacker; in any other nobody is read as one."""
    return bool(_attacking().search(sentence))


@cache
def _denying() -> re.Pattern[str]:
    deniers, frames = load().deniers, load().frame.values()
    whole = deniers.adverbs | deniers.determiners | deniers.nouns | deniers.prepositions | deniers.adjectives
    begun = deniers.verbs | deniers.undoing | {word for frame in frames if frame.denies for word in frame.words}
    beginnings = rf"\b(?:{_either(word.removesuffix('e') for word in begun)})"
    return re.compile(rf"(?:\b|can)(?:{_either(whole)})\b|n[t'\u2019]t\b|{beginnings}", re.IGNORECASE)


@cache
def _attacking() -> re.Pattern[str]:
    nouns, modifiers = load().parties[Party.ATTACKER], load().hostile["modifiers"]
    begun = {noun.removesuffix("y") for noun in nouns}
    return re.compile(rf"\b(?:{_either(begun)})|\b(?:{_either(modifiers)})\b", re.IGNORECASE)


def _either(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words))
