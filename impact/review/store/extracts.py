"""What lists need of proposals, taken from their reports or their chain, and kept as long as it is true."""

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from impact.review.store import chain_links
from impact.review.store.store import Store
from impact.review.store.tables import ExtractRow, ProposalRow

MOST_NAMED = 500
"""Proposals that a query names; of more, all are read. Source: project judgment; a database takes 30,000."""


def read(session: Session, kind: str, versions: Mapping[str, int]) -> dict[str, Any]:
    """Return the extracts of a kind by proposal, where they are of the version that is wanted."""
    query = select(ExtractRow.proposal, ExtractRow.version, ExtractRow.content).where(ExtractRow.kind == kind)
    if len(versions) <= MOST_NAMED:
        query = query.where(ExtractRow.proposal.in_(tuple(versions)))
    return {
        proposal: json.loads(content)
        for proposal, version, content in session.execute(query)
        if versions.get(proposal) == version
    }


def read_from(store: Store, kind: str, versions: Mapping[str, int]) -> dict[str, Any]:
    """Return what `read` does, for whoever has no session; the caller has asked whether one may see the proposals."""
    with store.reading() as session:
        return read(session, kind, versions) if versions else {}


def keep(session: Session, kind: str, proposal: str, version: int, value: Any) -> None:
    """Keep an extract in place of the one before."""
    session.merge(ExtractRow(proposal=proposal, kind=kind, version=version, content=json.dumps(value)))


def keep_all(store: Store, kind: str, extracts: Mapping[str, tuple[int, Any]]) -> None:
    """Keep version and value of each of these proposals that was not erased since."""
    if not extracts:
        return
    with store.writing() as session:
        chain_links.lock(session)  # so that nobody erases a proposal while its row is being made
        for proposal in session.scalars(select(ProposalRow.id).where(ProposalRow.id.in_(tuple(extracts)))):
            keep(session, kind, proposal, *extracts[proposal])
