"""Whether a finding stands where the act itself is ruled by which its power is used, and whether it has to be used."""

import re

from impact.assess.library import library
from impact.records import Clause, Finding, Strength


def requires(act: str, finding: Finding, clause: Clause, text: str) -> bool:
    """Return whether a sentence of a clause with a binding finding requires an act; where `act` is empty, none does."""
    if not act or finding.strength is not Strength.MUST:
        return False
    return any(_requires(act, sentence.of(text)) for sentence, _ in clause.provisions())


def _requires(act: str, words: str) -> bool:
    verb = re.search(act, words, re.IGNORECASE)
    return bool(verb and not library().form.search(words, 0, verb.start()))


def only_where_used(finding: Finding, clause: Clause, text: str) -> bool:
    """Return whether the first sentence with evidence binds only where what it rules is used at all."""
    sentence = next((sentence for sentence in clause.sentences if sentence.meets(finding.evidence[0])), clause.span)
    return finding.strength is Strength.MUST and bool(library().used.match(sentence.of(text)))
