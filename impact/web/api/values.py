"""What programs send and get, as OpenAPI describes it."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from impact.records import Strength
from impact.review.decide.record import Word
from impact.review.decide.status import Standing
from impact.review.values.decision import Action, Correction
from impact.review.values.proposal import Analysis, StoredProposal
from impact.review.values.subject import Subject
from impact.web.pages.intake import Taken

Text = Annotated[str, Field(max_length=10_000)]
Id = Annotated[str, Field(max_length=300)]
Name = Annotated[str, Field(min_length=1, max_length=64)]
Five = Annotated[int, Field(ge=1, le=5)]
LevelName = Literal["none", "low", "medium", "high"]
StateName = Literal["queued", "running", "done", "failed"]


class Strict(BaseModel):
    """A value that refuses fields it does not know."""

    model_config = ConfigDict(extra="forbid")


class Problem(BaseModel):
    """What went wrong (RFC 9457), and in `hint` what to do next."""

    type: str
    title: str
    status: int
    detail: str
    hint: str


class ProposalValue(BaseModel):
    """A proposal; fields as in docs/review.md."""

    id: str
    digest: str
    source: str
    state: StateName
    stage: str
    level: LevelName | None
    firm_level: LevelName | None
    title: str
    number: str
    body: str
    group: str
    organizations: list[str]
    submitted_by: str
    created: datetime
    updated: datetime
    reason: str
    hint: str
    restricted_to: list[str] | None
    readings: int
    keep_until: datetime | None
    analyses: int


class ListingValue(BaseModel):
    """A stretch of a list, and how many there are in all."""

    total: int
    proposals: list[ProposalValue]


class TakenValue(BaseModel):
    """What became of one submitted document: a proposal, or why it was refused."""

    file: str
    new: bool
    reason: str
    hint: str
    proposal: ProposalValue | None


class SubmittedValue(BaseModel):
    """What became of all documents of a request."""

    files: list[TakenValue]


class AnalysisValue(BaseModel):
    """One reading of a proposal by the program; `files` can be fetched by name."""

    number: int
    level: LevelName
    firm_level: LevelName
    tool: str
    taxonomy: str
    models: dict[str, str]
    made_at: str
    files: list[str]


class CorrectionValue(Strict):
    """What a reviewer puts in place of what the program said; null where it stands."""

    label: Id | None = None
    severity: Annotated[list[Five], Field(min_length=3, max_length=3)] | None = None
    strength: Literal["must", "should", "may", "descriptive"] | None = None


class StandingValue(BaseModel):
    """What was decided, by whom."""

    verdict: str
    text: str
    by: list[str]
    correction: CorrectionValue
    notes: list[tuple[str, str]]


class FindingValue(BaseModel):
    """A finding or safeguard with its quotes, how it stands for you, and what holds for all once that is opened."""

    id: str
    kind: Literal["finding", "safeguard"]
    label: str
    clause: str
    number: str
    page: int
    text: str
    quotes: list[str]
    strength: str
    level: LevelName | None
    severity: list[int] | None
    doubtful: bool
    own: StandingValue | None
    holds: StandingValue | None


class DecisionWish(Strict):
    """What you say of a finding; "add" needs `clause` and `mechanism` (or a safeguard), the others a `subject`."""

    action: Literal["accept", "reject", "correct", "note", "add"]
    subject: Id = ""
    text: Text = ""
    correction: CorrectionValue = CorrectionValue()
    clause: Id = ""
    mechanism: Id = ""

    def word(self) -> Word:
        """Return it as the store takes it."""
        fix = self.correction
        correction = Correction(
            fix.label, tuple(fix.severity) if fix.severity else None, Strength(fix.strength) if fix.strength else None
        )
        return Word(Action(self.action), self.subject, self.text, correction, self.clause, self.mechanism)


class UndoWish(Strict):
    """Which event to take back; the last that stands, if 0."""

    seq: Annotated[int, Field(ge=0, lt=2**31)] = 0


class ReadersWish(Strict):
    """Who may see a proposal beside its submitter and administrators; null for all."""

    names: Annotated[list[Name], Field(max_length=200)] | None


class KeepWish(Strict):
    """Until the end of which day (UTC) a proposal is kept; null for ever."""

    until: date | None


class OpeningValue(BaseModel):
    """How far the reviewers are: who began, who is done, whose decisions are opened to each other."""

    begun: list[str]
    done: list[str]
    opened: list[str]
    wanted: int
    signed: bool


class SignatureValue(BaseModel):
    """Somebody's signature under a version of the decided report."""

    version: int
    name: str
    time: datetime
    analysis: int
    digest: str


def proposal_value(one: StoredProposal, stage: str) -> ProposalValue:
    """Return a proposal as programs get it."""
    return ProposalValue(
        id=one.id,
        digest=one.digest,
        source=one.source,
        state=one.state.value,
        stage=stage,
        level=one.level.value if one.level else None,
        firm_level=one.firm_level.value if one.firm_level else None,
        title=one.title,
        number=one.number,
        body=one.body,
        group=one.group,
        organizations=list(one.organizations),
        submitted_by=one.submitted_by,
        created=one.created,
        updated=one.updated,
        reason=one.reason,
        hint=one.hint,
        restricted_to=None if one.restricted_to is None else list(one.restricted_to),
        readings=one.readings,
        keep_until=one.keep_until,
        analyses=one.analyses,
    )


def taken_value(one: Taken, stage: str) -> TakenValue:
    """Return what became of a document as programs get it."""
    stored = proposal_value(one.proposal, stage) if one.proposal else None
    return TakenValue(file=one.name, new=one.new, reason=one.reason, hint=one.hint, proposal=stored)


def analysis_value(one: Analysis) -> AnalysisValue:
    """Return an analysis as programs get it."""
    return AnalysisValue(
        number=one.number,
        level=one.level.value,
        firm_level=one.firm_level.value,
        tool=one.tool,
        taxonomy=one.taxonomy,
        models=dict(one.models),
        made_at=one.made_at,
        files=[name for name, _ in one.files],
    )


def finding_value(one: Subject, own: Standing | None, holds: Standing | None, by: tuple[str, ...]) -> FindingValue:
    """Return a finding with what was decided on it as programs get it."""
    return FindingValue(
        id=one.id,
        kind="safeguard" if one.kind.value == "safeguard" else "finding",
        label=one.label,
        clause=one.clause,
        number=one.number,
        page=one.page,
        text=one.text,
        quotes=[quote for quote, _ in one.evidence],
        strength=one.strength.value,
        level=one.level.value if one.level else None,
        severity=list(one.triple) if one.triple else None,
        doubtful=one.doubtful,
        own=standing_value(own, (own.by,)) if own else None,
        holds=standing_value(holds, by) if holds else None,
    )


def standing_value(one: Standing, by: tuple[str, ...]) -> StandingValue:
    """Return what was decided as programs get it."""
    fix = one.correction
    return StandingValue(
        verdict=one.verdict.value,
        text=one.text,
        by=[name for name in by if name],
        correction=CorrectionValue(
            label=fix.label,
            severity=list(fix.severity) if fix.severity else None,
            strength=fix.strength.value if fix.strength else None,
        ),
        notes=list(one.notes),
    )
