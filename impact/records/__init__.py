"""The values that flow through the pipeline: frozen, checked at birth, holding text once."""

from impact.records.advice import Advice, Affected, Reach
from impact.records.amendment import Amendment, Fate, Run, TextSetting
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
    PageVerdict,
)
from impact.records.guideline import Bearing, GuidelineAnswer, Omission, Point, Tension
from impact.records.index import ClauseIndex
from impact.records.layout import Box, Layout
from impact.records.openness import OpenTerm, SafeguardGap, SafeguardStanding
from impact.records.proposal import Proposal
from impact.records.question import Phrase, Question
from impact.records.sentence import Sentence
from impact.records.span import Span, merged
from impact.records.worksheet import Ground, Limitation, RightSheet, Worksheet

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
    "Ground",
    "GuidelineAnswer",
    "Layout",
    "Level",
    "Limitation",
    "Mention",
    "Omission",
    "OpenTerm",
    "Page",
    "PageVerdict",
    "Phrase",
    "Point",
    "Proposal",
    "Provenance",
    "Question",
    "RatedFinding",
    "Reach",
    "RightSheet",
    "RightTouched",
    "Run",
    "SafeguardFinding",
    "SafeguardGap",
    "SafeguardStanding",
    "Sentence",
    "Severity",
    "Silence",
    "Span",
    "Strength",
    "Tension",
    "TextSetting",
    "Worksheet",
    "firmness",
    "merged",
]
