"""Rows of proposals: who may see them, and what values they make."""

import re
from collections.abc import Iterable

from sqlalchemy import BindParameter, ColumnElement, exists, or_, select, true
from sqlalchemy.orm import Session

from impact.records import Level
from impact.review.store.tables import ProposalRow, ReaderRow
from impact.review.values.proposal import State, StoredProposal
from impact.review.values.refusals import ForbiddenError, UnknownError
from impact.review.values.users import User

_PREFIX = re.compile("[0-9a-f]{4,16}")
"""The beginning of an id that is enough to name a proposal, if no other begins so. Source: git's own shortest."""


def may_see(viewer: User) -> ColumnElement[bool]:
    """Return what holds for the proposals that a person may see."""
    return may_see_as(viewer.name, administers=viewer.administers)


def may_see_as(name: str | BindParameter[str], *, administers: bool) -> ColumnElement[bool]:
    """Return what `may_see` does, also for a name that is given later."""
    if administers:
        return true()
    named = exists().where(ReaderRow.proposal == ProposalRow.id, ReaderRow.name == name)
    return or_(ProposalRow.restricted.is_(False), named)


def find_row(session: Session, viewer: User, proposal: str, *, lock: bool = False) -> ProposalRow:
    """Return the row of a proposal that a person may see.

    Args:
        session: Open.
        viewer: Who asks.
        proposal: Its id, or the beginning of it that no other id has.
        lock: Whether to keep others from changing it until the session ends.

    Raises:
        UnknownError: If there is none, or this person may not see it.
    """
    ask = select(ProposalRow).where(may_see(viewer))
    if lock:
        ask = ask.with_for_update(of=ProposalRow)
    found = session.scalars(ask.where(ProposalRow.id == proposal)).first()
    if found is None and _PREFIX.fullmatch(proposal):
        alike = session.scalars(ask.where(ProposalRow.id.startswith(proposal)).limit(2)).all()
        found = alike[0] if len(alike) == 1 else None
    if found is None:
        msg = f"there is no proposal {proposal!r}"
        raise UnknownError(msg, "See the list for what is there")
    return found


def to_proposal(row_: ProposalRow) -> StoredProposal:
    """Return the value of a row."""
    return StoredProposal(
        id=row_.id,
        digest=row_.digest,
        source=row_.source,
        state=State(row_.state),
        submitted_by=row_.submitted_by,
        created=row_.created,
        updated=row_.updated,
        title=row_.title,
        number=row_.number,
        body=row_.body,
        group=row_.group,
        organizations=tuple(row_.organizations),
        reason=row_.reason,
        hint=row_.hint,
        level=Level(row_.level) if row_.level else None,
        firm_level=Level(row_.firm_level or row_.level) if row_.level else None,
        restricted_to=tuple(sorted(reader.name for reader in row_.readers)) if row_.restricted else None,
        readings=row_.readings,
        keep_until=row_.keep_until,
        analyses=row_.analyses,
    )


def restrict_row(row_: ProposalRow, names: Iterable[str] | None) -> None:
    """Let only these people see a proposal; all, if None."""
    row_.restricted = names is not None
    row_.readers = [ReaderRow(name=name) for name in sorted(set(names or ()))]


def check_owner(viewer: User, row_: ProposalRow) -> None:
    """Refuse who neither submitted a proposal nor is an administrator.

    Raises:
        ForbiddenError: If so.
    """
    if not viewer.administers and row_.submitted_by != viewer.name:
        msg = f"only {row_.submitted_by} or an administrator may do that with {row_.id}"
        raise ForbiddenError(msg, "Ask one of them")
