"""The reviewer's desk at /p/{proposal}/desk: the document with the findings beside it (docs/desk.md)."""

from collections.abc import Sequence
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import BaseModel, Field

from impact.errors import ImpactError
from impact.present.cleaning import plain
from impact.records.document import PAGE_FORMATS
from impact.records.report import Report
from impact.review.decide import reading
from impact.review.decide.reading import Desk
from impact.review.store import proposals
from impact.review.values.users import User
from impact.taxonomy import load
from impact.web.desk import comments, decide, export, files, joint_review, outgoing, page_images
from impact.web.desk.choices import by_name, numbers_of
from impact.web.desk.finding import DeskFinding, findings_of
from impact.web.desk.groups import Findings, grouped
from impact.web.desk.leaf import ClauseLeaf, clause_leaves, clause_named, page_leaf, page_named
from impact.web.desk.paper import blocks, choices, clause_doms, sheets
from impact.web.desk.progress import Progress, progress_of
from impact.web.desk.wording import name_of, words
from impact.web.server.session import Person, note
from impact.web.server.state import Server, ServerState
from impact.web.server.templates import page

router = APIRouter(include_in_schema=False)
for part in (decide, comments, joint_review, export, files, outgoing):
    router.include_router(part.router)

ZOOMS = ("50", "75", "100", "125", "150", "200")
"""Percent of the width of the column."""

NEEDED = "needed"
"""The filter that shows what still needs a decision."""

PARTS = {"row": "desk_answer.html", "rows": "desk_rows.html"}
"""Templates of the parts of the panel that a script asks for; the whole panel for any other."""

DOCUMENT_PARTS = {"leaf": "desk_leaf.html", "clauses": "desk_clauses.html"}
"""Templates of the parts of the document that a script asks for."""

ITEMS = 40
"""Items of a list that come with all that they fold out; of a longer list, that of the chosen one alone comes at first.

Source: project judgment; an item folds out some 2 kB.
"""

BODIES = 8
"""Items of a longer list that come with what they fold out, where a script asks for some. Source: project judgment."""

FEW = 150
"""Clauses that are all offered to add a finding to; of more, those near by, and all when a script asks for them."""

Word = Annotated[str, Field(max_length=400)]


class Display(BaseModel):
    """How a person looks at the desk; what is none of what is offered counts as not said."""

    at: Word = ""
    by: Word = "severity"
    view: Word = ""
    zoom: Word = "100"
    clause: Word = ""
    to: Word = ""
    show: Word = ""
    part: Word = ""

    def link(self, base: str, **changes: str) -> str:
        """Return the address of the desk with some of it changed."""
        fields = {**self.model_dump(exclude_defaults=True), "part": "", "clause": "", "to": "", **changes}
        query = urlencode({name: value for name, value in fields.items() if value})
        return f"{base}?{query}" if query else base

    def offered(self) -> "Display":
        """Return it with what is offered in place of what is not."""
        by = self.by if self.by in words().orders else "severity"
        zoom = self.zoom if self.zoom in ZOOMS else "100"
        view = self.view if self.view in {"", "pages", "text"} else ""
        show = self.show if self.show == NEEDED else ""
        return self.model_copy(update={"by": by, "zoom": zoom, "view": view, "show": show})


@router.get("/p/{proposal}/desk")
def read(
    request: Request, server: Server, person: Person, proposal: str, display: Annotated[Display, Query()]
) -> Response:
    """Show the document and its findings; with `part`, the findings or a single one alone."""
    desk = reading.open_desk(server.store, person, proposal)
    report = desk.report
    if not report:
        return RedirectResponse(f"/p/{desk.proposal.id}", 303)
    findings, display = findings_of(desk, person, report), display.offered()
    if display.part in DOCUMENT_PARTS:
        return _document_part(request, server, person, desk, report, findings, display)
    parts = _panel(desk, person, report, findings, display, progress_of(desk, person, findings, server.now()))
    fresh = (comments.current if display.part else comments.visit)(server, person, desk.proposal.id)
    parts |= comments.discussion(desk, fresh)
    if display.part:
        return page(request, PARTS.get(display.part, "desk_panel.html"), person, **parts)
    note(request, person, "read desk", desk.proposal.id)
    paper = _paper(server, person, desk, report, findings, display, parts["chosen"])
    return page(request, "desk.html", person, **(parts | paper))


@router.get("/p/{proposal}/desk/page/{number}")
def draw(server: Server, person: Person, proposal: str, number: int, zoom: str = "100") -> Response:
    """Give the image of a page."""
    stored = proposals.get(server.store, person, proposal)
    if zoom not in page_images.SCALES:
        zoom = "100"
    data = page_images.image(
        stored.digest, plain(stored.source), number, zoom, lambda: proposals.original(server.store, person, stored.id)
    )
    return Response(data, media_type="image/webp")


def chosen_of(findings: Sequence[DeskFinding], at: str) -> DeskFinding | None:
    """Return the finding with an id, else the first undecided one, else the first."""
    undecided = (finding for finding in findings if not finding.status.decided)
    first = next(undecided, findings[0] if findings else None)
    return next((finding for finding in findings if finding.subject.id == at), first)


def _panel(  # noqa: PLR0913, PLR0917 (all of a desk)
    desk: Desk, person: User, report: Report, findings: Findings, display: Display, progress: Progress
) -> dict[str, Any]:
    shown = joint_review.frame(desk, person)
    groups = grouped(findings, display.by, report.clauses)
    every = [finding for group in groups for finding in group.findings]
    order = [finding for finding in every if finding.needs or not display.show] or every
    chosen = chosen_of(order, display.at)
    position = order.index(chosen) if chosen else 0
    later = [*order[position + 1 :], *order[:position]]
    first = max(position - 1, 0)
    some = order[first : first + BODIES] if display.part == "rows" else [chosen]
    full = every if len(every) <= ITEMS else some
    return {
        **shown,
        "display": display,
        "link": lambda **changes: display.link(shown["base"], **changes),
        "groups": groups,
        "listed": {finding.dom for finding in order},
        "chosen": chosen,
        "full": {finding.dom for finding in full if finding},
        "before": order[position - 1] if position else None,
        "after": order[position + 1] if position + 1 < len(order) else None,
        "undecided": next((finding for finding in later if finding.needs), None),
        "progress": progress,
        "may": _may(person, progress.phase),
        "doms": clause_doms(report.clauses),
        "numbers": {finding.dom: numbers_of(finding) for finding in findings},
        "mechanisms": by_name(load().mechanisms),
        "safeguards": by_name(load().safeguards),
        "clauses": (),  # a script keeps those it has
        "every_clause": False,
        "paged": report.document.paged,
        "remarks": report.extraction.remarks or (),
        "vanished": [(status, name_of(status.label)) for status in desk.vanished],
        "words": words(),
    }


def _document_part(  # noqa: PLR0913, PLR0917 (all of a desk)
    request: Request,
    server: ServerState,
    person: User,
    desk: Desk,
    report: Report,
    findings: Findings,
    display: Display,
) -> Response:
    """Give a stretch of the document, or all clauses to choose from."""
    shown = joint_review.frame(desk, person)
    parts = shown | {
        "display": display,
        "link": lambda **changes: display.link(shown["base"], **changes),
        "may": _may(person, progress_of(desk, person, findings, server.now()).phase),
        "doms": clause_doms(report.clauses),
        "chosen": None,
    }
    if display.part == "clauses":
        parts["clauses"] = choices(report, range(len(report.clauses)))
    else:
        parts |= _paper(server, person, desk, report, findings, display, None)
    return page(request, DOCUMENT_PARTS[display.part], person, **parts)


def _may(person: User, phase: str) -> bool:
    return person.decides and phase != "waiting"


def _paper(  # noqa: PLR0913, PLR0917 (all of a desk)
    server: ServerState,
    person: User,
    desk: Desk,
    report: Report,
    findings: Findings,
    display: Display,
    chosen: DeskFinding | None,
) -> dict[str, Any]:
    """Return the pages of a PDF, or the clauses of anything else and of what cannot be drawn.

    Of a long document they are those near the chosen finding, or those that the address names.
    """
    sizes, why = _sizes(server, person, desk) if display.view != "text" and _has_pages(report) else ((), "")
    clauses, at = report.clauses, chosen.subject.clause if chosen else ""
    leaf = clause_named(display.to or display.clause, clauses, at)
    if sizes:
        number = page_named(display.to, clauses[leaf].page if clauses else 1)
        pages = page_leaf(number, len(sizes))
        drawn = sheets(clauses, findings, sizes, pages)
        near = [index for index, clause in enumerate(clauses) if clause.page in pages]
        leaves: tuple[ClauseLeaf, ...] = ()
    else:
        drawn, pages = (), range(0)
        leaves = tuple(clause_leaves(clauses, leaf, paged=report.document.paged))
        near = [index for part in leaves if part.shown for index in part.clauses]
    offered = range(len(clauses)) if len(clauses) <= FEW else sorted({*near, leaf})
    return {
        "has_pages": _has_pages(report),
        "why": plain(why),
        "sheets": drawn,
        "marked_pages": pages,
        "leaves": leaves,
        "blocks": next((blocks(report, findings, part.clauses) for part in leaves if part.shown), ()),
        "clauses": choices(report, offered),
        "every_clause": len(offered) == len(clauses),
        "zooms": ZOOMS,
        "sharp": "200" if int(display.zoom) > 100 else "100",
    }


def _has_pages(report: Report) -> bool:
    return report.document.format in PAGE_FORMATS


def _sizes(server: ServerState, person: User, desk: Desk) -> tuple[tuple[page_images.Size, ...], str]:
    """Return the sizes of the pages of a PDF; or none, and why it cannot be drawn."""
    stored = desk.proposal
    try:
        return page_images.sizes(
            stored.digest, plain(stored.source), lambda: proposals.original(server.store, person, stored.id)
        ), ""
    except ImpactError as error:
        return (), f"{error.message}."
