"""The door for programs: the same over HTTP, with a token in place of a cookie."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request, Response, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel, Field
from starlette.datastructures import FormData

from impact.records import Level
from impact.review.decide import reading, record, signing
from impact.review.exchange import rows
from impact.review.store import accounts, analyses, erasing, proposals
from impact.review.values import proposal as asked
from impact.review.values.refusals import SignInError
from impact.review.values.users import Role, User
from impact.web.api import values
from impact.web.pages.library import stage_of
from impact.web.pages.proposal import end_of
from impact.web.pages.submit import take_all
from impact.web.server.responses import PROBLEM
from impact.web.server.session import LONGEST_FIELD, MOST_FIELDS, MOST_FILES, note, note_read
from impact.web.server.state import Here, Site

BEARER = HTTPBearer(auto_error=False, description="A token from the page of your account. Not needed without accounts.")
REFUSALS = (400, 401, 403, 404, 405, 408, 409, 413, 421, 422, 429, 500)
"""What any address may answer when it does not go."""

FILES = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["files"],
                    "properties": {
                        "files": {"type": "array", "items": {"type": "string", "format": "binary"}},
                        "readers": {"type": "string", "description": "Names that may see them, commas between"},
                        "readings": {"type": "integer", "minimum": 1, "maximum": 9},
                    },
                }
            }
        },
    }
}


def caller(here: Here, given: Annotated[HTTPAuthorizationCredentials | None, Security(BEARER)]) -> User:
    """Return whose token came.

    Raises:
        SignInError: If none came, or it is not accepted.
    """
    if not here.settings.accounts:
        return User(here.settings.person, Role.ADMINISTRATOR)
    if given is None:
        msg = "a token is needed"
        raise SignInError(msg, "Send Authorization: Bearer TOKEN; make one on the page of your account")
    return accounts.token_user(here.store, given.credentials, here.now())


async def files(request: Request, _caller: Annotated[User, Depends(caller)]) -> Any:
    """Give the form of a request."""
    limits = {"max_files": MOST_FILES, "max_fields": MOST_FIELDS, "max_part_size": LONGEST_FIELD}
    async with request.form(**limits) as data:
        yield data


Caller = Annotated[User, Depends(caller)]
Uploaded = Annotated[FormData, Depends(files)]
Proposal = Annotated[str, Path(max_length=64)]
Number = Annotated[int, Query(ge=0, lt=2**31, description="Of the analysis; the latest if 0")]
PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: {
        "description": "It does not go",
        "content": {PROBLEM: {"schema": values.Problem.model_json_schema()}},
    }
    for status in REFUSALS
}
router = APIRouter(prefix="/api/v1", tags=["v1"], responses=PROBLEMS)


class Wanted(BaseModel):
    """What a list asks for; an empty field asks nothing."""

    text: Annotated[str, Field(max_length=300)] = ""
    group: Annotated[str, Field(max_length=300)] = ""
    right: Annotated[str, Field(max_length=300)] = ""
    mechanism: Annotated[str, Field(max_length=300)] = ""
    level: values.LevelName | None = None
    state: values.StateName | None = None
    order: Annotated[str, Field(pattern="^(newest|oldest|gravest|title)$")] = "newest"
    offset: Annotated[int, Field(ge=0, le=1_000_000)] = 0
    limit: Annotated[int, Field(ge=1, le=1000)] = 50


@router.post("/proposals", openapi_extra=FILES)
def submit(request: Request, here: Here, who: Caller, form: Uploaded) -> values.SubmittedValue:
    """Submit files or ZIPs of files; each is analyzed when its turn comes."""
    taken = list(take_all(here, who, form))
    for one in taken:
        if one.proposal and one.new:
            note(request, who, "submit", one.proposal.id)
    return values.SubmittedValue(
        files=[values.taken_value(one, stage_of(here, one.proposal) if one.proposal else "") for one in taken]
    )


@router.get("/proposals")
def find(here: Here, who: Caller, wanted: Annotated[Wanted, Query()]) -> values.ListingValue:
    """List proposals."""
    level, state = wanted.level, wanted.state
    rest = wanted.model_dump(exclude={"level", "state"})
    query = asked.Query(**rest, level=Level(level) if level else None, state=asked.State(state) if state else None)
    found = proposals.find(here.store, who, query)
    return values.ListingValue(total=found.total, proposals=[_value(here, proposal) for proposal in found.proposals])


@router.get("/proposals/{proposal}")
def show(here: Here, who: Caller, proposal: Proposal) -> values.ProposalValue:
    """Return one proposal, by its id or the beginning of it."""
    return _value(here, proposals.get(here.store, who, proposal))


@router.delete("/proposals/{proposal}", status_code=204)
def erase(request: Request, here: Here, who: Caller, proposal: Proposal) -> None:
    """Erase a proposal with its files, for good."""
    found = proposals.get(here.store, who, proposal)
    erasing.erase(here.store, who, found.id, here.now())
    note(request, who, "erase", found.id)


@router.put("/proposals/{proposal}/readers")
def restrict(
    request: Request, here: Here, who: Caller, proposal: Proposal, wish: values.ReadersWish
) -> values.ProposalValue:
    """Say who may see it."""
    found = proposals.restrict(here.store, who, proposal, wish.names, here.now())
    note(request, who, "open to all" if wish.names is None else "restrict", found.id)
    return _value(here, found)


@router.put("/proposals/{proposal}/keep")
def keep(request: Request, here: Here, who: Caller, proposal: Proposal, wish: values.KeepWish) -> values.ProposalValue:
    """Say until when it is kept."""
    found = proposals.keep(here.store, who, proposal, end_of(wish.until, here.now()), here.now())
    note(request, who, "keep", found.id)
    return _value(here, found)


@router.get("/proposals/{proposal}/analyses")
def every(here: Here, who: Caller, proposal: Proposal) -> list[values.AnalysisValue]:
    """Return its analyses, oldest first."""
    return [values.analysis_value(one) for one in analyses.every(here.store, who, proposal)]


@router.post("/proposals/{proposal}/analyses", status_code=202)
def again(request: Request, here: Here, who: Caller, proposal: Proposal) -> values.ProposalValue:
    """Queue another analysis; decisions stay with their findings."""
    found = proposals.analyze_again(here.store, who, proposal, {"by": here.settings.by}, here.now())
    here.queued.set()
    note(request, who, "analyze again", found.id)
    return _value(here, found)


@router.get("/proposals/{proposal}/report", response_model=dict[str, Any])
def report(request: Request, here: Here, who: Caller, proposal: Proposal, analysis: Number = 0) -> Response:
    """Return report.json, schema impact-report/1."""
    found = proposals.get(here.store, who, proposal)
    data = analyses.file(here.store, who, found.id, analyses.REPORT, analysis)
    note_read(request, who, "read report", found.id)
    return Response(data, media_type="application/json")


@router.get("/proposals/{proposal}/findings")
def findings(here: Here, who: Caller, proposal: Proposal, analysis: Number = 0) -> list[values.FindingValue]:
    """Return findings, gravest first, then safeguards, with what you and, once opened, all decided."""
    desk = reading.desk(here.store, who, proposal, analysis)
    rows_ = []
    for subject in desk.subjects:
        final = desk.finals.get(subject.id)
        holds, by = (final.standing, final.by) if final else (None, ())
        rows_.append(values.finding_value(subject, desk.own.get(subject.id), holds, by))
    return rows_


@router.get("/proposals/{proposal}/decisions")
def decisions(here: Here, who: Caller, proposal: Proposal) -> list[dict[str, Any]]:
    """Return the events that you may read, oldest first, each with its place in the chain."""
    return [rows.row_of(one) for one in reading.said(here.store, who, (proposal,))]


@router.post("/proposals/{proposal}/decisions", status_code=201)
def decide(request: Request, here: Here, who: Caller, proposal: Proposal, wish: values.DecisionWish) -> dict[str, Any]:
    """Say something of a finding or safeguard, or add one that was missed."""
    event = record.decide(here.store, who, proposal, wish.word(), here.now())
    note(request, who, wish.action, event.decision.proposal)
    return rows.row_of(event)


@router.post("/proposals/{proposal}/undo", status_code=201)
def undo(request: Request, here: Here, who: Caller, proposal: Proposal, wish: values.UndoWish) -> dict[str, Any]:
    """Take back what you said last, or an event by its number."""
    event = record.undo(here.store, who, proposal, here.now(), wish.seq)
    note(request, who, "undo", event.decision.proposal)
    return rows.row_of(event)


@router.post("/proposals/{proposal}/done", status_code=201)
def done(request: Request, here: Here, who: Caller, proposal: Proposal) -> values.OpeningValue:
    """Say that you are done."""
    found = proposals.get(here.store, who, proposal)
    state = record.done(here.store, who, found.id, here.now())
    note(request, who, "done", found.id)
    return values.OpeningValue(
        begun=list(state.begun),
        done=sorted(state.done),
        opened=sorted(state.opened),
        wanted=state.wanted,
        signed=state.signed,
    )


@router.post("/proposals/{proposal}/signatures", status_code=201)
def sign(request: Request, here: Here, who: Caller, proposal: Proposal) -> values.SignatureValue:
    """Sign the latest analysis with all decisions as they stand."""
    made = signing.sign(here.store, who, proposal, here.now())
    note(request, who, "sign", made.proposal)
    return values.SignatureValue(
        version=made.version, name=made.name, time=made.time, analysis=made.analysis, digest=made.digest
    )


@router.get("/proposals/{proposal}/signed")
def signed(
    here: Here, who: Caller, proposal: Proposal, version: Annotated[int, Query(ge=0, lt=2**31)] = 0
) -> dict[str, Any]:
    """Return what was signed, schema impact-signed/1."""
    return signing.frozen(here.store, who, proposal, version)


def _value(here: Site, one: asked.StoredProposal) -> values.ProposalValue:
    return values.proposal_value(one, stage_of(here, one))
