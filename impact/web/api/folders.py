"""Folders for programs."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request, Response
from pydantic import BaseModel, Field

from impact.review.store import proposals
from impact.review.team import folders
from impact.review.values.folder import LONGEST_NAME, Folder, FolderDraft
from impact.review.values.refusals import RefusedError
from impact.web.api.endpoints import PROBLEMS, Caller, Proposal
from impact.web.api.values import Name, ProposalValue, Strict, proposal_value
from impact.web.pages.folders import proposals_of
from impact.web.pages.library import stage_of
from impact.web.pages.reading_order import portfolio
from impact.web.server.attachments import attachment
from impact.web.server.session import note
from impact.web.server.state import Server

router = APIRouter(prefix="/api/v1", tags=["v1"], responses=PROBLEMS)
FolderId = Annotated[str, Path(max_length=64)]
Line = Annotated[str, Field(max_length=LONGEST_NAME)]
ZIP: dict[int | str, dict[str, Any]] = {
    200: {"content": {"application/zip": {"schema": {"type": "string", "format": "binary"}}}}
}


class FolderWish(Strict):
    """A folder as it should be; `restricted_to` names who may see it beside you and administrators, null for all."""

    name: Line
    group: Line = ""
    begins: date | None = None
    ends: date | None = None
    restricted_to: Annotated[list[Name], Field(max_length=200)] | None = None

    def draft(self) -> FolderDraft:
        """Return it as the store takes it."""
        names = None if self.restricted_to is None else tuple(self.restricted_to)
        try:
            return FolderDraft(self.name, self.group, self.begins, self.ends, names)
        except ValueError as error:
            raise RefusedError(str(error), "Complete the entry and try again") from error


class FolderValue(BaseModel):
    """A folder, with the number of proposals in it that you may see."""

    id: str
    name: str
    owner: str
    created: datetime
    group: str
    begins: date | None
    ends: date | None
    restricted_to: list[str] | None
    total: int


class MoveWish(Strict):
    """Id of the folder to put a proposal in; null for none."""

    folder: Annotated[str, Field(max_length=64)] | None


@router.get("/folders")
def list_folders(server: Server, user: Caller) -> list[FolderValue]:
    """List the folders that you may see, latest meeting first."""
    return list(map(_value, folders.list_all(server.store, user)))


@router.post("/folders", status_code=201)
def create_folder(request: Request, server: Server, user: Caller, wish: FolderWish) -> FolderValue:
    """Create a folder."""
    folder = folders.create(server.store, user, wish.draft(), server.now())
    note(request, user, "create folder", folder.id)
    return _value(folder)


@router.get("/folders/{folder}")
def show_folder(server: Server, user: Caller, folder: FolderId) -> FolderValue:
    """Return a folder; its proposals are those of `GET /proposals?folder=`."""
    return _value(folders.get(server.store, user, folder))


@router.put("/folders/{folder}")
def change_folder(request: Request, server: Server, user: Caller, folder: FolderId, wish: FolderWish) -> FolderValue:
    """Give a folder another name, group, dates or access."""
    changed = folders.change(server.store, user, folder, wish.draft())
    note(request, user, "change folder", changed.id)
    return _value(changed)


@router.delete("/folders/{folder}", status_code=204)
def delete_folder(request: Request, server: Server, user: Caller, folder: FolderId) -> None:
    """Delete a folder in which there are no proposals."""
    shown = folders.get(server.store, user, folder)
    folders.delete(server.store, user, shown.id)
    note(request, user, "delete folder", shown.id)


@router.get("/folders/{folder}/portfolio", response_class=Response, responses=ZIP)
def save_portfolio(request: Request, server: Server, user: Caller, folder: FolderId) -> Response:
    """Return the portfolio of the proposals in a folder as a ZIP (docs/portfolio.md)."""
    shown = folders.get(server.store, user, folder)
    data = portfolio(server, user, proposals_of(server, user, shown.id))
    note(request, user, "export portfolio.zip", shown.id)
    return attachment(data, "portfolio.zip", "application/zip")


@router.put("/proposals/{proposal}/folder")
def move_proposal(request: Request, server: Server, user: Caller, proposal: Proposal, wish: MoveWish) -> ProposalValue:
    """Put a proposal in a folder, or in none."""
    stored = proposals.move(server.store, user, proposal, wish.folder or "", server.now())
    note(request, user, "move to folder" if stored.folder else "move out of folder", stored.id)
    return proposal_value(stored, stage_of(server, stored))


def _value(folder: Folder) -> FolderValue:
    return FolderValue(**asdict(folder))
