"""The door for programs: the same over HTTP, with a token in place of a cookie."""

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request, Response, Security
from fastapi.responses import JSONResponse
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel, Field
from starlette.datastructures import FormData

from impact.records import Grade
from impact.review.decide import reading, record, signing
from impact.review.store import accounts, analyses, erasing, proposals
from impact.review.values.decision import event_row
from impact.review.values.proposal import ProposalQuery, State, StoredProposal
from impact.review.values.refusals import SignInError
from impact.review.values.users import Role, User
from impact.web.api import values
from impact.web.pages.library import stage_of
from impact.web.pages.proposal import end_of
from impact.web.pages.submit import submit_files
from impact.web.server import memory
from impact.web.server.responses import PROBLEM
from impact.web.server.session import FORM_LIMITS, Visitor, note, note_read
from impact.web.server.state import Server, ServerState

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
                        "folder": {"type": "string", "description": "Id of the folder to put them in"},
                    },
                }
            }
        },
    }
}


def caller(server: Server, credentials: Annotated[HTTPAuthorizationCredentials | None, Security(BEARER)]) -> User:
    """Return whose token came.

    Raises:
        SignInError: If none came, or it is not accepted.
    """
    if not server.settings.accounts:
        return User(server.settings.person, Role.ADMINISTRATOR)
    if credentials is None:
        raise SignInError("a token is needed", "Send Authorization: Bearer TOKEN; create one on your account page")
    return accounts.token_user(server.store, credentials.credentials, server.now())


async def files(request: Request, _caller: Annotated[User, Depends(caller)]) -> Any:
    """Give the form of a request."""
    async with request.form(**FORM_LIMITS) as data:
        yield data


Caller = Annotated[User, Depends(caller)]
Uploaded = Annotated[FormData, Depends(files)]
Proposal = Annotated[str, Path(max_length=64)]
Number = Annotated[int, Query(ge=0, lt=2**31, description="Of the analysis; the latest if 0")]
PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: {"description": "It does not go", "content": {PROBLEM: {"schema": values.Problem.model_json_schema()}}}
    for status in REFUSALS
}
router = APIRouter(prefix="/api/v1", tags=["v1"], responses=PROBLEMS)


class ProposalsQuery(BaseModel):
    """What a list asks for; an empty field asks nothing."""

    text: Annotated[str, Field(max_length=300)] = ""
    folder: Annotated[str, Field(max_length=64)] = ""
    group: Annotated[str, Field(max_length=300)] = ""
    right: Annotated[str, Field(max_length=300)] = ""
    mechanism: Annotated[str, Field(max_length=300)] = ""
    level: Annotated[values.GradeName | None, Field(description=values.HEADED)] = None
    state: values.StateName | None = None
    order: Annotated[str, Field(pattern="^(newest|oldest|gravest|title)$")] = "newest"
    offset: Annotated[int, Field(ge=0, le=1_000_000)] = 0
    limit: Annotated[int, Field(ge=1, le=1000)] = 50


@router.get("/openapi.json", include_in_schema=False)
def description(
    request: Request,
    server: Server,
    visitor: Visitor,
    credentials: Annotated[HTTPAuthorizationCredentials | None, Security(BEARER)],
) -> JSONResponse:
    """Return this description, to who is signed in or sends a token."""
    accounts.check_enrolled(visitor or caller(server, credentials))
    return JSONResponse(request.app.openapi())


@router.post("/proposals", openapi_extra=FILES)
def submit(request: Request, server: Server, user: Caller, form: Uploaded) -> values.SubmittedValue:
    """Submit files or ZIPs of files; each is analyzed when its turn comes."""
    results = submit_files(request, user, form)
    stages = (stage_of(server, result.proposal) if result.proposal else "" for result in results)
    return values.SubmittedValue(files=list(map(values.result_value, results, stages)))


@router.get("/proposals")
def find(server: Server, user: Caller, wishes: Annotated[ProposalsQuery, Query()]) -> values.ListingValue:
    """List proposals."""
    level, state = wishes.level, wishes.state
    rest = wishes.model_dump(exclude={"level", "state"})
    query = ProposalQuery(**rest, level=Grade(level) if level else None, state=State(state) if state else None)
    listing = proposals.find(server.store, user, query)
    listed = [_value(server, proposal) for proposal in listing.proposals]
    return values.ListingValue(total=listing.total, proposals=listed)


@router.get("/proposals/{proposal}")
def show(server: Server, user: Caller, proposal: Proposal) -> values.ProposalValue:
    """Return one proposal, by its id or the beginning of it."""
    return _value(server, proposals.get(server.store, user, proposal))


@router.delete("/proposals/{proposal}")
def erase(request: Request, server: Server, user: Caller, proposal: Proposal) -> values.ErasureValue:
    """Erase a proposal with its files, for good; return what was erased, and what remains until when."""
    stored = proposals.get(server.store, user, proposal)
    try:
        receipt = erasing.erase(server.store, user, stored.id, server.now())
    finally:
        memory.forget()
    note(request, user, "erase", stored.id)
    return values.ErasureValue(**asdict(receipt))


@router.put("/proposals/{proposal}/readers")
def restrict(
    request: Request, server: Server, user: Caller, proposal: Proposal, wish: values.ReadersWish
) -> values.ProposalValue:
    """Say who may see it."""
    stored = proposals.restrict(server.store, user, proposal, wish.names, server.now())
    note(request, user, "open to all" if wish.names is None else "restrict", stored.id)
    return _value(server, stored)


@router.put("/proposals/{proposal}/keep")
def keep(
    request: Request, server: Server, user: Caller, proposal: Proposal, wish: values.KeepWish
) -> values.ProposalValue:
    """Say until when it is kept."""
    stored = proposals.set_retention(server.store, user, proposal, end_of(wish.until, server.now()), server.now())
    note(request, user, "keep", stored.id)
    return _value(server, stored)


@router.get("/proposals/{proposal}/analyses")
def every(server: Server, user: Caller, proposal: Proposal) -> list[values.AnalysisValue]:
    """Return its analyses, oldest first."""
    return [values.analysis_value(analysis) for analysis in analyses.list_all(server.store, user, proposal)]


@router.post("/proposals/{proposal}/analyses", status_code=202)
def again(request: Request, server: Server, user: Caller, proposal: Proposal) -> values.ProposalValue:
    """Queue another analysis; decisions stay with their findings."""
    stored = proposals.analyze_again(server.store, user, proposal, {"by": server.settings.by}, server.now())
    server.queued.set()
    note(request, user, "analyze again", stored.id)
    return _value(server, stored)


@router.get("/proposals/{proposal}/report", response_model=dict[str, Any])
def report(request: Request, server: Server, user: Caller, proposal: Proposal, analysis: Number = 0) -> Response:
    """Return report.json, schema impact-report/1."""
    stored = proposals.get(server.store, user, proposal)
    data = analyses.read_file(server.store, user, stored.id, analyses.REPORT, analysis)
    note_read(request, user, "read report", stored.id)
    return Response(data, media_type="application/json")


@router.get("/proposals/{proposal}/findings")
def findings(server: Server, user: Caller, proposal: Proposal, analysis: Number = 0) -> list[values.FindingValue]:
    """Return findings, gravest first, then safeguards, with what you and, once opened, all decided."""
    desk = reading.open_desk(server.store, user, proposal, analysis)
    return [
        values.finding_value(subject, desk.own.get(subject.id), desk.outcomes.get(subject.id))
        for subject in desk.subjects
    ]


@router.get("/proposals/{proposal}/decisions")
def decisions(server: Server, user: Caller, proposal: Proposal) -> list[dict[str, Any]]:
    """Return the events that you may read, oldest first, each with its place in the chain."""
    return [event_row(event) for event in reading.list_events(server.store, user, (proposal,))]


@router.post("/proposals/{proposal}/decisions", status_code=201)
def decide(
    request: Request, server: Server, user: Caller, proposal: Proposal, wish: values.DecisionWish
) -> dict[str, Any]:
    """Say something of a finding or safeguard, or add one that was missed."""
    event = record.decide(server.store, user, proposal, wish.draft(), server.now())
    note(request, user, wish.action, event.decision.proposal)
    return event_row(event)


@router.post("/proposals/{proposal}/undo", status_code=201)
def undo(request: Request, server: Server, user: Caller, proposal: Proposal, wish: values.UndoWish) -> dict[str, Any]:
    """Take back what you said last, or an event by its number."""
    event = record.undo(server.store, user, proposal, server.now(), wish.seq)
    note(request, user, "undo", event.decision.proposal)
    return event_row(event)


@router.post("/proposals/{proposal}/done", status_code=201)
def done(request: Request, server: Server, user: Caller, proposal: Proposal) -> values.OpeningValue:
    """Say that you are done."""
    stored = proposals.get(server.store, user, proposal)
    state = record.finish(server.store, user, stored.id, server.now())
    note(request, user, "done", stored.id)
    return values.OpeningValue(**asdict(state) | {"done": sorted(state.done), "opened": sorted(state.opened)})


@router.post("/proposals/{proposal}/signatures", status_code=201)
def sign(request: Request, server: Server, user: Caller, proposal: Proposal) -> values.SignatureValue:
    """Sign the latest analysis with all decisions as they stand."""
    signature = signing.sign(server.store, user, proposal, server.now())
    note(request, user, "sign", signature.proposal)
    return values.SignatureValue(**asdict(signature))


@router.get("/proposals/{proposal}/signed")
def signed(
    server: Server, user: Caller, proposal: Proposal, version: Annotated[int, Query(ge=0, lt=2**31)] = 0
) -> dict[str, Any]:
    """Return what was signed, schema impact-signed/1."""
    return signing.signed_version(server.store, user, proposal, version)


def _value(server: ServerState, stored: StoredProposal) -> values.ProposalValue:
    return values.proposal_value(stored, stage_of(server, stored))
