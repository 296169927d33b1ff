"""What programs send and get, as OpenAPI describes it."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from impact.review.decide.conflict import FinalStatus
from impact.review.decide.record import DecisionDraft
from impact.review.decide.status import DecisionStatus
from impact.review.values.decision import Action, correction_from_row
from impact.review.values.proposal import Analysis, StoredProposal
from impact.review.values.subject import Subject
from impact.web.pages.intake import SubmissionResult

Text = Annotated[str, Field(max_length=10_000)]
Id = Annotated[str, Field(max_length=300)]
Name = Annotated[str, Field(min_length=1, max_length=64)]
Five = Annotated[int, Field(ge=1, le=5)]
LevelName = Literal["none", "low", "medium", "high"]
GradeName = Literal["none", "decide", "low", "medium", "high", "not assessed"]

HEADED = (
    "What a proposal is headed by: its `firm_level`, or `decide` where it has findings and none of them is firm, "
    "so that they need review; `not assessed` where its language was not, or too few of its pages could be read"
)
Unassessed = Annotated[
    str,
    Field(
        description="Code of the language of the document where it was not assessed for it; then nothing follows from "
        "the levels. Empty where it was assessed"
    ),
]
Gravest = Annotated[
    LevelName,
    Field(
        description="The gravest level of all findings, doubtful ones too. It is no level of the proposal: where it is "
        "above `firm_level`, a reader must decide"
    ),
]
Firm = Annotated[
    LevelName,
    Field(description="The level of the proposal: what firm findings alone give; `none` if everything needs review"),
]
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
    level: Gravest | None
    firm_level: Firm | None
    unassessed: Unassessed
    pages: int
    unread: int
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
    folder: str


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
    level: Gravest
    firm_level: Firm
    unassessed: Unassessed
    pages: int
    unread: int
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

    def draft(self) -> DecisionDraft:
        """Return it as the store takes it."""
        correction = correction_from_row(self.correction.model_dump())
        return DecisionDraft(Action(self.action), self.subject, self.text, correction, self.clause, self.mechanism)


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


def proposal_value(stored: StoredProposal, stage: str) -> ProposalValue:
    """Return a proposal as programs get it."""
    return ProposalValue(**asdict(stored), stage=stage)


def result_value(result: SubmissionResult, stage: str) -> TakenValue:
    """Return what became of a document as programs get it."""
    stored = proposal_value(result.proposal, stage) if result.proposal else None
    return TakenValue(file=result.name, new=result.new, reason=result.reason, hint=result.hint, proposal=stored)


def analysis_value(analysis: Analysis) -> AnalysisValue:
    """Return an analysis as programs get it."""
    return AnalysisValue(
        **asdict(analysis) | {"models": dict(analysis.models), "files": [name for name, _ in analysis.files]}
    )


def finding_value(subject: Subject, decision: DecisionStatus | None, final: FinalStatus | None) -> FindingValue:
    """Return a finding with what was decided on it as programs get it."""
    return FindingValue(
        id=subject.id,
        kind="safeguard" if subject.kind.value == "safeguard" else "finding",
        label=subject.label,
        clause=subject.clause,
        number=subject.place.number,
        page=subject.place.page,
        text=subject.place.text,
        quotes=[quote for quote, _ in subject.evidence],
        strength=subject.strength.value,
        level=subject.level.value if subject.level else None,
        severity=list(subject.triple) if subject.triple else None,
        doubtful=subject.doubtful,
        own=standing_value(decision, (decision.by,)) if decision else None,
        holds=standing_value(final.status, final.by) if final else None,
    )


def standing_value(status: DecisionStatus, by: tuple[str, ...]) -> StandingValue:
    """Return what was decided as programs get it."""
    return StandingValue(**asdict(status) | {"by": [name for name in by if name]})


class RemainderValue(BaseModel):
    """Something that an erasure leaves, and until when."""

    what: str
    until: str


class ErasureValue(BaseModel):
    """A receipt: digests of what was erased, the link of the chain that records it, and what remains."""

    proposal: str
    time: datetime
    by: str
    why: str
    files: list[str]
    seq: int
    hash: str
    remains: list[RemainderValue]
