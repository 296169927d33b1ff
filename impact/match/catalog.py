"""What a library holds, in one SQLite file: its documents, and which of them share copied text."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from impact.match.database import IndexDatabase
from impact.match.sketch import Sketch

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

ROWS = 2
"""Numbers of a MinHash in a band: of 128 bands, documents share one in 72 of 100 cases with a tenth of all sequences in
common, in 99 of 100 with a fifth. Source: 1 - (1 - J^2)^128."""

_TABLES = """
CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS documents (
    place INTEGER PRIMARY KEY AUTOINCREMENT, folder TEXT NOT NULL UNIQUE, stamp TEXT NOT NULL, digest TEXT NOT NULL,
    name TEXT NOT NULL, title TEXT NOT NULL, number TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS digests ON documents (digest);
CREATE TABLE IF NOT EXISTS contents (place INTEGER PRIMARY KEY, digest TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS bands (band INTEGER, place INTEGER, PRIMARY KEY (band, place)) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class CatalogEntry:
    """A document of a library, without its provisions.

    Attributes:
        folder: Name of its folder in the library.
        digest: SHA-256 of the bytes of its file, hexadecimal.
        name: Name of its file.
    """

    folder: str
    digest: str
    name: str
    title: str
    number: str


class Catalog:
    """The documents of a library; a context manager that keeps what was written unless there was an error."""

    def __init__(self, path: Path) -> None:
        """Open a catalog, or make an empty one.

        Raises:
            ImpactError: If it cannot be written to, or is damaged.
        """
        self._base = IndexDatabase(path, _TABLES)

    def __enter__(self) -> Self:
        """Begin to write."""
        self._base.begin()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Keep what was written, or not."""
        self._base.end(keep=kind is None)

    def __len__(self) -> int:
        """Return the number of documents."""
        count: int = self._base.rows("SELECT count(*) FROM documents")[0][0]
        return count

    def close(self) -> None:
        """Close the file."""
        self._base.close()

    @property
    def meaning(self) -> str:
        """What decides the vectors of its documents, see `Sketch.meaning`; empty in a new catalog."""
        rows = self._base.rows("SELECT value FROM facts WHERE name = 'meaning'")
        return rows[0][0] if rows else ""

    def empty(self, meaning: str) -> None:
        """Take all documents out, and note what decides the vectors of those to come."""
        for table in ("documents", "contents", "bands", "facts"):
            self._base.run(f"DELETE FROM {table}")  # noqa: S608 (names of our own)
        self._base.run("INSERT INTO facts VALUES ('meaning', ?)", (meaning,))

    def entries(self) -> Iterator[CatalogEntry]:
        """Yield all documents, by folder."""
        for row in self._base.rows("SELECT folder, digest, name, title, number FROM documents ORDER BY folder"):
            yield CatalogEntry(*row)

    def stamps(self) -> dict[str, str]:
        """Return the stamp of the file of each document, by folder; empty if an earlier version listed it."""
        query = (
            "SELECT folder, CASE WHEN contents.digest IS NULL THEN '' ELSE stamp END"
            " FROM documents LEFT JOIN contents USING (place)"
        )
        return dict(self._base.rows(query))

    def folder_of(self, digest: str) -> str:
        """Return the folder of the document with a digest; empty if there is none."""
        rows = self._base.rows("SELECT folder FROM documents WHERE digest = ? ORDER BY folder LIMIT 1", (digest,))
        return rows[0][0] if rows else ""

    def count(self, digest: str) -> int:
        """Return how many documents have a digest."""
        number: int = self._base.rows("SELECT count(*) FROM documents WHERE digest = ?", (digest,))[0][0]
        return number

    def add(self, folder: str, stamp: str, sketch: Sketch) -> None:
        """Add a document, or replace it."""
        self.remove(folder)
        fields = (folder, stamp, sketch.id, sketch.name, sketch.title, sketch.number)
        columns = "folder, stamp, digest, name, title, number"
        place = self._base.run(f"INSERT INTO documents ({columns}) VALUES (?, ?, ?, ?, ?, ?)", fields)  # noqa: S608
        self._base.run("INSERT OR REPLACE INTO contents VALUES (?, ?)", (place, content(sketch)))
        if sketch.runs:
            rows = ((band, place) for band in bands(sketch.minhash))
            self._base.run_all("INSERT OR IGNORE INTO bands VALUES (?, ?)", rows)

    def has(self, folder: str, sketch: Sketch) -> bool:
        """Return whether a folder is listed with all that the index keeps of a sketch, its vectors included."""
        fields = (folder, sketch.id, sketch.name, sketch.title, sketch.number, content(sketch))
        query = (
            "SELECT 1 FROM documents JOIN contents USING (place)"
            " WHERE folder = ? AND documents.digest = ? AND name = ? AND title = ? AND number = ?"
            " AND contents.digest = ?"
        )
        return bool(self._base.rows(query, fields))

    def touch(self, folder: str, stamp: str) -> None:
        """Note the stamp of a document whose file was written again and says the same."""
        self._base.run("UPDATE documents SET stamp = ? WHERE folder = ?", (stamp, folder))

    def remove(self, folder: str) -> None:
        """Take a document out; its bands and the digest of its content stay, without a document.

        One that is not there is none.
        """
        self._base.run("DELETE FROM documents WHERE folder = ?", (folder,))

    def sharing(self, sketch: Sketch, k: int) -> list[str]:
        """Return the folders of the `k` documents that share most bands of copied text with a sketch, most first."""
        if not sketch.runs:
            return []
        keys = bands(sketch.minhash)
        query = (
            "SELECT folder FROM bands JOIN documents USING (place) WHERE band IN (%s)"
            " GROUP BY place ORDER BY count(*) DESC, folder LIMIT ?"
        )
        return [folder for (folder,) in self._base.rows(query % ", ".join("?" * len(keys)), (*keys, k))]


def content(sketch: Sketch) -> str:
    """Return the digest of what an index searches of a sketch: a sketch made anew may differ for the same document."""
    parts = (str(sketch.runs).encode(), sketch.minhash.tobytes(), sketch.vectors.tobytes())
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def bands(minhash: "NDArray[np.uint32]") -> list[int]:
    """Return a number for each band of a MinHash: equal where all of its numbers and its place are."""
    import numpy as np

    halves = minhash.astype(np.uint64).reshape(-1, ROWS)
    places = np.arange(len(halves), dtype=np.uint64)
    mixed = (halves[:, 0] << np.uint64(32) | halves[:, 1]) * np.uint64(0x9E3779B97F4A7C15) + places
    return [int(band) for band in mixed.view(np.int64)]
