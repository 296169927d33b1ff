"""The reviewer's desk at /p/{proposal}/desk: the document with the findings beside it (docs/desk.md)."""

from collections.abc import Sequence
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import BaseModel, Field

from impact.errors import ImpactError
from impact.present.cleaning import plain
from impact.review.decide import reading
from impact.review.decide.reading import Desk
from impact.review.store import proposals
from impact.review.values.users import User
from impact.web.desk import decide, export, files, joint_review, page_images
from impact.web.desk.choices import mechanisms, numbers_of, safeguards
from impact.web.desk.groups import grouped
from impact.web.desk.paper import blocks, choices, clause_doms, sheets
from impact.web.desk.view import Item, is_paged, items_of, left_words, progress_of
from impact.web.desk.wording import words
from impact.web.server.session import Person, note
from impact.web.server.state import Server, ServerState
from impact.web.server.templates import page

router = APIRouter(include_in_schema=False)
for part in (decide, joint_review, export, files):
    router.include_router(part.router)

ZOOMS = ("50", "75", "100", "125", "150", "200")
"""Percent of the width of the column."""

Word = Annotated[str, Field(max_length=400)]


class Display(BaseModel):
    """How a person looks at the desk; what is none of what is offered counts as not said."""

    at: Word = ""
    by: Word = "severity"
    view: Word = ""
    zoom: Word = "100"
    clause: Word = ""
    part: Word = ""

    def link(self, base: str, **changes: str) -> str:
        """Return the address of the desk with some of it changed."""
        kept = {**self.model_dump(exclude_defaults=True), "part": "", "clause": "", **changes}
        asked = urlencode({name: value for name, value in kept.items() if value})
        return f"{base}?{asked}" if asked else base


@router.get("/p/{proposal}/desk")
def read(
    request: Request, server: Server, person: Person, proposal: str, look: Annotated[Display, Query()]
) -> Response:
    """Show the document and its findings; with `part`, the findings alone."""
    desk = reading.open_desk(server.store, person, proposal)
    if not desk.report:
        return RedirectResponse(f"/p/{desk.proposal.id}", 303)
    items = items_of(desk, person)
    parts = _panel(desk, person, items, _offered(look))
    if look.part:
        return page(request, "desk_panel.html", person, **parts)
    note(request, person, "read desk", desk.proposal.id)
    return page(request, "desk.html", person, **parts, **_paper(server, person, desk, items, parts["look"]))


@router.get("/p/{proposal}/desk/page/{number}")
def draw(server: Server, person: Person, proposal: str, number: int, zoom: str = "100") -> Response:
    """Give the image of a page."""
    found = proposals.get(server.store, person, proposal)
    if zoom not in page_images.SCALES:
        zoom = "100"
    data = page_images.image(
        found.digest, plain(found.source), number, zoom, lambda: proposals.original(server.store, person, found.id)
    )
    return Response(data, media_type="image/webp")


def chosen_of(items: Sequence[Item], at: str) -> Item | None:
    """Return the item named, else the first undecided one, else the first."""
    undecided = (one for one in items if not one.decided)
    return next((one for one in items if one.subject.id == at), None) or next(undecided, items[0] if items else None)


def _offered(look: Display) -> Display:
    """Return a look with what is offered in place of what is not."""
    by = look.by if look.by in words()["orders"] else "severity"
    zoom = look.zoom if look.zoom in ZOOMS else "100"
    view = look.view if look.view in {"", "pages", "text"} else ""
    return look.model_copy(update={"by": by, "zoom": zoom, "view": view})


def _panel(desk: Desk, person: User, items: tuple[Item, ...], look: Display) -> dict[str, Any]:
    base = f"/p/{desk.proposal.id}/desk"
    groups = grouped(items, look.by, desk.report)
    order = [one for group in groups for one in group.items]
    chosen = chosen_of(order, look.at)
    progress = progress_of(desk, person, items)
    position = order.index(chosen) if chosen else 0
    later = [*order[position + 1 :], *order[:position]]
    return {
        "proposal": desk.proposal,
        "base": base,
        "tabs": joint_review.tabs(desk, person),
        "look": look,
        "link": lambda **changes: look.link(base, **changes),
        "groups": groups,
        "chosen": chosen,
        "before": order[position - 1] if position else None,
        "after": order[position + 1] if position + 1 < len(order) else None,
        "undecided": next((one for one in later if not one.decided), None),
        "progress": progress,
        "told": left_words(progress),
        "may": person.decides and (progress.phase != "waiting"),
        "doms": clause_doms(desk.report),
        "numbers": numbers_of(desk, person, items),
        "mechanisms": mechanisms(),
        "safeguards": safeguards(),
        "clauses": () if look.part else choices(desk.report),  # the script keeps those it has
        "paged": is_paged(desk.report),
        "gone": desk.vanished,
        "words": words(),
    }


def _paper(server: ServerState, person: User, desk: Desk, items: tuple[Item, ...], look: Display) -> dict[str, Any]:
    """Return the pages of a PDF, or the clauses of anything else and of what cannot be drawn."""
    has_pages, why = desk.report["document"].get("format") == "pdf", ""
    drawn: tuple[Any, ...] = ()
    if has_pages and look.view != "text":
        found = desk.proposal
        try:
            sizes = page_images.sizes(
                found.digest, plain(found.source), lambda: proposals.original(server.store, person, found.id)
            )
            drawn = sheets(desk.report, items, sizes)
        except ImpactError as error:
            why = f"{error.message}."
    return {
        "has_pages": has_pages,
        "why": plain(why),
        "sheets": drawn,
        "blocks": () if drawn else blocks(desk.report, items),
        "zooms": ZOOMS,
        "sharp": "200" if int(look.zoom) > 100 else "100",
        "adds": {one.subject.clause for one in items},
    }
