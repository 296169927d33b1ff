"""Files that the store writes: each is recorded in the database first, so that what is swept is its own for certain."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from functools import wraps
from hashlib import sha256
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from impact.review.store import blobs, chain_links
from impact.review.store.store import Store
from impact.review.store.tables import AnalysisRow, FileRow, ProposalRow

GRACE = timedelta(hours=1)
"""For which a sweep spares what nothing refers to. Source: project judgment; files are referred to within seconds."""

Rest = ParamSpec("Rest")
Result = TypeVar("Result")


class UnrecordedError(Exception):
    """Files are to be written that are not recorded; `recording` does it and tries again."""

    def __init__(self, digests: Iterable[str]) -> None:
        super().__init__()
        self.digests = frozenset(digests)


def recording(act: Callable[Concatenate[Store, Rest], Result]) -> Callable[Concatenate[Store, Rest], Result]:
    """Have the files that an act keeps recorded in a transaction of its own, ended before the first of them is written.

    The act begins anew then; whoever is killed on the way leaves a record, by which the next sweep finds the file.
    """

    @wraps(act)
    def recorded(store: Store, /, *rest: Rest.args, **options: Rest.kwargs) -> Result:
        while True:
            try:
                return act(store, *rest, **options)
            except UnrecordedError as error:
                record(store, error.digests)

    return recorded


def write(store: Store, session: Session, *contents: bytes) -> tuple[str, ...]:
    """Keep files and return their digests; the session holds the chain, so that none is swept before it is referred to.

    Raises:
        UnrecordedError: If one is not recorded; the caller is `recording`.
        StoreError: If the folder cannot be written to.
    """
    digests = tuple(sha256(content).hexdigest() for content in contents)
    unrecorded = {*digests} - _recorded(session, digests)
    if unrecorded:
        raise UnrecordedError(unrecorded)
    return tuple(blobs.put(store.files, content) for content in contents)


def record(store: Store, digests: Iterable[str]) -> None:
    """Note that the store is about to write these files."""
    with store.writing() as session:
        chain_links.lock(session)
        session.add_all(FileRow(digest=digest) for digest in sorted({*digests} - _recorded(session, digests)))


def sweep(store: Store, since: datetime | None = None) -> int:
    """Take away the files that the store recorded and nothing in it refers to, and what a killed program half wrote.

    Files written since a moment, if it is given, are spared, unless the chain says that they were erased: these go
    again, too, where a backup of the files brought them back.

    All who keep files hold the chain while they do, so that none is taken away that is about to be referred to. A
    record goes with its file and stays where there is none: that may stand in the folder of another server. Answers of
    a second reader go with their document.

    Returns:
        How many half-written files could not be deleted.
    """
    with store.writing() as session:
        chain_links.lock(session)
        recorded = set(session.scalars(select(FileRow.digest)))
        erased = chain_links.erased_digests(session)
        for digest in sorted((recorded | erased) - referenced(session)):
            if blobs.drop(store.files, digest, None if digest in erased else since):
                session.execute(delete(FileRow).where(FileRow.digest == digest))
        blobs.drop_answers(store.files, set(session.scalars(select(ProposalRow.digest))))
        return blobs.drop_parts(store.files, recorded, since) + blobs.drop_parts(store.files, recorded & erased)


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


def _recorded(session: Session, digests: Iterable[str]) -> set[str]:
    return set(session.scalars(select(FileRow.digest).where(FileRow.digest.in_(tuple(digests)))))
