"""The values that flow through the pipeline: frozen, checked at birth, holding text once."""

from impact.records.advice import Advice, Affected, Reach
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
from impact.records.citation import Cited
from impact.records.clause import (
    Classification,
    Clause,
    ClauseKind,
    Finding,
    Mention,
    SafeguardFound,
    Strength,
    firmness,
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
from impact.records.guideline import Bearing, GuidelineAnswer, Omission, Point, Tension
from impact.records.layout import Box, Layout
from impact.records.openness import Gap, Loose, Standing
from impact.records.proposal import Proposal
from impact.records.sentence import Sentence
from impact.records.span import Span, merged
from impact.records.worksheet import Ground, Limitation, Sheet, Worksheet

__all__ = [
    "Advice",
    "Affected",
    "Assessment",
    "Bearing",
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
    "Gap",
    "Ground",
    "GuidelineAnswer",
    "Judged",
    "Layout",
    "Level",
    "Limitation",
    "Loose",
    "Mention",
    "Omission",
    "Page",
    "Point",
    "Proposal",
    "Provenance",
    "Reach",
    "RightTouched",
    "SafeguardFound",
    "Sentence",
    "Severity",
    "Sheet",
    "Silence",
    "Span",
    "Standing",
    "Strength",
    "Tension",
    "Verdict",
    "Worksheet",
    "firmness",
    "merged",
]
