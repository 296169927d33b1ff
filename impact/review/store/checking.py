"""Which files the store should have, and whether they are what they were."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from impact.review.store import blobs, chain_links
from impact.review.store.store import Store
from impact.review.store.tables import AnalysisRow, ProposalRow


def referenced(session: Session) -> set[str]:
    """Return the digests of all files that something in the store refers to."""
    digests = set(session.scalars(select(ProposalRow.digest)))
    for files in session.scalars(select(AnalysisRow.files)):
        digests.update(files.values())
    return digests | chain_links.signed_digests(session)


def damaged(store: Store) -> tuple[str, ...]:
    """Return the digests of files that are missing or were changed; it reads them all."""
    with store.reading() as session:
        wanted = sorted(referenced(session))
    return tuple(digest for digest in wanted if not blobs.is_whole(store.files, digest))
