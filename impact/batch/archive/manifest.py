"""What this machine knows of the sources of an archive, in SQLite: a copy of its receipts, and the queue of a run.

The receipts in the archive count. The copy can be removed at any time; another machine makes its own.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from hashlib import sha256
from itertools import islice
from pathlib import Path

from impact.batch.archive.files import ArchiveFiles
from impact.batch.archive.listing import ListedSource
from impact.batch.archive.receipt import FOLDER, SUFFIX, SourceReceipt, digest_of_row, from_lines, path_of
from impact.errors import ImpactError
from impact.paths import user_folder
from impact.records import ListedRow

VERSION = 3
"""Of the tables; a copy of another version is made anew."""

_AT_A_TIME = 500
"""Rows or files that are in memory at a time."""

_PATIENCE = 60.0
"""Seconds to wait for another run on this machine that writes. Source: project judgment; it writes for milliseconds."""

_TABLES = f"""
PRAGMA journal_mode = WAL;
PRAGMA synchronous = NORMAL;
CREATE TABLE IF NOT EXISTS chunks (token TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS receipts (
  address TEXT PRIMARY KEY, stamp TEXT, listed TEXT, digest TEXT, versions TEXT, at TEXT, failed INTEGER,
  lists INTEGER, documents INTEGER, members TEXT, rows TEXT
) WITHOUT ROWID;
CREATE TEMP TABLE queue (
  position INTEGER PRIMARY KEY, address TEXT UNIQUE, name TEXT, meeting TEXT, stamp TEXT, listed TEXT, filed TEXT,
  waiting INTEGER DEFAULT 1
);
PRAGMA user_version = {VERSION};
"""

_KEEP = """
INSERT INTO receipts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (address) DO UPDATE SET stamp = excluded.stamp, listed = excluded.listed, digest = excluded.digest,
  versions = excluded.versions, at = excluded.at, failed = excluded.failed, lists = excluded.lists,
  documents = excluded.documents, members = excluded.members, rows = excluded.rows
WHERE excluded.at >= receipts.at
"""

_QUEUE = """
INSERT OR IGNORE INTO queue (address, name, meeting, stamp, listed, filed) VALUES (?, ?, ?, ?, ?, ?)
"""

_CHANGED = """
UPDATE queue SET waiting = NOT EXISTS (
  SELECT 1 FROM receipts WHERE receipts.address = queue.address AND receipts.stamp = queue.stamp AND queue.stamp != ''
    AND receipts.listed = queue.filed AND receipts.digest != '' AND receipts.versions = ?
)
"""

_FAILED = """
UPDATE queue SET waiting = EXISTS (
  SELECT 1 FROM receipts WHERE receipts.address = queue.address AND (receipts.failed > 0 OR receipts.digest = '')
)
"""

_LEFT = """
SELECT coalesce(sum(coalesce(documents, 1)), 0), coalesce(sum(lists), 0)
FROM queue LEFT JOIN receipts ON receipts.address = queue.address WHERE NOT waiting
"""

_WAITING = """
SELECT position, queue.address, name, meeting, queue.stamp, queue.listed, coalesce(receipts.members, '[]'),
  receipts.address IS NOT NULL
FROM queue LEFT JOIN receipts ON receipts.address = queue.address
WHERE waiting AND position > ? ORDER BY position LIMIT ?
"""


class Manifest:
    """Receipts by source, and the sources of this run, of which those are waiting that are to be read."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    def absorb(self, files: ArchiveFiles) -> None:
        """Take in the receipts that the archive has and this copy has not; begin anew if the archive lost some."""
        there = {name.removesuffix(SUFFIX) for name in files.names(FOLDER) if name.endswith(SUFFIX)}
        copied = {token for (token,) in self._database.execute("SELECT token FROM chunks")}
        if copied - there:
            with self._database:
                self._database.execute("DELETE FROM chunks")
                self._database.execute("DELETE FROM receipts")
            copied = set()
        tokens = iter(sorted(there - copied))
        while batch := list(islice(tokens, _AT_A_TIME)):
            contents = files.get_all([path_of(token) for token in batch])
            for token in batch:
                if (content := contents.get(path_of(token))) is not None:
                    self.settle(token, from_lines(content))

    def settle(self, token: str, receipts: Iterable[SourceReceipt]) -> None:
        """Take in the receipts of a chunk."""
        with self._database:
            self._database.executemany(_KEEP, map(_values, receipts))
            self._database.execute("INSERT OR IGNORE INTO chunks VALUES (?)", (token,))

    def rows_of(self, source: ListedSource) -> tuple[ListedRow, ...] | None:
        """Return what a source lists that has not changed since it was read; None where it has, or never was read."""
        query = "SELECT rows FROM receipts WHERE address = ? AND stamp = ? AND stamp != '' AND digest != ''"
        found = self._database.execute(query, (_stored(source.address), source.stamp)).fetchone()
        return tuple(ListedRow(**row) for row in json.loads(found[0])) if found else None

    def queue(self, sources: Iterable[ListedSource], versions: str, *, fresh: bool, only_failed: bool) -> None:
        """Take in the sources of this run, each once; waiting are those that are new, have changed or were not read.

        With `fresh`, all are; with `only_failed`, those of which a document failed.
        """
        several = iter(sources)
        while batch := list(islice(several, _AT_A_TIME)):
            with self._database:
                self._database.executemany(_QUEUE, map(_queued, batch))
        if not fresh:
            with self._database:
                self._database.execute(*((_FAILED,) if only_failed else (_CHANGED, (versions,))))

    def counts(self) -> tuple[int, int]:
        """Return the numbers of sources in the queue, and of those waiting."""
        queued, waiting = self._database.execute("SELECT count(*), coalesce(sum(waiting), 0) FROM queue").fetchone()
        return queued, waiting

    def left(self) -> tuple[int, int]:
        """Return how many documents and lists the sources that are not waiting have; one never read counts as one."""
        documents, lists = self._database.execute(_LEFT).fetchone()
        return documents, lists

    def waiting(self) -> Iterator[ListedSource]:
        """Yield the sources that are to be read, in the order in which they were queued."""
        position = 0
        while rows := self._database.execute(_WAITING, (position, _AT_A_TIME)).fetchall():
            for position, address, name, meeting, stamp, listed, members, has_record in rows:  # noqa: B007 (the next start)
                row, source_name = ListedRow(**json.loads(listed)) if listed else None, json.loads(name)
                before = tuple(json.loads(members)) or ((source_name,) if has_record else ())
                yield ListedSource(json.loads(address), source_name, json.loads(meeting), stamp, row, before)


@contextmanager
def manifest_of(files: ArchiveFiles, state: Path | None = None) -> Iterator[Manifest]:
    """Open this machine's copy of the manifest of an archive, in `state` or the user's cache, and bring it up to date.

    Raises:
        ImpactError: If the copy cannot be written, or the archive cannot be read.
    """
    address = files.root if files.local else files.address
    folder = state or user_folder("cache") / "archives"
    path = folder / f"{sha256(address.encode()).hexdigest()[:16]}.sqlite"
    with ExitStack() as stack:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            manifest = Manifest(stack.enter_context(_connected(path)))
            manifest.absorb(files)
        except (OSError, sqlite3.Error) as error:
            raise _unkept(path, error) from error
        try:
            yield manifest
        except sqlite3.Error as error:
            raise _unkept(path, error) from error


def _unkept(path: Path, error: Exception) -> ImpactError:
    hint = "Free disk space, or choose another folder with --state; the archive itself is whole"
    return ImpactError(f"the state of the archive in {path} cannot be kept ({error})", hint)


@contextmanager
def _connected(path: Path) -> Iterator[sqlite3.Connection]:
    database = sqlite3.connect(path, timeout=_PATIENCE)
    try:
        if database.execute("PRAGMA user_version").fetchone()[0] not in {0, VERSION}:
            database.close()
            path.unlink()
            database = sqlite3.connect(path, timeout=_PATIENCE)
        database.executescript(_TABLES)
        yield database
    finally:
        database.close()


def _values(receipt: SourceReceipt) -> tuple[str | int, ...]:
    facts = (_stored(receipt.address), receipt.stamp, receipt.listed, receipt.digest, receipt.versions, receipt.at)
    rows = json.dumps([asdict(row) for row in receipt.rows])
    lists = receipt.outcomes.get("list", 0)
    numbers = (receipt.outcomes.get("failed", 0), lists, sum(receipt.outcomes.values()) - lists)
    return (*facts, *numbers, json.dumps(receipt.members), rows)


def _queued(source: ListedSource) -> tuple[str, ...]:
    listed = json.dumps(asdict(source.listed)) if source.listed else ""
    names = map(_stored, (source.address, source.name, source.meeting))
    return (*names, source.stamp, listed, digest_of_row(source.listed))


def _stored(name: str) -> str:
    """Return a name as JSON, since SQLite takes no text with the bytes of a name that is not UTF-8."""
    return json.dumps(name)
