"""Take files from the page, and say how far they are."""

from collections.abc import Iterator
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse, RedirectResponse
from starlette.datastructures import FormData, UploadFile

from impact.paths import shelf
from impact.review.store import proposals
from impact.review.values.proposal import State, StoredProposal
from impact.review.values.refusals import RefusedError, UnknownError
from impact.review.values.users import User
from impact.web.pages.intake import Given, Taken, Wishes, take
from impact.web.pages.library import stage_of
from impact.web.pages.templates import page
from impact.web.server.session import Form, Person, note, text
from impact.web.server.state import Here, Site

router = APIRouter(include_in_schema=False)
SAMPLE = "new-network.pdf"
MOST_ASKED = 200
"""Proposals whose progress is told at once."""


@router.post("/submit")
def submit(request: Request, here: Here, person: Person, form: Form) -> Response:
    """Submit the files of a form; answer with a page, or with JSON where a script asks for it."""
    taken = list(take_all(here, person, form))
    for one in taken:
        if one.proposal and one.new:
            note(request, person, "submit", one.proposal.id)
    if request.headers.get("accept", "").startswith("application/json"):
        return JSONResponse({"files": [_told(here, one) for one in taken]})
    return page(request, "submitted.html", person, taken=taken)


@router.post("/sample")
def sample(request: Request, here: Here, person: Person, form: Form) -> Response:
    """Submit a proposal that we wrote, for whoever has none at hand, and go on to its page."""
    path = shelf("corpora") / "proposals" / SAMPLE
    with path.open("rb") as file:
        (one,) = take(here, person, Given(path.name, file, path.stat().st_size), wishes_of(here, form))
    if one.proposal is None:
        raise RefusedError(one.reason, one.hint)
    if one.new:
        note(request, person, "submit", one.proposal.id)
    return RedirectResponse(f"/p/{one.proposal.id}", 303)


@router.get("/progress")
def progress(here: Here, person: Person, proposal: Annotated[list[str], Query(max_length=MOST_ASKED)]) -> JSONResponse:
    """Say how far proposals are; what is not there, or may not be seen, is left out."""
    told = []
    for name in proposal:
        try:
            told.append(told_of(here, proposals.get(here.store, person, name)))
        except UnknownError:
            continue
    return JSONResponse({"proposals": told})


def take_all(site: Site, person: User, form: FormData) -> Iterator[Taken]:
    """Submit all files of a form and yield what became of each document."""
    wishes = wishes_of(site, form)
    for one in form.getlist("files"):
        if isinstance(one, UploadFile) and (one.filename or one.size):
            yield from take(site, person, Given(one.filename or "", one.file, one.size or 0), wishes)


def wishes_of(site: Site, form: FormData) -> Wishes:
    """Return what the form says beside its files; numbers that are none count as not said."""
    names = names_in(text(form, "readers"))
    readings = text(form, "readings")
    fits = readings.isascii() and readings.isdigit() and 1 <= int(readings[:3]) <= 9
    return Wishes((("by", site.settings.by),), names, int(readings[:3]) if fits else 1)


def names_in(written: str) -> tuple[str, ...] | None:
    """Return the names in a list with commas; None where there is none, so that all may see it."""
    names = tuple(dict.fromkeys(part.strip() for part in written.split(",") if part.strip()))
    return names or None


def told_of(site: Site, one: StoredProposal) -> dict[str, Any]:
    """Return how far a proposal is."""
    return {
        "id": one.id,
        "name": one.name,
        "state": one.state.value,
        "stage": stage_of(site, one),
        "level": one.level.value if one.level and one.state is State.DONE else None,
        "open": one.level is not one.firm_level,
        "reason": one.reason,
        "hint": one.hint,
        "url": f"/p/{one.id}",
    }


def _told(site: Site, one: Taken) -> dict[str, Any]:
    told = {"file": one.name, "new": one.new, "reason": one.reason, "hint": one.hint}
    return {**told, **told_of(site, one.proposal)} if one.proposal else told
