"""A folder of sketches as a library: any folder with a `sketch.npz` one level down, so a batch's output is one too."""

import os
import re
import shutil
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from tempfile import mkdtemp
from weakref import finalize

from impact.errors import ImpactError, UnreadableError
from impact.match.catalog import Catalog, CatalogEntry
from impact.match.database import UnwritableError
from impact.match.nearest import NearestIndex
from impact.match.sketch import Sketch, meaning, renewed
from impact.match.store import FILE_NAME, read, to_bytes

INDEX = ".index"
"""Folder of a library that has its index."""

KEPT = 1024
"""Sketches that are kept in memory at the most, some 60 kB each. Source: project judgment."""

PORTION = 1000
"""Documents after which an index that is made is saved. Source: project judgment."""

_UNFIT = re.compile(r"[^\w.-]+")


class SketchLibrary:
    """The sketches in a folder and an index of them; a sketch is read when it is asked for.

    Attributes:
        folder: Where the sketches are.
        refused: Why a sketch could not be read, one line each.
    """

    def __init__(self, folder: Path, index: Path | None) -> None:
        """Open the index, and bring it up to date with the sketches.

        Args:
            folder: Need not exist.
            index: Folder for the index; without it, the index lasts as long as the library is used.

        Raises:
            ImpactError: If the index cannot be written or is damaged.
        """
        from impact.classify.networks.encoder import load

        self.folder = folder
        self.refused: tuple[str, ...] = ()
        place = index or Path(mkdtemp(prefix="impact-index-"))
        self._nearest = NearestIndex(place, load().dimension)
        self._catalog = Catalog(place / "catalog.sqlite")
        finalize(self, _close, self._nearest, self._catalog, None if index else place)
        self.sketch = lru_cache(KEPT)(self._read)
        self.refresh()

    def __len__(self) -> int:
        """Return the number of documents."""
        return len(self._catalog)

    def entries(self) -> tuple[CatalogEntry, ...]:
        """Return what is known of all documents without reading their sketches, by folder."""
        return tuple(self._catalog.entries())

    def named(self, digest: str) -> str:
        """Return the folder of the document with this digest; empty if there is none."""
        return self._catalog.folder_of(digest)

    def count(self, digest: str) -> int:
        """Return how many documents have this digest."""
        return self._catalog.count(digest)

    def near(self, sketch: Sketch, k: int) -> list[str]:
        """Return at most 2 `k` folders in order: documents with the nearest provisions, and with copied text."""
        return sorted({*self._nearest.nearest(sketch.vectors, k), *self._catalog.sharing(sketch, k)})

    def readable(self, names: Iterable[str]) -> Iterator[tuple[str, Sketch]]:
        """Yield the sketches of some folders; those that cannot be read now are passed over and noted as refused."""
        for name in names:
            try:
                yield name, self.sketch(name)
            except UnreadableError as error:
                if str(error) not in self.refused:
                    self.refused = (*self.refused, str(error))

    def refresh(self) -> None:
        """Bring the index up to date: add what is new or changed, and take out what is gone."""
        present = stamps(self.folder)
        if self._catalog.meaning != meaning() or self._nearest.crowded:
            self._empty()
        listed = self._catalog.stamps()
        self._take_out(listed.keys() - present.keys())
        new = sorted(name for name, stamp in present.items() if listed.get(name) != stamp)
        refused: list[str] = []
        for start in range(0, len(new), PORTION):
            with self._catalog, self._nearest:
                for name in new[start : start + PORTION]:
                    refused += self._add(name)
        self.refused = tuple(refused)
        self.sketch.cache_clear()

    def _empty(self) -> None:
        """Empty the index; if this is interrupted, the catalog has no meaning and the next command begins anew."""
        with self._catalog:
            self._catalog.empty("")
        with self._nearest:
            self._nearest.empty()
        with self._catalog:
            self._catalog.empty(meaning())

    def _take_out(self, names: Collection[str]) -> None:
        if names:
            with self._catalog, self._nearest:
                for name in names:
                    self._nearest.remove(name)
                    self._catalog.remove(name)

    def _add(self, name: str) -> list[str]:
        """Add a document to the index and return nothing, or why it could not be read."""
        try:
            sketch = self._read(name)
            time = stamp(self.folder / name / FILE_NAME)
        except UnreadableError as error:
            self._nearest.remove(name)
            self._catalog.remove(name)
            return [str(error)]
        if name in self._nearest and self._catalog.has(name, sketch):
            self._catalog.touch(name, time)
        else:
            self._nearest.add(name, sketch.vectors)
            self._catalog.add(name, time, sketch)
        return []

    def _read(self, name: str) -> Sketch:
        """Return the sketch in a folder; one of an older layout or encoder is brought over, in its file too."""
        path = self.folder / name / FILE_NAME
        old = read(path)
        new = renewed(old)
        if new is not old:
            with suppress(ImpactError):  # a library that only others may write to
                write(path, to_bytes(new))
        return new


def _close(nearest: NearestIndex, catalog: Catalog, passing: Path | None) -> None:
    nearest.close()
    catalog.close()
    if passing:
        shutil.rmtree(passing, ignore_errors=True)


def open_library(folder: Path, *, keep: bool = True) -> SketchLibrary:
    """Return the library in a folder, with its index up to date; an absent folder is an empty library.

    Args:
        folder: Holds a folder with a sketch for each document.
        keep: Whether to keep the index in the library, if it may be written to; else it lasts as long as the library.

    Raises:
        ImpactError: If its index is damaged.
    """
    kept = keep and folder.is_dir() and os.access(folder, os.W_OK)
    if kept:
        with suppress(UnwritableError):  # an index of another user
            return SketchLibrary(folder, folder / INDEX)
    return SketchLibrary(folder, None)


def stamps(folder: Path) -> dict[str, str]:
    """Return the stamp of each sketch in a library, by folder."""
    found = {}
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            with suppress(UnreadableError):
                found[entry.name] = stamp(folder / entry.name / FILE_NAME)
    return found


def stamp(path: Path) -> str:
    """Return what changes when a file does: its size and its time.

    Raises:
        UnreadableError: If it is not there.
    """
    try:
        facts = path.stat()
    except OSError as error:
        message = f"{path} cannot be read: {error.strerror}"
        raise UnreadableError(message, "Check that it exists and that you have permission to read it") from error
    return f"{facts.st_size} {facts.st_mtime_ns}"


def add(folder: Path, sketch: Sketch) -> str:
    """Write a sketch into a library and return the name of its folder; one of the same document is replaced.

    Raises:
        ImpactError: If the folder cannot be written to.
    """
    stem = _UNFIT.sub("-", sketch.name).strip("-.")[:60] or "document"
    name = f"{stem}-{sketch.id[:12]}"
    write(folder / name / FILE_NAME, to_bytes(sketch))
    return name


def remove(folder: Path, name: str) -> None:
    """Take the document in the folder `name` out of a library; other files beside its sketch stay.

    Raises:
        ImpactError: If the library has no such document.
    """
    path = folder / Path(name).name / FILE_NAME
    if not path.is_file():
        message = f"the library {folder} has no document {name!r}"
        raise ImpactError(message, "Give the name of its folder, as listed by `impact match --library DIR`")
    path.unlink()
    with suppress(OSError):  # reports of a batch may stand beside it
        path.parent.rmdir()


def write(path: Path, data: bytes) -> None:
    """Write a file whole or not at all.

    Raises:
        ImpactError: If the folder cannot be written to.
    """
    part = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(data)
        part.replace(path)
    except OSError as error:
        with suppress(OSError):
            part.unlink()
        message = f"{path} cannot be written: {error.strerror}"
        raise ImpactError(message, "Choose another folder, or free disk space") from error
