"""An index of documents by their vectors: files that grow, of which a search maps what it needs into memory."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from impact.errors import ImpactError
from impact.match.database import IndexDatabase, UnwritableError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SEGMENT = 131_072
"""Vectors in a segment at the most. Source: project judgment; a save writes the last segment alone, 70 MB when full."""

VECTORS = 32
"""Vectors of a document that are kept, evenly spread over its text. Source: project judgment; a re-issue is found by a
few, and an index of 100,000 documents stays below 2 GB."""

DEPTH = 32
"""Neighbors of a vector that are looked at, in each segment. Source: project judgment."""

CONNECTIONS, BREADTH = 16, 64
"""Links of a vector in the graph, and candidates held while it is built and searched. Source: Malkov and Yashunin 2018
(HNSW), who take 5 to 48 links; measured in docs/match.md."""

_TABLES = """
CREATE TABLE IF NOT EXISTS documents (number INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE);
CREATE TABLE IF NOT EXISTS segments (file TEXT PRIMARY KEY, vectors INTEGER NOT NULL);
"""
_NEXT = "Delete this folder; it is made anew from the documents when the library is opened"


class NearestIndex:
    """Documents by their vectors; as a context manager it saves at the end, or leaves the index as it was on an error.

    `documents.sqlite` has the names and lists the segments. All segments but the last are full and never written
    again. A document that is removed loses its name; its vectors stay in their segment, and are passed over
    until the index is `crowded` and made anew.
    """

    def __init__(self, folder: Path, dimension: int) -> None:
        """Open the index in a folder, or make an empty one.

        Raises:
            ImpactError: If the folder cannot be written to, or the index is damaged.
        """
        self.folder, self.dimension = folder, dimension
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            message = f"the index {folder} cannot be made: {error.strerror}"
            raise UnwritableError(message, "Choose another folder, or ask its owner for permission") from error
        self._names = IndexDatabase(folder / "documents.sqlite", _TABLES)
        self._growing: Any = None
        self._mapped: dict[str, Any] = {}

    def __enter__(self) -> Self:
        """Return the index."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Save what was added and removed, or undo it if there was an error."""
        if kind is None:
            self.save()
        else:
            self._names.end(keep=False)
            self._growing = None

    def close(self) -> None:
        """Close the index; what was not saved is lost."""
        self._names.close()
        self._mapped.clear()

    def __len__(self) -> int:
        """Return the number of documents."""
        count: int = self._names.rows("SELECT count(*) FROM documents")[0][0]
        return count

    def add(self, document: str, vectors: "NDArray[np.int8]") -> None:
        """Add a document with its vectors, shape (any, dimension); one of the same name is replaced."""
        import numpy as np

        growing = self._grown()
        self._names.run("DELETE FROM documents WHERE name = ?", (document,))
        number = self._names.run("INSERT INTO documents (name) VALUES (?)", (document,))
        places = np.unique(np.linspace(0, max(len(vectors) - 1, 0), VECTORS).round().astype(int))[: len(vectors)]
        if len(places):
            keys = np.uint64(number * VECTORS) + np.arange(len(places), dtype=np.uint64)
            growing.add(keys, np.ascontiguousarray(vectors[places]), threads=1)
        if len(growing) > SEGMENT - VECTORS:
            self._write(full=True)

    def remove(self, document: str) -> None:
        """Remove a document; one that is not there is none."""
        self._begin()
        self._names.run("DELETE FROM documents WHERE name = ?", (document,))

    def __contains__(self, document: str) -> bool:
        """Return whether it has a document."""
        return bool(self._names.rows("SELECT 1 FROM documents WHERE name = ?", (document,)))

    @property
    def crowded(self) -> bool:
        """Whether documents that were removed or replaced outnumber those that are there."""
        rows = self._names.rows("SELECT seq FROM sqlite_sequence WHERE name = 'documents'")
        return bool(rows) and rows[0][0] > 2 * len(self)

    def empty(self) -> None:
        """Remove all documents with their vectors; new segments get new names, since others may have mapped the old."""
        self._begin()
        listed = self._files()
        for table in ("documents", "segments", "sqlite_sequence"):
            self._names.run(f"DELETE FROM {table}")  # noqa: S608 (names of our own)
        place = int(listed[-1].split("-")[0]) + 1 if listed else 0
        self._names.run("INSERT INTO segments VALUES (?, 0)", (f"{place:04}-0000",))
        self._growing = None

    def nearest(self, vectors: "NDArray[np.int8]", k: int) -> list[str]:
        """Return the names of the `k` documents nearest to some vectors, nearest first.

        A document scores, for each vector, by how much nearer it is than the `DEPTH`th nearest document: what has
        neighbors everywhere says nothing.
        """
        if not len(vectors):
            return []
        scores: dict[int, float] = {}
        for near in self._neighbors(vectors):
            ranked = sorted(near.items(), key=lambda entry: -entry[1])[:DEPTH]
            floor = ranked[-1][1] if len(ranked) == DEPTH else 0.0
            for number, cosine in ranked:
                scores[number] = scores.get(number, 0.0) + max(0.0, cosine - floor)
        best = sorted(scores, key=lambda number: (-scores[number], number))
        return [name for _, name in zip(range(k), self._named(best), strict=False)]

    def save(self) -> None:
        """Write what was added and removed, whole or not at all.

        Raises:
            ImpactError: If the folder cannot be written to.
        """
        if self._names.writing:
            self._write(full=False)
            self._names.end(keep=True)
            self._growing = None
            self._sweep()

    def _neighbors(self, vectors: "NDArray[np.int8]") -> Iterator[dict[int, float]]:
        """Yield, for each vector, the cosine of the nearest vector of each document near to it, by its number."""
        import numpy as np

        asked = np.ascontiguousarray(np.repeat(vectors, 2, axis=0) if len(vectors) == 1 else vectors)  # one has no rows
        found = [segment.search(asked, DEPTH, threads=1) for segment in self._segments() if len(segment)]
        for row in range(len(vectors)):
            near: dict[int, float] = {}
            for matches in found:
                count = int(matches.counts[row])
                keys, distances = matches.keys[row][:count].tolist(), matches.distances[row][:count].tolist()
                for key, distance in zip(keys, distances, strict=True):
                    near[key // VECTORS] = max(near.get(key // VECTORS, -1.0), 1.0 - distance)
            yield near

    def _named(self, numbers: Sequence[int]) -> Iterator[str]:
        for number in numbers:
            for (name,) in self._names.rows("SELECT name FROM documents WHERE number = ?", (number,)):
                yield name

    def _segments(self) -> Iterator[Any]:
        """Yield all segments, full ones mapped into memory."""
        growing, listed = self._growing, self._files()
        self._mapped = {file: segment for file, segment in self._mapped.items() if file in listed}
        for file in listed[:-1] if growing is not None else listed:
            if file not in self._mapped:
                self._mapped[file] = self._opened(file, view=True)
            yield self._mapped[file]
        if growing is not None:
            yield growing

    def _files(self) -> list[str]:
        return [file for (file,) in self._names.rows("SELECT file FROM segments ORDER BY file")]

    def _begin(self) -> None:
        """Begin to write; another process that writes is waited for."""
        if not self._names.writing:
            self._names.begin()
            self._growing = None

    def _grown(self) -> Any:
        """Return the last segment, in memory, to add to."""
        self._begin()
        if self._growing is None:
            listed = self._files()
            self._growing = self._opened(listed[-1], view=False) if listed else self._empty()
            if not listed:
                self._names.run("INSERT INTO segments VALUES ('0000-0000', 0)")
        return self._growing

    def _write(self, *, full: bool) -> None:
        """Write the last segment as a new file in place of its old one; if it is full, begin another."""
        if self._growing is None:
            return
        old = self._files()[-1]
        place, edition = map(int, old.split("-"))
        new = f"{place:04}-{edition + 1:04}"
        try:
            self._growing.save(str(self.folder / f"{new}.usearch"))
        except (OSError, RuntimeError) as error:
            raise ImpactError(f"{self.folder} cannot be written: {error}", "Free disk space, and try again") from error
        self._names.run("UPDATE segments SET file = ?, vectors = ? WHERE file = ?", (new, len(self._growing), old))
        if full:
            self._names.run("INSERT INTO segments VALUES (?, 0)", (f"{place + 1:04}-0000",))
            self._growing = self._empty()

    def _sweep(self) -> None:
        """Delete files of segments that are not listed, while no other process can be writing one."""
        with suppress(ImpactError):  # in use by another command, which sweeps in its turn
            self._names.begin()
            listed = set(self._files())
            for path in self.folder.glob("*.usearch"):
                if path.stem not in listed:
                    with suppress(OSError):
                        path.unlink()
            self._names.end(keep=True)

    def _empty(self) -> Any:
        from usearch.index import Index

        return Index(
            ndim=self.dimension,
            metric="cos",
            dtype="i8",
            connectivity=CONNECTIONS,
            expansion_add=BREADTH,
            expansion_search=BREADTH,
        )

    def _opened(self, file: str, *, view: bool) -> Any:
        path, index = self.folder / f"{file}.usearch", self._empty()
        if file.endswith("-0000") and not path.exists():
            return index
        try:
            index.view(str(path)) if view else index.load(str(path))
        except (OSError, RuntimeError, ValueError) as error:
            raise ImpactError(f"{path} is damaged: {error}", _NEXT) from error
        if index.ndim != self.dimension:
            raise ImpactError(f"{path} has vectors of {index.ndim} numbers, not {self.dimension}", _NEXT)
        return index
