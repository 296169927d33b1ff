"""Files for programs: the original, what an analysis made, and the decisions."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from impact.review.decide import reading
from impact.review.exchange import annotations, rows
from impact.review.store import analyses, proposals
from impact.review.values.users import User
from impact.web.api.endpoints import PROBLEMS, Caller, Number, Proposal
from impact.web.desk import decided_report, files
from impact.web.desk.export import QUOTE
from impact.web.pages.proposal import attachment, kind_of
from impact.web.server.middleware import SANDBOXED
from impact.web.server.session import note_read
from impact.web.server.state import Server, ServerState, server_of

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


@router.get("/proposals/{proposal}/export", response_class=Response)
def export(
    request: Request,
    user: Caller,
    proposal: Proposal,
    form: Annotated[str, Query(pattern="^(jsonl|csv|annotations|html)$")] = "jsonl",
) -> Response:
    """Return the decisions you may read as JSON Lines, CSV or W3C Web Annotations, or the report as a page."""
    server = server_of(request)
    stored = proposals.get(server.store, user, proposal)
    kind, make = EXPORTS[form]
    data = make(server, user, stored.id)
    note_read(request, user, f"export {form}", stored.id)
    headers = {
        "Content-Disposition": f'attachment; filename="{stored.id}.{kind[1]}"',
        "Content-Security-Policy": SANDBOXED,
    }
    return Response(data, media_type=kind[0], headers=headers)


@router.get("/proposals/{proposal}/decided", response_class=Response)
def decided(  # noqa: PLR0913, PLR0917 (FastAPI's shape)
    request: Request,
    server: Server,
    user: Caller,
    proposal: Proposal,
    form: Annotated[str, Query(pattern="^(html|docx|xlsx|csv|pdf)$")] = "html",
    version: Annotated[int, Query(ge=0, lt=2**31, description="That was signed; as it stands for you if 0")] = 0,
) -> Response:
    """Return the decided report: what stands, what was rejected, and what is undecided; "pdf" where it can be made."""
    desk, report = decided_report.decided(server.store, user, proposal, version, QUOTE)
    name = f"decided-{report.version or 'draft'}.{form}"
    data = files.write(form, report, desk)
    note_read(request, user, f"export {name}", desk.proposal.id)
    return attachment(data, name, kind_of(name))


def _history(form: str) -> Callable[[ServerState, User, str], bytes]:
    return lambda server, user, proposal: rows.WRITERS[form](
        reading.list_events(server.store, user, (proposal,))
    ).encode()


def _page(server: ServerState, user: User, proposal: str) -> bytes:
    return analyses.read_file(server.store, user, proposal, "report.html")


def _annotations(server: ServerState, user: User, proposal: str) -> bytes:
    return annotations.render(reading.open_desk(server.store, user, proposal)).encode()


EXPORTS: dict[str, tuple[tuple[str, str], Callable[[ServerState, User, str], bytes]]] = {
    "jsonl": (("application/jsonl", "jsonl"), _history("jsonl")),
    "csv": (("text/csv; charset=utf-8", "csv"), _history("csv")),
    "annotations": (("application/ld+json", "jsonld"), _annotations),
    "html": (
        ("text/html; charset=utf-8", "html"),
        _page,
    ),
}
"""Media type, suffix and maker by name of the form."""
