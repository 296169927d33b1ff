"""The values that flow through the pipeline: frozen, checked at birth, holding text once."""

from impact.records.advice import Advice, Affected, Cited, Reach
from impact.records.assessment import (
    Assessment,
    Compound,
    Judged,
    Level,
    Provenance,
    RightTouched,
    Severity,
    Silence,
)
from impact.records.clause import (
    Classification,
    Clause,
    ClauseKind,
    Finding,
    Mention,
    SafeguardFound,
    Strength,
)
from impact.records.document import (
    Block,
    BlockKind,
    Bookmark,
    Change,
    ChangeKind,
    Comment,
    Document,
    Page,
    Verdict,
)
from impact.records.layout import Box, Layout
from impact.records.proposal import Proposal
from impact.records.span import Span, merged

__all__ = [
    "Advice",
    "Affected",
    "Assessment",
    "Block",
    "BlockKind",
    "Bookmark",
    "Box",
    "Change",
    "ChangeKind",
    "Cited",
    "Classification",
    "Clause",
    "ClauseKind",
    "Comment",
    "Compound",
    "Document",
    "Finding",
    "Judged",
    "Layout",
    "Level",
    "Mention",
    "Page",
    "Proposal",
    "Provenance",
    "Reach",
    "RightTouched",
    "SafeguardFound",
    "Severity",
    "Silence",
    "Span",
    "Strength",
    "Verdict",
    "merged",
]
