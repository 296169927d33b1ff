"""Decisions as files that leave and come in."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse
from starlette.datastructures import UploadFile

from impact.present.cleaning import plain
from impact.review.decide import reading, record
from impact.review.exchange import annotation_import, annotations, importing, rows
from impact.review.store import proposals
from impact.review.values.refusals import RefusedError
from impact.review.values.users import User
from impact.web.server.attachments import attachment
from impact.web.server.session import Form, Person, note
from impact.web.server.state import Server, ServerState

router = APIRouter(include_in_schema=False)


@router.get("/p/{proposal}/desk/decisions")
def decisions(
    request: Request,
    server: Server,
    person: Person,
    proposal: str,
    form: Annotated[str, Query(pattern="^(jsonl|csv|annotations)$")] = "jsonl",
) -> Response:
    """Give the decisions that a person may read as a file, which another store takes in."""
    stored = proposals.get(server.store, person, proposal)
    note(request, person, f"export {form}", stored.id)
    suffix = "jsonld" if form == "annotations" else form
    return attachment(decisions_file(server, person, stored.id, form), f"decisions.{suffix}")


@router.post("/p/{proposal}/desk/decisions")
def take(request: Request, server: Server, person: Person, form: Form, proposal: str) -> Response:
    """Take over the decisions of a file; annotations that were made in another tool become the person's own words."""
    stored = proposals.get(server.store, person, proposal)
    upload = form.get("file")
    if not isinstance(upload, UploadFile) or not upload.size:
        hint = "Select decisions exported from a review desk, or Web Annotations of another tool"
        raise RefusedError("no file was selected", hint)
    name = plain(upload.filename or "")
    kind = next((kind for suffix, kind in importing.SUFFIXES.items() if name.lower().endswith(suffix)), "")
    if not kind:
        msg = f"the type of {name[-80:]} cannot be recognized by its name"
        raise RefusedError(msg, f"The name must end in {', '.join(importing.SUFFIXES)}")
    new, known = import_decisions(server, person, stored.id, upload.file.read(), kind)
    note(request, person, "import decisions", stored.id)
    return RedirectResponse(f"/p/{stored.id}/desk/together?new={new}&known={known}#decisions", 303)


def decisions_file(server: ServerState, person: User, proposal: str, form: str) -> bytes:
    """Return the decisions that a person may read as JSON Lines, CSV or W3C Web Annotations."""
    if form == "annotations":
        return annotations.render(reading.open_desk(server.store, person, proposal)).encode()
    return rows.WRITERS[form](reading.list_events(server.store, person, (proposal,))).encode()


def import_decisions(server: ServerState, person: User, proposal: str, data: bytes, kind: str) -> tuple[int, int]:
    """Take over the decisions of a file, all or none, and return how many are new and how many were here already.

    Raises:
        RefusedError: If anything does not fit.
        ForbiddenError: If they would be this person's own, who does not decide.
    """
    if kind == "annotations" and b'"decision"' not in data:
        remarks = annotation_import.read_drafts(data, reading.open_desk(server.store, person, proposal))
        return len(record.decide_all(server.store, person, proposal, remarks, server.now())), 0
    imported = importing.import_decisions(server.store, person, data, kind, server.now())
    return imported.new, imported.known
