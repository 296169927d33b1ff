"""What comes of all reviewers, for programs: conflicts, agreement, changes, and files of decisions."""

from dataclasses import asdict
from typing import Annotated, Any, Literal

from fastapi import APIRouter, File, Form, Query, Request
from pydantic import BaseModel

from impact.review.decide import reading
from impact.review.store import proposals
from impact.review.values.subject import Subject
from impact.web.api.endpoints import PROBLEMS, Caller, Proposal
from impact.web.api.values import StandingValue, standing_value
from impact.web.desk.files import import_decisions
from impact.web.server.session import note
from impact.web.server.state import Server

router = APIRouter(prefix="/api/v1", tags=["v1"], responses=PROBLEMS)


class ConflictValue(BaseModel):
    """Where reviewers differ: what each decided blind, and what was settled since."""

    subject: str
    label: str
    clause: str
    difference: Literal["verdict", "correction", "partial"]
    open: bool
    said: dict[str, StandingValue]
    settled: StandingValue | None


class PairValue(BaseModel):
    """Two reviewers on one mechanism; kappa is Cohen's, null where it is not defined."""

    first: str
    second: str
    units: int
    same: float
    kappa: float | None


class AgreementValue(BaseModel):
    """All reviewers on one mechanism or safeguard, or on all (empty label); alpha is Krippendorff's."""

    label: str
    units: int
    alpha: float | None
    pairs: list[PairValue]


class ChangeValue(BaseModel):
    """A finding or safeguard in two analyses: what changed in it, and what was decided on it."""

    id: str
    label: str
    clause: str
    changed: list[str]
    decided: str


class ChangesValue(BaseModel):
    """The latest analysis beside an earlier one: in both, in the earlier alone, in the later alone."""

    kept: list[ChangeValue]
    gone: list[ChangeValue]
    new: list[ChangeValue]


class TakenInValue(BaseModel):
    """How many decisions of a file are new here, and how many were here already."""

    new: int
    known: int


@router.get("/proposals/{proposal}/conflicts")
def conflicts(server: Server, user: Caller, proposal: Proposal) -> list[ConflictValue]:
    """Return where reviewers differ, once their decisions are opened to you; a further decision settles it."""
    desk = reading.open_desk(server.store, user, proposal)
    return [
        ConflictValue(
            subject=conflict.subject,
            label=conflict.statuses[0][1].label,
            clause=conflict.statuses[0][1].clause,
            difference=conflict.difference.value,
            open=conflict.blocks,
            said={name: standing_value(standing, (name,)) for name, standing in conflict.statuses},
            settled=standing_value(conflict.settled, (conflict.settled.by,)) if conflict.settled else None,
        )
        for conflict in desk.conflicts
    ]


@router.get("/agreement")
def agreement(
    server: Server,
    user: Caller,
    proposal: Annotated[list[str] | None, Query(max_length=200, description="Of all you may see if none")] = None,
) -> list[AgreementValue]:
    """Return how far reviewers agree, mechanism by mechanism, after that of all together."""
    agreements = reading.agreement_between(server.store, user, proposal or ())
    return [AgreementValue(**asdict(agreement)) for agreement in agreements]


@router.get("/proposals/{proposal}/changes")
def changes(
    server: Server,
    user: Caller,
    proposal: Proposal,
    since: Annotated[int, Query(ge=0, lt=2**31, description="Number of an analysis; the last but one if 0")] = 0,
) -> ChangesValue:
    """Return what the latest analysis keeps, loses and brings, with what was decided."""
    stored = proposals.get(server.store, user, proposal)
    renewal = reading.analysis_changes(server.store, user, stored.id, since or max(stored.analyses - 1, 1))
    return ChangesValue(
        kept=[_change(carried.after, carried.status, carried.changed) for carried in renewal.carried],
        gone=[_change(subject, standing) for subject, standing in renewal.vanished],
        new=[_change(subject, None) for subject in renewal.new],
    )


@router.post("/proposals/{proposal}/decisions/file", status_code=201)
def take(  # noqa: PLR0913, PLR0917 (FastAPI's shape)
    request: Request,
    server: Server,
    user: Caller,
    proposal: Proposal,
    file: Annotated[bytes, File(description="As exported, or Web Annotations of another tool; up to 2 MB")],
    form: Annotated[Literal["jsonl", "csv", "annotations"], Form()],
) -> TakenInValue:
    """Take decisions in, all or none; what is here already is passed over."""
    stored = proposals.get(server.store, user, proposal)
    new, known = import_decisions(server, user, stored.id, file, form)
    note(request, user, "import decisions", stored.id)
    return TakenInValue(new=new, known=known)


def _change(subject: Subject, standing: Any, changed: tuple[str, ...] = ()) -> ChangeValue:
    decided = standing.verdict.value if standing else "undecided"
    return ChangeValue(
        id=subject.id, label=subject.label, clause=subject.clause, changed=list(changed), decided=decided
    )
