"""A look at a store from outside: whether it opens, at which step its tables are and where its files are.

Nothing is made, moved or brought up to date for it.
"""

import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Engine, create_engine, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from impact.review.store.blobs import path_of
from impact.review.store.filing import referenced
from impact.review.store.store import (
    DATABASE,
    REVISION,
    data_folder,
    default_place,
    place_of_files,
    postgresql,
    revision_of,
    without_password,
)
from impact.review.store.tables import StoreRow
from impact.review.values.refusals import StoreError


@dataclass(frozen=True, slots=True)
class StoreExamination:
    """What was found.

    Attributes:
        place: The store, without a password.
        exists: Whether there is one.
        revision: Step of its tables; empty where there are none.
        folder: Where its files are, or will be.
        files: How many files belong to its proposals.
        absent: How many of those are not in the folder.
        problem: What prevents its use; empty if nothing does.
    """

    place: str
    exists: bool
    revision: str = ""
    folder: Path | None = None
    files: int = 0
    absent: int = 0
    problem: str = ""

    @property
    def is_current(self) -> bool:
        """Whether its tables are those of this version of the program."""
        return self.revision == REVISION


def examine(place: str, files: Path | None) -> StoreExamination:
    """Return how a store is; places are given as to `open_store`, an empty one is the default."""
    place = place or default_place()
    name, is_url = without_password(place), "://" in place
    blobs = files or (data_folder() if is_url else Path(place)) / "files"
    if not is_url and not (Path(place) / DATABASE).exists():
        return StoreExamination(name, exists=False, folder=Path(place), problem=_prevents(Path(place)))
    try:
        engine = postgresql(place) if is_url else _read_only(Path(place) / DATABASE)
    except StoreError as error:
        return StoreExamination(name, exists=False, problem=error.message)
    try:
        return _of(engine, name, blobs, given=files is not None)
    except (SQLAlchemyError, OSError, StoreError) as error:
        reason = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        return StoreExamination(name, exists=not is_url, problem=f"the database cannot be opened: {reason}")
    finally:
        engine.dispose()


def engine_and_files(place: str, files: Path | None) -> tuple[Engine, Path]:
    """Return what reads the database of a store and never writes, and the folder with that of its files in it.

    Raises:
        StoreError: If there is no such store.
    """
    place = place or default_place()
    is_url = "://" in place
    database = Path(place) / DATABASE
    if not is_url and not database.exists():
        raise StoreError(f"there is no store at {place}", "Check --store")
    engine = postgresql(place) if is_url else _read_only(database)
    return engine, files or (data_folder() if is_url else Path(place)) / "files"


def _of(engine: Engine, name: str, files: Path, *, given: bool) -> StoreExamination:
    with Session(engine) as session:
        revision = revision_of(session.connection())
        if revision != REVISION:
            return StoreExamination(name, exists=bool(revision), revision=revision, folder=files)
        store_row = session.execute(select(StoreRow.id, StoreRow.files)).one()
        folder = (files if given else place_of_files(store_row.id, store_row.files, files)) / store_row.id
        digests = sorted(referenced(session))
    count = len(digests)
    if not folder.is_dir():
        return StoreExamination(name, exists=True, revision=revision, folder=folder, files=count, absent=count)
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        problem = f"{folder} cannot be read or written to"
        return StoreExamination(name, exists=True, revision=revision, folder=folder, files=count, problem=problem)
    absent = sum(not path_of(folder, digest).is_file() for digest in digests)
    return StoreExamination(name, exists=True, revision=revision, folder=folder, files=count, absent=absent)


def _read_only(database: Path) -> Engine:
    return create_engine(f"sqlite:///file:{quote(str(database.absolute()))}?mode=ro&uri=true")


def _prevents(folder: Path) -> str:
    """Return why a store cannot be made in a folder; empty if it can."""
    there = next(parent for parent in (folder, *folder.absolute().parents) if parent.exists())
    return "" if there.is_dir() and os.access(there, os.W_OK | os.X_OK) else f"{there} cannot be written to"
