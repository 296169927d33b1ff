"""The decided report in the forms that people work in, and decisions as files that leave and come in."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse
from markupsafe import Markup
from starlette.datastructures import UploadFile

from impact.present.cleaning import plain
from impact.records import Grade
from impact.report.page import pdf
from impact.review.decide import reading, record
from impact.review.decide.reading import Desk
from impact.review.exchange import annotation_import, annotations, importing, rows
from impact.review.store import proposals
from impact.review.values.refusals import RefusedError
from impact.review.values.users import User
from impact.web.desk.decided_report import DecidedReport
from impact.web.desk.finding import DeskFinding
from impact.web.desk.pdf_process import pdf_of
from impact.web.desk.wording import words
from impact.web.server.attachments import attachment
from impact.web.server.session import Form, Person, note
from impact.web.server.state import Server, ServerState
from impact.web.server.templates import template

router = APIRouter(include_in_schema=False)
QUOTE = 900
"""Characters of a clause that the decided report quotes."""

COLUMNS = {
    "decided": 12,
    "kind": 11,
    "what": 34,
    "found as": 34,
    "where": 18,
    "level": 15,
    "changed to": 40,
    "by": 24,
    "reason or remark": 60,
    "notes": 50,
    "words of the clause": 90,
    "may enable": 50,
    "rights and articles": 70,
    "signed": 40,
    "id": 24,
}
"""Columns of the decided report as a table, with their width in characters."""


@dataclass(frozen=True, slots=True)
class DecidedExport:
    """A decided report to be written: what is decided, of what, and when it came to that."""

    report: DecidedReport
    desk: Desk

    @property
    def time(self) -> datetime:
        """When it was signed last, else when the proposal changed last; never the hour of writing."""
        signed = [datetime.fromisoformat(time) for _, time in self.report.signatures]
        return max(signed, default=self.desk.proposal.updated).astimezone(UTC)

    @property
    def page(self) -> str:
        """The report as an HTML file that needs nothing else."""
        text = template("desk_export.html").render(
            report=self.report, limit=QUOTE, proposal=self.desk.proposal, style=_style()
        )
        return text.encode("utf-8", "replace").decode()

    @property
    def cells(self) -> Iterator[dict[str, str]]:
        """The report as rows of a table: that it was not assessed; what stands, is rejected, is undecided."""
        if self.report.unassessed:
            yield dict.fromkeys(COLUMNS, "") | {
                "decided": Grade.UNASSESSED.value,
                "reason or remark": self.report.unassessed,
            }
        signed = "; ".join(f"{name}, {time}" for name, time in self.report.signatures)
        for finding in self.report.every:
            yield _cells(finding) | {"signed": signed}


def forms() -> tuple[tuple[str, str], ...]:
    """Return the forms of the decided report that can be made here, with their names."""
    return tuple((form, name) for form, name in words().forms.items() if form != "pdf" or pdf.is_there())


def write(form: str, report: DecidedReport, desk: Desk) -> tuple[bytes, str]:
    """Return a decided report as the bytes of a file, and the name of the file; `form` is one of `MAKERS`.

    Raises:
        ConflictError: If it is a PDF, and too many others are being made.
        MissingError: If it is a PDF, and what makes it is not installed.
        LimitError: If it is a PDF that takes too long.
    """
    return MAKERS[form](DecidedExport(report, desk)), f"decided-{report.version or 'draft'}.{form}"


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


def _cells(finding: DeskFinding) -> dict[str, str]:
    return {
        "decided": finding.verdict,
        "kind": finding.subject.kind.value,
        "what": finding.decided_name,
        "found as": finding.name if finding.decided_label != finding.subject.label else "",
        "where": finding.place,
        "level": finding.decided_level_words,
        "changed to": finding.correction,
        "by": ", ".join(finding.by),
        "reason or remark": finding.status.text,
        "notes": " | ".join(f"{name}: {text}" for name, text in finding.status.notes),
        "words of the clause": "".join(f" {run.text} " if run.gap else run.text for run in finding.quote(QUOTE)),
        "may enable": finding.decided_effect,
        "rights and articles": finding.decided_rights,
        "id": finding.subject.id,
    }


def _docx(export: DecidedExport) -> bytes:
    from impact.report.docx.brief import from_page

    return from_page(export.page, export.desk.proposal.name, export.time)


def _xlsx(export: DecidedExport) -> bytes:
    from impact.report.workbook import table

    return table(export.desk.proposal.name, "Decided", COLUMNS, export.cells, export.time)


def _csv(export: DecidedExport) -> bytes:
    from impact.tables.frames import cell_frame, csv_text

    return csv_text(cell_frame(COLUMNS, export.cells)).encode("utf-8", "replace")


MAKERS: dict[str, Callable[[DecidedExport], bytes]] = {
    "html": lambda export: export.page.encode(),
    "docx": _docx,
    "xlsx": _xlsx,
    "csv": _csv,
    "pdf": lambda export: pdf_of(export.page),
}
"""What writes a decided report, by form."""


@cache
def _style() -> Markup:
    return Markup(files("impact.web").joinpath("static", "desk_export.css").read_text("utf-8"))  # noqa: S704 (our own file)
