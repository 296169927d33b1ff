"""assess.toml, typed."""

from dataclasses import dataclass
from functools import cache

from impact.records import ClauseKind
from impact.typed import Pattern, load


@dataclass(frozen=True, slots=True)
class AssessmentWords:
    """Words and labels by which findings are assessed, see assess.toml."""

    denial: str
    remarks: frozenset[ClauseKind]
    form: Pattern
    used: Pattern


@cache
def library() -> AssessmentWords:
    """Return assess.toml, read once."""
    return load(AssessmentWords, "impact.assess", "assess.toml")
