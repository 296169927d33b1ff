"""Take files from the page, and say how far they are."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse, RedirectResponse
from starlette.datastructures import FormData, UploadFile

from impact.batch.containers.lists import MeetingLists
from impact.paths import shelf
from impact.present.words import beside_headline, grade_words
from impact.records import Grade
from impact.review.store import proposals
from impact.review.values.proposal import State, StoredProposal, Submission
from impact.review.values.refusals import RefusedError, UnknownError
from impact.review.values.users import User
from impact.web.pages.intake import SubmissionResult, may_be_list, submit_upload
from impact.web.pages.library import UNFOUND, stage_of
from impact.web.server.session import Form, Person, note, text
from impact.web.server.state import Server, ServerState, server_of
from impact.web.server.templates import page

router = APIRouter(include_in_schema=False)
SAMPLE = "new-network.pdf"
MOST_PROPOSALS = 200
"""Proposals whose progress is told at once."""


@router.post("/submit")
def submit(request: Request, server: Server, person: Person, form: Form) -> Response:
    """Submit the files of a form; answer with a page, or with JSON where a script asks for it."""
    results = submit_files(request, person, form)
    if request.headers.get("accept", "").startswith("application/json"):
        return JSONResponse({"files": [_result_row(server, result) for result in results]})
    return page(request, "submitted.html", person, results=results)


@router.post("/sample")
def sample(request: Request, server: Server, person: Person, form: Form) -> Response:
    """Submit a proposal that we wrote, for whoever has none at hand, and go on to its page."""
    path = shelf("corpora") / "proposals" / SAMPLE
    with path.open("rb") as file:
        upload = UploadFile(file, size=path.stat().st_size, filename=path.name)
        (result,) = submit_upload(server, person, upload, empty_submission(server, form))
    if result.proposal is None:
        raise RefusedError(result.reason, result.hint)
    if result.new:
        note(request, person, "submit", result.proposal.id)
    return RedirectResponse(f"/p/{result.proposal.id}", 303)


@router.get("/progress")
def progress(
    server: Server, person: Person, proposal: Annotated[list[str], Query(max_length=MOST_PROPOSALS)]
) -> JSONResponse:
    """Say how far proposals are; what is not there, or may not be seen, is left out."""
    rows = []
    for name in proposal:
        try:
            rows.append(progress_row(server, proposals.get(server.store, person, name)))
        except UnknownError:
            continue
    return JSONResponse({"proposals": rows})


def submit_files(request: Request, person: User, form: FormData) -> list[SubmissionResult]:
    """Submit all files of a form and return what became of each document."""
    server = server_of(request)
    empty = empty_submission(server, form)
    results: list[SubmissionResult] = []
    fields = [field for field in form.getlist("files") if isinstance(field, UploadFile)]
    uploads = [field for field in fields if field.filename or field.size]
    lists = MeetingLists()
    for upload in sorted(uploads, key=lambda upload: not may_be_list(upload)):
        results += submit_upload(server, person, upload, empty, lists)
    for result in results:
        if result.proposal and result.new:
            note(request, person, "submit", result.proposal.id)
    return results


def empty_submission(server: ServerState, form: FormData) -> Submission:
    """Return what the form says beside its files; numbers that are none count as not said."""
    names = names_in(text(form, "readers"))
    readings = text(form, "readings")
    fits = readings.isascii() and readings.isdigit() and 1 <= int(readings[:3]) <= 9
    wanted = int(readings[:3]) if fits else 1
    return Submission("", b"", (("by", server.settings.by),), names, wanted, folder=text(form, "folder"))


def names_in(written: str) -> tuple[str, ...] | None:
    """Return the names in a list with commas; None where there is none, so that all may see it."""
    names = tuple(dict.fromkeys(part.strip() for part in written.split(",") if part.strip()))
    return names or None


def progress_row(server: ServerState, stored: StoredProposal) -> dict[str, Any]:
    """Return how far a proposal is."""
    return {
        "id": stored.id,
        "name": stored.name,
        "state": stored.state.value,
        "stage": stage_of(server, stored),
        **_level_row(stored),
        "reason": stored.reason,
        "hint": stored.hint,
        "url": f"/p/{stored.id}",
    }


def _level_row(stored: StoredProposal) -> dict[str, str | None]:
    """Return what a proposal is headed by, the same in words, and what a reader must decide beside it."""
    headline = stored.headline if stored.state is State.DONE else None
    if headline is None:
        return {"level": None, "words": "", "beside": ""}
    found = grade_words(headline.grade) if headline.grade is not Grade.NONE else UNFOUND
    return {"level": headline.grade.value, "words": found, "beside": beside_headline(headline)}


def _result_row(server: ServerState, result: SubmissionResult) -> dict[str, Any]:
    row = {"file": result.name, "new": result.new, "reason": result.reason, "hint": result.hint}
    if result.proposal is None:
        return row
    return {**row, **progress_row(server, result.proposal), "folder": result.proposal.folder}
