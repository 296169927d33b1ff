"""assess.toml, typed."""

from collections.abc import Mapping
from dataclasses import dataclass

from impact.records import ClauseKind
from impact.typed import Pattern, loader


@dataclass(frozen=True, slots=True)
class AssessmentWords:
    """Words and labels by which findings are assessed, see assess.toml."""

    denial: str
    remarks: frozenset[ClauseKind]
    form: Pattern
    used: Pattern
    spoken: Mapping[str, Pattern]
    lacking: Pattern


library = loader(AssessmentWords, "impact.assess", "assess.toml")
