"""Whether a finding stands where the act itself is ruled by which its power is used."""

import re

from impact.records import Clause, Finding, Strength

FORM = re.compile(
    r"\b(?:identifiers?|formats?|numbers?|octets?|digits?|headers?|fields?|parameters?|timestamps?)\b", re.IGNORECASE
)
"""Words before an act by which it is told to be of a form, and not of what people say. Source: project judgement."""


def requires(act: str, finding: Finding, clause: Clause, text: str) -> bool:
    """Return whether the first sentence with evidence of a finding requires an act.

    Args:
        act: `act` of the mechanism; where it is empty, no sentence does.
        finding: The finding.
        clause: Its clause.
        text: Of the whole document.
    """
    if not act or finding.strength is not Strength.MUST:
        return False
    sentence = next((one for one in clause.sentences if one.meets(finding.evidence[0])), clause.span)
    words = sentence.of(text)
    found = re.search(act, words, re.IGNORECASE)
    return bool(found and not FORM.search(words, 0, found.start()))
