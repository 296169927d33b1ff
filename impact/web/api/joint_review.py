"""What comes of all reviewers, for programs: conflicts, agreement, changes, and files of decisions."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, File, Form, Query, Request
from pydantic import BaseModel

from impact.review.decide import reading
from impact.review.store import proposals
from impact.review.values.subject import Subject
from impact.web.api.endpoints import PROBLEMS, Caller, Proposal
from impact.web.api.values import StandingValue, standing_value
from impact.web.desk.files import take_in
from impact.web.server.session import note
from impact.web.server.state import Here

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
def conflicts(here: Here, who: Caller, proposal: Proposal) -> list[ConflictValue]:
    """Return where reviewers differ, once their decisions are opened to you; a further decision settles it."""
    desk = reading.desk(here.store, who, proposal)
    return [
        ConflictValue(
            subject=conflict.subject,
            label=conflict.standings[0][1].label,
            clause=conflict.standings[0][1].clause,
            difference=conflict.difference.value,
            open=conflict.blocks,
            said={name: standing_value(each, (name,)) for name, each in conflict.standings},
            settled=standing_value(conflict.settled, (conflict.settled.by,)) if conflict.settled else None,
        )
        for conflict in desk.conflicts
    ]


@router.get("/agreement")
def agreement(
    here: Here,
    who: Caller,
    proposal: Annotated[list[str] | None, Query(max_length=200, description="Of all you may see if none")] = None,
) -> list[AgreementValue]:
    """Return how far reviewers agree, mechanism by mechanism, after that of all together."""
    found = reading.agreed(here.store, who, proposal or ())
    return [
        AgreementValue(
            label=one.label,
            units=one.units,
            alpha=one.alpha,
            pairs=[
                PairValue(first=pair.first, second=pair.second, units=pair.units, same=pair.same, kappa=pair.kappa)
                for pair in one.pairs
            ],
        )
        for one in found
    ]


@router.get("/proposals/{proposal}/changes")
def changes(
    here: Here,
    who: Caller,
    proposal: Proposal,
    since: Annotated[int, Query(ge=0, lt=2**31, description="Number of an analysis; the last but one if 0")] = 0,
) -> ChangesValue:
    """Return what the latest analysis keeps, loses and brings, with what was decided."""
    found = proposals.get(here.store, who, proposal)
    made = reading.renewed(here.store, who, found.id, since or max(found.analyses - 1, 1))
    return ChangesValue(
        kept=[_change(one.after, one.standing, one.changed) for one in made.carried],
        gone=[_change(one, standing) for one, standing in made.vanished],
        new=[_change(one, None) for one in made.new],
    )


@router.post("/proposals/{proposal}/decisions/file", status_code=201)
def take(  # noqa: PLR0913, PLR0917 (FastAPI's shape)
    request: Request,
    here: Here,
    who: Caller,
    proposal: Proposal,
    file: Annotated[bytes, File(description="As exported, or Web Annotations of another tool; up to 2 MB")],
    form: Annotated[Literal["jsonl", "csv", "annotations"], Form()],
) -> TakenInValue:
    """Take decisions in, all or none; what is here already is passed over."""
    found = proposals.get(here.store, who, proposal)
    new, known = take_in(here, who, found.id, file, form)
    note(request, who, "import decisions", found.id)
    return TakenInValue(new=new, known=known)


def _change(one: Subject, standing: Any, changed: tuple[str, ...] = ()) -> ChangeValue:
    decided = standing.verdict.value if standing else "undecided"
    return ChangeValue(id=one.id, label=one.label, clause=one.clause, changed=list(changed), decided=decided)
