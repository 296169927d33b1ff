"""Read a sentence by its grammar: who does what to whom or what, and how."""

from impact.grammar.absence import absent
from impact.grammar.gate import may_attack, may_deny
from impact.grammar.identity import digest
from impact.grammar.read import read
from impact.grammar.ruling import ruled
from impact.grammar.values import Certainty, Matter, NounPhrase, Party, Polarity, Reading, Surroundings, Trait, Voice

__all__ = [
    "Certainty",
    "Matter",
    "NounPhrase",
    "Party",
    "Polarity",
    "Reading",
    "Surroundings",
    "Trait",
    "Voice",
    "absent",
    "digest",
    "may_attack",
    "may_deny",
    "read",
    "ruled",
]
