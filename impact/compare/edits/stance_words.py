"""The words by which the stance of a rule is told: stance.toml."""

from dataclasses import dataclass

from impact.typed import loader

Words = frozenset[str]


@dataclass(frozen=True, slots=True)
class StanceWords:
    """The whole of stance.toml."""

    people: Words
    matters: Words
    protects: Words
    powers: Words
    grave: Words
    gains: Words
    received: Words
    technical: Words
    open: Words
    accounts: Words
    gives: Words
    reasons: Words
    guards: tuple[str, ...]
    contests: Words
    things: Words
    carried: Words
    ambiguous: Words
    withholds: Words
    tells: Words
    oversees: Words
    overseen: Words
    uses: Words
    bound: Words
    free: Words
    redress: Words
    registers: Words
    joining: Words
    discretion: Words
    texts: Words
    secret: Words
    agrees: Words
    grants: Words
    humane: Words


stance_words = loader(StanceWords, "impact.compare.edits", "stance.toml")
