"""The two findings that stand for a compound."""

import re
from collections.abc import Iterable

from impact.records import ClauseIndex, Document, Finding, firmness
from impact.stems import stem

LONGER = 6
"""Letters of words that tell what a clause is about. Source: project judgment."""


def pair(
    members: Iterable[Finding], mechanisms: tuple[str, ...], index: ClauseIndex, document: Document
) -> tuple[str, str]:
    """Return the ids of the two findings that stand for a compound, one of each of its mechanisms.

    They are firm and of one clause where that can be, or else of one section, or else of the clauses that share most
    words, and among such the firmest.
    """
    groups: dict[str, list[Finding]] = {name: [] for name in mechanisms}
    for finding in sorted(members, key=firmness):
        groups[finding.mechanism].append(finding)
    first, second = ([finding for finding in group if not finding.doubtful] or group for group in groups.values())
    for place in (lambda finding: finding.clause, lambda finding: index.clause(finding.clause).section):
        shared = {place(finding) for finding in first} & {place(finding) for finding in second}
        if shared:
            nearest = next(finding for finding in first if place(finding) in shared)
            return nearest.id, next(finding.id for finding in second if place(finding) == place(nearest))
    words = {finding.clause: _words(document.quote(index.clause(finding.clause).span)) for finding in (*first, *second)}
    pairs = ((finding, other) for finding in first for other in second)
    best = max(pairs, key=lambda pair: len(words[pair[0].clause] & words[pair[1].clause]))
    return best[0].id, best[1].id


def _words(text: str) -> frozenset[str]:
    """Return the stems of the longer words of a clause, by which another is told to be about the same thing."""
    return frozenset(stem(word) for word in re.findall(r"[^\W\d_]+", text.lower()) if len(word) >= LONGER)
