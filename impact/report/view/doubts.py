"""Why findings need review, and what a reviewer has to do with them: only the reasons that apply."""

from collections.abc import Iterable

from impact.present.words import words
from impact.records import Clause, Concurrence, Finding, SafeguardFinding, Strength

UNSURE = "unsure"
"""The reason of what no other one explains."""

OPINIONS = {Concurrence.DISAGREES, Concurrence.ADDED}


def doubt_of(finding: Finding | SafeguardFinding, clause: Clause) -> str:
    """Return the reason for which a doubtful finding is so, a key of `doubts` in words.toml."""
    if finding.second in OPINIONS:
        return str(finding.second.value)
    aside = clause.kind.value in words().decide.doubts and finding.strength is not Strength.MUST
    return str(clause.kind.value) if aside else UNSURE


def doubts(reasons: Iterable[str]) -> str:
    """Return why some findings need review where all do for one reason, and what to do with them."""
    keys = list(reasons)
    decide = words().decide
    why = (decide.doubts if len(keys) == 1 else decide.doubts_of_several)[keys[0]] if len({*keys}) == 1 else ""
    return f"{why} {decide.one if len(keys) == 1 else decide.all}".strip()


def doubt(reason: str) -> str:
    """Return why one finding needs review."""
    return words().decide.doubts[reason]
