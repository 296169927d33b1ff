"""Files for programs: the original, what an analysis made, and the decisions."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from impact.review.store import analyses, proposals
from impact.web.api.endpoints import PROBLEMS, Caller, Number, Proposal
from impact.web.desk import files, outgoing
from impact.web.server.attachments import attachment, kind_of
from impact.web.server.middleware import SANDBOXED
from impact.web.server.session import note_read
from impact.web.server.state import Server, server_of

EXPORTS = {
    "jsonl": ("application/jsonl", "jsonl"),
    "csv": ("text/csv; charset=utf-8", "csv"),
    "annotations": ("application/ld+json", "jsonld"),
    "html": ("text/html; charset=utf-8", "html"),
}
"""Media type and suffix by name of the form."""

router = APIRouter(prefix="/api/v1", tags=["v1"], responses=PROBLEMS)


@router.get("/proposals/{proposal}/original", response_class=Response)
def original(request: Request, server: Server, user: Caller, proposal: Proposal) -> Response:
    """Return the file as it was submitted."""
    stored = proposals.get(server.store, user, proposal)
    note_read(request, user, "download original", stored.id)
    return attachment(proposals.original(server.store, user, stored.id), stored.source)


@router.get("/proposals/{proposal}/files/{name}", response_class=Response)
def file(  # noqa: PLR0913, PLR0917 (FastAPI's shape)
    request: Request,
    server: Server,
    user: Caller,
    proposal: Proposal,
    name: Annotated[str, Path(max_length=64, description="One of the files of the analysis, such as brief.docx")],
    analysis: Number = 0,
) -> Response:
    """Return a file of an analysis; which there are, its list of analyses says."""
    stored = proposals.get(server.store, user, proposal)
    data = analyses.read_file(server.store, user, stored.id, name, analysis)
    note_read(request, user, f"download {name}", stored.id)
    return attachment(data, name, kind_of(name))


@router.get("/proposals/{proposal}/outgoing/{name}", response_class=Response)
def outgoing_file(
    request: Request,
    server: Server,
    user: Caller,
    proposal: Proposal,
    name: Annotated[str, Path(max_length=64, description="A file to send, such as brief.docx or brief.fr.html")],
) -> Response:
    """Return a file that follows the decisions you may read, as signed where nothing was decided since."""
    outgoing_export = outgoing.write_outgoing(server, user, proposal, name)
    note_read(request, user, f"export {name}", outgoing_export.proposal)
    return attachment(outgoing_export.data, name, kind_of(name))


@router.get("/proposals/{proposal}/export", response_class=Response)
def export(
    request: Request,
    user: Caller,
    proposal: Proposal,
    form: Annotated[str, Query(pattern="^(jsonl|csv|annotations|html)$")] = "jsonl",
) -> Response:
    """Return the decisions you may read as JSON Lines, CSV or W3C Web Annotations, or the report that follows them."""
    server = server_of(request)
    stored = proposals.get(server.store, user, proposal)
    if form == "html":
        data = outgoing.write_outgoing(server, user, stored.id, outgoing.FORMS[form]).data
    else:
        data = files.decisions_file(server, user, stored.id, form)
    kind, suffix = EXPORTS[form]
    note_read(request, user, f"export {form}", stored.id)
    headers = {
        "Content-Disposition": f'attachment; filename="{stored.id}.{suffix}"',
        "Content-Security-Policy": SANDBOXED,
    }
    return Response(data, media_type=kind, headers=headers)


@router.get("/proposals/{proposal}/decided", response_class=Response)
def decided(  # noqa: PLR0913, PLR0917 (FastAPI's shape)
    request: Request,
    server: Server,
    user: Caller,
    proposal: Proposal,
    form: Annotated[str, Query(pattern="^(html|docx|xlsx|csv|pdf)$")] = "html",
    version: Annotated[int, Query(ge=0, lt=2**31, description="That was signed; as it stands for you if 0")] = 0,
) -> Response:
    """Return the report as decided, with what was rejected and what is undecided; "pdf" where it can be made."""
    report = outgoing.decided_report(server, user, proposal, form, version)
    note_read(request, user, f"export {report.name}", report.proposal)
    return attachment(report.data, report.name, kind_of(report.name))
