"""Is what a clause denies or undoes still a safeguard? "The subscriber is not informed" informs nobody."""

import re
from collections.abc import Mapping, Sequence

from impact.classify.library import load
from impact.classify.matching import find, words_of
from impact.classify.stance import only_talks, setting_of
from impact.records import Clause, Span

DENIABLE = frozenset({"human-review", "independent-oversight", "redress", "transparency", "user-control"})
"""Safeguards that are things done for people, so that denying them takes them away; others consist in not doing
something ("is not stored"). Source: project judgement after reading reports; no development clause is touched."""

UNDOING: Mapping[str, "re.Pattern[str]"] = {
    "pseudonymity": re.compile(
        r"\b(?:introduc|creat|caus|increas)(?:e|es|ed|ing)\b[^.;]{0,60}\blinkability\b|\blinkable pseudonym",
        re.IGNORECASE,
    ),
    "encryption": re.compile(
        r"\bencryption\b[^;]{0,160}\b(?:shall be|must be|will be|is|are) (?:terminated|removed|reversed|stripped|"
        r"undone)\b",
        re.IGNORECASE,
    ),
}
"""Words by which a clause takes a safeguard away again, by its label. Source: project judgement after reading."""


def undone(text: str, clause: Clause, label: str) -> bool:
    """Return whether a clause takes away itself what words, vectors or cues found of a safeguard in it."""
    pattern = UNDOING.get(label)
    return pattern is not None and bool(pattern.search(clause.span.of(text)))


def denied(text: str, clause: Clause, label: str, evidence: Sequence[Span]) -> bool:
    """Return whether a safeguard that words and vectors found is denied wherever its evidence stands.

    Args:
        text: The document's.
        clause: The clause.
        label: What was found.
        evidence: Spans of the words that carried it.
    """
    if label not in DENIABLE:
        return False
    piece, base = clause.span.of(text), clause.span.start
    markers = find(piece, load().marker_index.candidates(words_of(piece)))
    places = [Span(span.start - base, span.end - base) for span in evidence]
    return bool(markers) and all(
        only_talks(piece, place, setting_of(clause, place, mechanism=False), markers) for place in places
    )
