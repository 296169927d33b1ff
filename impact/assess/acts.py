"""Whether a finding stands where the act itself is ruled by which its power is used, and whether it has to be used."""

import re

from impact.records import Clause, Finding, Strength

FORM = re.compile(
    r"\b(?:identifiers?|formats?|numbers?|octets?|digits?|headers?|fields?|parameters?|timestamps?)\b", re.IGNORECASE
)
"""Words before an act by which it is told to be of a form, and not of what people say. Source: project judgement."""

USED = re.compile(
    r"\W*(?:if|when|where|whenever) (?:it is |they are |this is )?"
    r"(?:used|supported|implemented|applicable|configured|enabled)\b",
    re.IGNORECASE,
)
"""How a sentence begins that binds only whoever uses what it rules. Source: project judgement after reading reports."""


def requires(act: str, finding: Finding, clause: Clause, text: str) -> bool:
    """Return whether a sentence of a clause with a binding finding requires an act.

    Args:
        act: `act` of the mechanism; where it is empty, no sentence does.
        finding: The finding.
        clause: Its clause.
        text: Of the whole document.
    """
    if not act or finding.strength is not Strength.MUST:
        return False
    return any(_requires(act, sentence.of(text)) for sentence, _ in clause.provisions())


def _requires(act: str, words: str) -> bool:
    found = re.search(act, words, re.IGNORECASE)
    return bool(found and not FORM.search(words, 0, found.start()))


def only_where_used(finding: Finding, clause: Clause, text: str) -> bool:
    """Return whether the first sentence with evidence binds only where what it rules is used at all."""
    sentence = next((sentence for sentence in clause.sentences if sentence.meets(finding.evidence[0])), clause.span)
    return finding.strength is Strength.MUST and bool(USED.match(sentence.of(text)))
