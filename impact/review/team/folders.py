"""Folders of proposals, such as the contributions to a meeting; each proposal in one keeps its own access."""

import secrets
from datetime import date, datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from impact.review.store import chain_links
from impact.review.store.access import check_names, find_folder, may_see, may_see_folder
from impact.review.store.store import Store
from impact.review.store.tables import FolderReaderRow, FolderRow, ProposalRow, value_of
from impact.review.values.folder import Folder, FolderDraft
from impact.review.values.refusals import ConflictError, ForbiddenError
from impact.review.values.users import User


def create(store: Store, by: User, draft: FolderDraft, now: datetime) -> Folder:
    """Make a folder.

    Raises:
        ConflictError: If this person may see one of this name.
        UnknownError: If a name that may see it is nobody's.
    """
    with store.writing() as session:
        row = FolderRow(id=secrets.token_hex(8), owner=by.name, created=now)
        _fill(session, by, row, draft)
        session.add(row)
        session.flush()
        return _value(row, 0)


def get(store: Store, viewer: User, folder: str) -> Folder:
    """Return a folder with the number of proposals in it that a person may see.

    Raises:
        UnknownError: If there is none, or this person may not see it.
    """
    with store.reading() as session:
        row = find_folder(session, viewer, folder)
        return _value(row, _total(session, viewer, row))


def list_all(store: Store, viewer: User) -> tuple[Folder, ...]:
    """Return the folders that a person may see: by the first day of their meeting, latest first, then by name."""
    count = func.count().label("total")
    totals = select(ProposalRow.folder, count).where(may_see(viewer)).group_by(ProposalRow.folder)
    with store.reading() as session:
        numbers = {row.folder: row.total for row in session.execute(totals)}
        rows = session.scalars(select(FolderRow).where(may_see_folder(viewer))).all()
        folders = [_value(row, numbers.get(row.id, 0)) for row in rows]
    folders.sort(key=lambda folder: (folder.name.casefold(), folder.id))
    return tuple(sorted(folders, key=lambda folder: folder.begins or date.min, reverse=True))


def change(store: Store, by: User, folder: str, draft: FolderDraft) -> Folder:
    """Give a folder another name, group, dates or access.

    Raises:
        UnknownError: If there is no such folder, or a name is nobody's.
        ForbiddenError: If this person neither created it nor administers.
        ConflictError: If this person may see another of this name.
    """
    with store.writing() as session:
        chain_links.lock(session)
        row = find_folder(session, by, folder)
        _check_owner(by, row)
        _fill(session, by, row, draft)
        session.flush()
        return _value(row, _total(session, by, row))


def delete(store: Store, by: User, folder: str) -> None:
    """Delete a folder without proposals. Those in it that this person may not see are in no folder then.

    Raises:
        UnknownError: If there is no such folder.
        ForbiddenError: If this person neither created it nor administers.
        ConflictError: If there are proposals in it that this person may see.
    """
    with store.writing() as session:
        chain_links.lock(session)
        row = find_folder(session, by, folder)
        _check_owner(by, row)
        total = _total(session, by, row)
        if total:
            left = f"{total} {'proposal' if total == 1 else 'proposals'}"
            raise ConflictError(f"the folder still contains {left}", "Move them to another folder first")
        session.execute(update(ProposalRow).where(ProposalRow.folder == row.id).values(folder=None))
        session.delete(row)


def owns(person: User, folder: Folder) -> bool:
    """Return whether a person may change and delete a folder."""
    return person.administers or person.name == folder.owner


def _fill(session: Session, by: User, row: FolderRow, draft: FolderDraft) -> None:
    others = session.scalars(select(FolderRow.name).where(may_see_folder(by), FolderRow.id != row.id))
    if draft.name != row.name and draft.name.casefold() in {name.casefold() for name in others}:
        raise ConflictError(f"there is already a folder with the name {draft.name!r}", "Choose another name")
    row.name, row.group = draft.name, draft.group
    row.begins, row.ends = (day.isoformat() if day else "" for day in (draft.begins, draft.ends))
    row.restricted = draft.restricted_to is not None
    check_names(session, set(draft.restricted_to or ()) - {row.owner})
    names = {*draft.restricted_to, row.owner} if draft.restricted_to is not None else set()
    row.readers = [reader for reader in row.readers if reader.name in names]
    row.readers += [FolderReaderRow(name=name) for name in sorted(names - {reader.name for reader in row.readers})]


def _check_owner(by: User, row: FolderRow) -> None:
    if not by.administers and row.owner != by.name:
        raise ForbiddenError(f"only {row.owner} or an administrator can change this folder", "Ask one of these people")


def _total(session: Session, viewer: User, row: FolderRow) -> int:
    query = select(func.count()).select_from(ProposalRow).where(ProposalRow.folder == row.id, may_see(viewer))
    return session.scalar(query) or 0


def _value(row: FolderRow, total: int) -> Folder:
    return value_of(
        Folder,
        row,
        begins=date.fromisoformat(row.begins) if row.begins else None,
        ends=date.fromisoformat(row.ends) if row.ends else None,
        restricted_to=tuple(sorted(reader.name for reader in row.readers)) if row.restricted else None,
        total=total,
    )
