"""Folders of proposals: their list, each with its counts and reading order, and what may be done with them."""

from collections import Counter
from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.datastructures import FormData

from impact.present.words import grade_words
from impact.records import Grade
from impact.review.decide.count import DecisionCount, counts
from impact.review.store import proposals
from impact.review.team import folders
from impact.review.values.folder import Folder, FolderDraft
from impact.review.values.proposal import ProposalQuery, State, StoredProposal
from impact.review.values.refusals import RefusedError
from impact.review.values.users import User
from impact.web.pages.library import STATES, UNFOUND, signed_of
from impact.web.pages.proposal import day_of
from impact.web.pages.reading_order import in_reading_order, portfolio
from impact.web.pages.submit import names_in
from impact.web.server.attachments import attachment
from impact.web.server.session import Form, Person, note, text
from impact.web.server.state import Server, ServerState
from impact.web.server.templates import day, page

router = APIRouter(include_in_schema=False)
A_PAGE = 100
AT_ONCE = 1000
"""Proposals of a folder that are read at once. Source: the most that the store lists; a meeting has some hundreds."""


@router.get("/folders")
def show_all(request: Request, server: Server, person: Person) -> HTMLResponse:
    """List the folders that a person may see."""
    listed = folders.list_all(server.store, person)
    return page(request, "folders.html", person, folders=[(folder, meeting(folder)) for folder in listed])


@router.post("/folders")
def create(request: Request, server: Server, person: Person, form: Form) -> Response:
    """Create a folder and go on to it."""
    folder = folders.create(server.store, person, draft_of(form), server.now())
    note(request, person, "create folder", folder.id)
    return RedirectResponse(f"/folders/{folder.id}", 303)


@router.get("/folders/{folder}")
def show(
    request: Request, server: Server, person: Person, folder: str, start: Annotated[int, Query(ge=0, le=1_000_000)] = 0
) -> HTMLResponse:
    """Show a folder: its counts, its proposals in reading order, and those that were not analyzed."""
    shown = folders.get(server.store, person, folder)
    listed = proposals_of(server, person, shown.id)
    places = in_reading_order(server, listed)
    stretch = places[start : start + A_PAGE]
    decided = counts(server.store, person, [stored.id for stored in listed]) if listed else {}
    return page(
        request,
        "folder.html",
        person,
        folder=shown,
        meeting=meeting(shown),
        places=stretch,
        names={stored.id: stored.name for stored in listed},
        waiting=[stored for stored in listed if not stored.analyses],
        states=STATES,
        counts=decided,
        signed=signed_of(server, person, [reading.proposal for reading in stretch]),
        tally=tally(listed, decided.values()),
        owns=folders.owns(person, shown),
        earlier=f"/folders/{shown.id}?start={max(start - A_PAGE, 0)}" if start else "",
        later=f"/folders/{shown.id}?start={start + A_PAGE}" if start + A_PAGE < len(places) else "",
    )


@router.post("/folders/{folder}")
def change(request: Request, server: Server, person: Person, form: Form, folder: str) -> Response:
    """Rename a folder, or change its group, dates or access."""
    changed = folders.change(server.store, person, folder, draft_of(form))
    note(request, person, "change folder", changed.id)
    return RedirectResponse(f"/folders/{changed.id}", 303)


@router.post("/folders/{folder}/delete")
def delete(request: Request, server: Server, person: Person, _form: Form, folder: str) -> Response:
    """Delete a folder without proposals."""
    folders.delete(server.store, person, folder)
    note(request, person, "delete folder", folder)
    return RedirectResponse("/folders", 303)


@router.get("/folders/{folder}/portfolio.zip")
def export(request: Request, server: Server, person: Person, folder: str) -> Response:
    """Give the portfolio of the proposals in a folder that a person may see."""
    shown = folders.get(server.store, person, folder)
    data = portfolio(server, person, proposals_of(server, person, shown.id))
    note(request, person, "export portfolio.zip", shown.id)
    return attachment(data, f"{shown.name} portfolio.zip", "application/zip")


@router.post("/p/{proposal}/folder")
def move(request: Request, server: Server, person: Person, form: Form, proposal: str) -> Response:
    """Put a proposal in a folder, or in none."""
    stored = proposals.move(server.store, person, proposal, text(form, "folder"), server.now())
    note(request, person, "move to folder" if stored.folder else "move out of folder", stored.id)
    return RedirectResponse(f"/p/{stored.id}#settings", 303)


@router.post("/fill")
def fill(request: Request, server: Server, person: Person, form: Form) -> Response:
    """Put the proposals that were selected in the list in a folder, and go on to it."""
    chosen = [name for name in form.getlist("proposal") if isinstance(name, str)]
    if not chosen:
        raise RefusedError("no proposal is selected", "Select proposals in the list and try again")
    shown = folders.get(server.store, person, text(form, "folder"))
    for stored in proposals.move_all(server.store, person, chosen, shown.id, server.now()):
        note(request, person, "move to folder", stored.id)
    return RedirectResponse(f"/folders/{shown.id}", 303)


def proposals_of(server: ServerState, person: User, folder: str) -> tuple[StoredProposal, ...]:
    """Return the proposals in a folder that a person may see, newest first."""
    return proposals.find(server.store, person, ProposalQuery(folder=folder, limit=AT_ONCE)).proposals


def draft_of(form: FormData) -> FolderDraft:
    """Return what a form says of a folder.

    Raises:
        RefusedError: If that makes no sense.
    """
    names = names_in(text(form, "readers")) or () if text(form, "who") == "named" else None
    begins, ends = day_of(text(form, "begins")), day_of(text(form, "ends"))
    try:
        return FolderDraft(text(form, "name"), text(form, "group"), begins, ends, names)
    except ValueError as error:
        raise RefusedError(str(error), "Complete the entry and try again") from error


def meeting(folder: Folder) -> str:
    """Return group and days of a meeting: "SG13, 6 July 2026 to 17 July 2026"; empty where nothing is known."""
    days = " to ".join(dict.fromkeys(day(date) for date in (folder.begins, folder.ends) if date))
    return ", ".join(filter(None, (folder.group, days)))


def tally(listed: Sequence[StoredProposal], decided: Any) -> list[tuple[str, str]]:
    """Return in words how many proposals a folder has by level, how many are not analyzed, and what was decided."""
    grades = Counter(stored.headline.grade for stored in listed if stored.headline and stored.state is State.DONE)
    rows = [(UNFOUND if grade is Grade.NONE else grade_words(grade), str(grades[grade])) for grade in _order(grades)]
    states: Counter[State] = Counter(stored.state for stored in listed if stored.state is not State.DONE)
    rows += [(STATES[state], str(states[state])) for state in State if states[state]]
    counts: list[DecisionCount] = list(decided)
    total = DecisionCount(sum(count.decided for count in counts), sum(count.total for count in counts))
    return [*rows, ("items decided", f"{total.decided} of {total.total}")] if total.total else rows


def _order(grades: Counter[Grade]) -> list[Grade]:
    first = (Grade.HIGH, Grade.MEDIUM, Grade.LOW, Grade.DECIDE, Grade.NONE, Grade.UNASSESSED)
    return [grade for grade in first if grades[grade]]
