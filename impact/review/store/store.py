"""The store: a database and a folder of files beside it."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, orm, select, text, update
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from impact.review.store.adoption import check_foreign, check_left_behind, own_folder
from impact.review.store.chain.covering import CoveringSession
from impact.review.store.columns import read_json
from impact.review.store.failures import refusal_of, telling
from impact.review.store.indexing import index_all
from impact.review.store.migrations.older_analyses import note_unassessed, note_unread_pages
from impact.review.store.search import SEARCH, Search
from impact.review.store.tables import FileRow, StoreRow
from impact.review.values.refusals import StoreError

REVISION = "0015"
"""The newest step of `impact/review/store/migrations`."""

CLAUSES_INDEXED = "0007"
"""The step from which on the store keeps clauses to search in; before, reports alone hold them."""

PAGES_NOTED = "0006"
"""The step from which on the store keeps how many pages could not be read; before, reports alone say it."""

LANGUAGES_NOTED = "0005"
"""The step from which on the store keeps which languages were not assessed; before, reports alone say it."""

WAIT = 30
"""Seconds to wait for another process that writes. Source: project judgment; a write takes milliseconds."""

CONNECTIONS = 40
"""To a SQLite database that are kept open, as many as a server has threads; to open one takes longer than to ask it.
Source: bench/serve.py."""

DATABASE = "review.sqlite"

Session = orm.Session
"""An open session of the database; whoever stands outside of this room only hands it on."""

_WRITES = {"impact_writes": True}
_READS: dict[str, dict[str, Any]] = {"sqlite": {}, "postgresql": {"isolation_level": "REPEATABLE READ"}}
_MIGRATION_LOCK = 0x696D70616374
"""Number of the PostgreSQL lock that keeps two processes from making tables and folders at once: "impact" in ASCII."""


@dataclass(frozen=True, slots=True)
class Store:
    """An open store; threads may share it, processes open their own.

    Attributes:
        files: Folder of the files of this store alone, which has its id as name.
    """

    engine: Engine
    files: Path

    @property
    def search(self) -> Search:
        """How this database searches."""
        return SEARCH[self.engine.dialect.name]

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Give a session that sees one state of the database and changes nothing; raises as `writing`."""
        with telling(), Session(self.engine.execution_options(**_READS[self.engine.dialect.name])) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Give a session that is committed at the end, or rolled back if an error comes; SQLite has one at a time.

        Raises:
            StoreError: If the database is damaged, full or lost, or another process does not let go of it.
        """
        engine = self.engine.execution_options(**_WRITES)
        with telling(), CoveringSession(engine, expire_on_commit=False) as session, session.begin():
            yield session

    def close(self) -> None:
        """Let go of all connections."""
        self.engine.dispose()


def default_place() -> str:
    """Return IMPACT_STORE, else the folder where this system keeps the data of a user's programs."""
    return os.environ.get("IMPACT_STORE") or str(data_folder())


def open_store(place: Path | str, files: Path | None = None) -> Store:
    """Open a store; make it where there is none, and bring its tables up to date.

    The place is a folder, or the URL of a PostgreSQL database ("postgresql://user@host/name"). In the folder `files`
    the store has one of its own for its files, under its id; by default it is "files" in the place, or in the user's
    data folder for a URL. A store remembers another folder that was given, and is found there from then on.

    Raises:
        StoreError: If it cannot be opened, a newer version of the program made it, or `files` has none of its files
            while they are elsewhere or others have theirs there.
    """
    is_url = "://" in str(place)
    folder = data_folder() if is_url else Path(place)
    usual = (folder / "files").absolute()
    given = files.absolute() if files else None
    try:
        if not is_url:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not given:
            usual.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        msg = f"{error.filename} cannot be created: {error.strerror}"
        raise StoreError(msg, "Choose another location with --store") from error
    engine = postgresql(str(place)) if is_url else _sqlite(folder / DATABASE)
    try:
        return _opened(engine, usual, given)
    except DBAPIError as error:
        engine.dispose()
        refusal = refusal_of(error)
        kind = type(refusal) if refusal else StoreError
        hint = "Check the location and whether you may write to it"
        if refusal and kind is not StoreError:
            hint = refusal.hint
        msg = f"the store at {without_password(place)} cannot be opened: {' '.join(str(error.orig).split())}"
        raise kind(msg, hint) from error
    except BaseException:
        engine.dispose()
        raise


def _opened(engine: Engine, usual: Path, given: Path | None) -> Store:
    """Return a store whose tables are up to date, and what they hold of older analyses too."""
    before = _migrate(engine)
    with engine.connect() as connection:
        store_row = connection.execute(select(StoreRow.id, StoreRow.files)).one()
    if given and not (given / store_row.id).is_dir():
        check_left_behind(store_row.id, (*([Path(store_row.files)] if store_row.files else []), usual))
        if given != usual:
            with engine.connect() as connection:
                check_foreign(given, store_row.id, connection.scalars(select(FileRow.digest)).all())
    store = Store(engine, _own_folder(engine, given or place_of_files(store_row.id, store_row.files, usual)))
    if given and store_row.files != (place := str(given) if given != usual else ""):
        with store.writing() as session:
            session.execute(update(StoreRow).values(files=place))
    if "" < before < CLAUSES_INDEXED:
        with _exclusive(engine) as connection:
            if before < LANGUAGES_NOTED:
                note_unassessed(connection, store.files)
            if before < PAGES_NOTED:
                note_unread_pages(connection, store.files)
            index_all(connection, store.files)
    return store


def place_of_files(store: str, remembered: str, usual: Path) -> Path:
    """Return the folder with that of a store's files in it: the one remembered, else the usual one.

    Raises:
        StoreError: If the one remembered is not there, and the usual one has no files of the store.
    """
    if not remembered or (Path(remembered) / store).is_dir():
        return Path(remembered) if remembered else usual
    if (usual / store).is_dir():
        return usual
    msg = f"the files of the store are in {remembered}, which is not there"
    raise StoreError(msg, "Give the folder to which they were moved with --files")


def data_folder() -> Path:
    """Return the folder where this system keeps the data of a user's programs."""
    home = Path.home()
    places = {
        "darwin": home / "Library" / "Application Support",
        "win32": Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local"),
    }
    beside = places.get(sys.platform, Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share"))
    return beside / "impact"


def _sqlite(path: Path) -> Engine:
    path.touch(mode=0o600)
    engine = create_engine(
        f"sqlite:///{path}", pool_size=CONNECTIONS, connect_args={"timeout": WAIT}, json_deserializer=read_json
    )
    event.listen(engine, "connect", _configure)
    event.listen(engine, "begin", _begin)
    return engine


def postgresql(url: str) -> Engine:
    """Return what connects to a PostgreSQL database; raises as `open_store`."""
    try:
        parsed = make_url(url)
        if parsed.drivername in {"postgresql", "postgres"}:
            parsed = parsed.set(drivername="postgresql+psycopg")
        if parsed.drivername != "postgresql+psycopg":
            msg = f"{parsed.drivername!r} is not a supported database"
            raise StoreError(msg, "Give a folder, or postgresql://user@host/name")
        return create_engine(parsed, pool_pre_ping=True, json_deserializer=read_json)
    except (ArgumentError, NoSuchModuleError, ImportError) as error:
        msg = f"the store at {without_password(url)} cannot be opened: {error}"
        raise StoreError(msg, "Give postgresql://user@host/name and install 'impact-rights[postgres]'") from error


def _configure(connection: Any, _record: Any) -> None:
    """Let SQLAlchemy begin transactions, and have SQLite write ahead, check foreign keys and leave no deleted text."""
    connection.isolation_level = None
    for setting in ("journal_mode = WAL", "foreign_keys = ON", "secure_delete = ON", "synchronous = FULL"):
        connection.execute(f"PRAGMA {setting}")


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("impact_writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _own_folder(engine: Engine, folder: Path) -> Path:
    """Return the folder of the files of this store alone; the first time, older files are taken over."""
    with engine.connect() as connection:
        target = folder / connection.scalars(select(StoreRow.id)).one()
    if target.is_dir():
        return target
    beside = folder.parent / DATABASE
    is_sqlite = engine.dialect.name == "sqlite"
    may_claim = not beside.exists() or (is_sqlite and beside.samefile(str(engine.url.database)))
    with _exclusive(engine) as connection:
        digests = connection.scalars(select(FileRow.digest)).all()
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            return own_folder(folder, target.name, digests, may_claim=may_claim)
        except OSError as error:
            msg = f"{error.filename} cannot be created: {error.strerror}"
            raise StoreError(msg, "Change its permissions, or choose another location with --store") from error


@contextmanager
def _exclusive(engine: Engine) -> Iterator[Connection]:
    """Give a connection that writes, to one process at a time."""
    with engine.execution_options(**_WRITES).begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _MIGRATION_LOCK})
        yield connection


def _migrate(engine: Engine) -> str:
    """Bring the tables up to date, one process at a time, unless a newer version of the program made them.

    Returns:
        The step that they were at; empty where there were none.
    """
    with engine.connect() as connection:
        if revision_of(connection) == REVISION:
            return REVISION
    with _exclusive(engine) as connection:
        revision = revision_of(connection)
        if revision > REVISION:
            msg = f"the store was created by a newer version of impact (tables {revision}; known are {REVISION})"
            raise StoreError(msg, "Install the newer version")
        if revision < REVISION:
            _upgrade(connection)
    return revision


def revision_of(connection: Connection) -> str:
    """Return the step of the tables of a database; empty where it has none."""
    if not inspect(connection).has_table("alembic_version"):
        return ""
    return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or "")


def _upgrade(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    command.upgrade(config, "head")


def without_password(place: Path | str) -> str:
    """Return a place without a password in it."""
    try:
        return make_url(str(place)).render_as_string(hide_password=True) if "://" in str(place) else str(place)
    except ArgumentError:
        return "that address"
