"""The values that flow through the pipeline: frozen, checked at birth, holding text once."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from impact.records.advice import Advice as Advice
    from impact.records.advice import Affected as Affected
    from impact.records.advice import Ground as Ground
    from impact.records.advice import Introduction as Introduction
    from impact.records.advice import Limitation as Limitation
    from impact.records.advice import Phrase as Phrase
    from impact.records.advice import Question as Question
    from impact.records.advice import Reach as Reach
    from impact.records.advice import RightSheet as RightSheet
    from impact.records.advice import SalientPassage as SalientPassage
    from impact.records.advice import Sentence as Sentence
    from impact.records.advice import Worksheet as Worksheet
    from impact.records.amendment import Amendment as Amendment
    from impact.records.amendment import Fate as Fate
    from impact.records.amendment import Run as Run
    from impact.records.amendment import TextSetting as TextSetting
    from impact.records.assessment import Assessment as Assessment
    from impact.records.assessment import Compound as Compound
    from impact.records.assessment import Provenance as Provenance
    from impact.records.assessment import RatedFinding as RatedFinding
    from impact.records.assessment import RightTouched as RightTouched
    from impact.records.assessment import Severity as Severity
    from impact.records.assessment import Silence as Silence
    from impact.records.clause import ASIDES as ASIDES
    from impact.records.clause import Classification as Classification
    from impact.records.clause import Clause as Clause
    from impact.records.clause import ClauseKind as ClauseKind
    from impact.records.clause import Finding as Finding
    from impact.records.clause import Mention as Mention
    from impact.records.clause import SafeguardFinding as SafeguardFinding
    from impact.records.clause import Salience as Salience
    from impact.records.clause import Strength as Strength
    from impact.records.clause import finding_id as finding_id
    from impact.records.clause import firmness as firmness
    from impact.records.document import PAGE_FORMATS as PAGE_FORMATS
    from impact.records.document import WORD_FORMATS as WORD_FORMATS
    from impact.records.document import Block as Block
    from impact.records.document import BlockKind as BlockKind
    from impact.records.document import Bookmark as Bookmark
    from impact.records.document import Change as Change
    from impact.records.document import ChangeKind as ChangeKind
    from impact.records.document import Comment as Comment
    from impact.records.document import Document as Document
    from impact.records.document import Page as Page
    from impact.records.document import PageVerdict as PageVerdict
    from impact.records.guideline import Bearing as Bearing
    from impact.records.guideline import GuidelineAnswer as GuidelineAnswer
    from impact.records.guideline import Omission as Omission
    from impact.records.guideline import Point as Point
    from impact.records.guideline import Tension as Tension
    from impact.records.index import ClauseIndex as ClauseIndex
    from impact.records.layout import Box as Box
    from impact.records.layout import Concealment as Concealment
    from impact.records.layout import ConcealmentKind as ConcealmentKind
    from impact.records.layout import Layout as Layout
    from impact.records.level import Grade as Grade
    from impact.records.level import Headline as Headline
    from impact.records.level import Level as Level
    from impact.records.openness import OpenTerm as OpenTerm
    from impact.records.openness import SafeguardGap as SafeguardGap
    from impact.records.openness import SafeguardStanding as SafeguardStanding
    from impact.records.outlook import LabelOdds as LabelOdds
    from impact.records.outlook import Outlook as Outlook
    from impact.records.outlook import PassageOdds as PassageOdds
    from impact.records.outlook import PassageTopics as PassageTopics
    from impact.records.proposal import ASSESSED_LANGUAGES as ASSESSED_LANGUAGES
    from impact.records.proposal import Filing as Filing
    from impact.records.proposal import ForeignPassage as ForeignPassage
    from impact.records.proposal import LinkedDocument as LinkedDocument
    from impact.records.proposal import ListedRow as ListedRow
    from impact.records.proposal import Proposal as Proposal
    from impact.records.raised_point import PointKind as PointKind
    from impact.records.raised_point import RaisedPoint as RaisedPoint
    from impact.records.raised_point import Raising as Raising
    from impact.records.review_record import REVIEWER as REVIEWER
    from impact.records.review_record import OverruledLabel as OverruledLabel
    from impact.records.review_record import ReviewComment as ReviewComment
    from impact.records.review_record import ReviewedItem as ReviewedItem
    from impact.records.review_record import ReviewRecord as ReviewRecord
    from impact.records.review_record import ReviewVerdict as ReviewVerdict
    from impact.records.second_reading import READERS as READERS
    from impact.records.second_reading import SURE as SURE
    from impact.records.second_reading import AnswerStance as AnswerStance
    from impact.records.second_reading import ChosenPassage as ChosenPassage
    from impact.records.second_reading import ClauseAnswer as ClauseAnswer
    from impact.records.second_reading import Concurrence as Concurrence
    from impact.records.second_reading import LabelAnswer as LabelAnswer
    from impact.records.second_reading import PassageChoice as PassageChoice
    from impact.records.second_reading import PassageKind as PassageKind
    from impact.records.second_reading import SecondReader as SecondReader
    from impact.records.second_reading import SecondReading as SecondReading
    from impact.records.second_reading import UnreadClause as UnreadClause
    from impact.records.span import Cited as Cited
    from impact.records.span import Span as Span
    from impact.records.span import merged as merged

_NAMES = {
    "advice": "Advice Affected Ground Introduction Limitation Phrase Question Reach RightSheet SalientPassage Sentence "
    "Worksheet",
    "amendment": "Amendment Fate Run TextSetting",
    "assessment": "Assessment Compound Provenance RatedFinding RightTouched Severity Silence",
    "clause": (
        "ASIDES Classification Clause ClauseKind Finding Mention SafeguardFinding Salience Strength finding_id firmness"
    ),
    "document": (
        "PAGE_FORMATS WORD_FORMATS Block BlockKind Bookmark Change ChangeKind Comment Document Page PageVerdict"
    ),
    "guideline": "Bearing GuidelineAnswer Omission Point Tension",
    "index": "ClauseIndex",
    "layout": "Box Concealment ConcealmentKind Layout",
    "level": "Grade Headline Level",
    "openness": "OpenTerm SafeguardGap SafeguardStanding",
    "outlook": "LabelOdds Outlook PassageOdds PassageTopics",
    "proposal": "ASSESSED_LANGUAGES Filing ForeignPassage LinkedDocument ListedRow Proposal",
    "raised_point": "PointKind RaisedPoint Raising",
    "review_record": "REVIEWER OverruledLabel ReviewComment ReviewedItem ReviewRecord ReviewVerdict",
    "second_reading": (
        "READERS SURE AnswerStance ChosenPassage ClauseAnswer Concurrence LabelAnswer PassageChoice PassageKind "
        "SecondReader SecondReading UnreadClause"
    ),
    "span": "Cited Span merged",
}
"""What each module has for others."""

_HOMES = {name: module for module, names in _NAMES.items() for name in names.split()}


def __getattr__(name: str) -> Any:
    """Load what is asked for when it is first asked for: a process that reads one file needs a fifth of it."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    return value
