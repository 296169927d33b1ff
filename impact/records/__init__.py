"""The values that flow through the pipeline: frozen, checked at birth, holding text once."""

from impact.records.advice import Advice, Affected, Reach
from impact.records.amendment import Amendment, Fate, Run, Setting
from impact.records.assessment import (
    Assessment,
    Compound,
    Level,
    Provenance,
    RatedFinding,
    RightTouched,
    Severity,
    Silence,
)
from impact.records.citation import Cited
from impact.records.clause import (
    ASIDES,
    Classification,
    Clause,
    ClauseKind,
    Finding,
    Mention,
    SafeguardFinding,
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
from impact.records.index import ClauseIndex
from impact.records.layout import Box, Layout
from impact.records.openness import Gap, Loose, Standing
from impact.records.proposal import Proposal
from impact.records.question import Phrase, Question
from impact.records.sentence import Sentence
from impact.records.span import Span, merged
from impact.records.worksheet import Ground, Limitation, Sheet, Worksheet

__all__ = [
    "ASIDES",
    "Advice",
    "Affected",
    "Amendment",
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
    "ClauseIndex",
    "ClauseKind",
    "Comment",
    "Compound",
    "Document",
    "Fate",
    "Finding",
    "Gap",
    "Ground",
    "GuidelineAnswer",
    "Layout",
    "Level",
    "Limitation",
    "Loose",
    "Mention",
    "Omission",
    "Page",
    "Phrase",
    "Point",
    "Proposal",
    "Provenance",
    "Question",
    "RatedFinding",
    "Reach",
    "RightTouched",
    "Run",
    "SafeguardFinding",
    "Sentence",
    "Setting",
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
