"""The files of an archive: in a folder, or at any address that fsspec knows."""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from impact.batch.remote import store_of, written_at
from impact.batch.store import FULL
from impact.errors import ImpactError

SHARDS = 2
"""Levels of folders above the results of a document, of two letters each: 65,536 folders."""

_AT_ONCE = {"start": 0}
"""With a start, s3fs asks for the bytes at once; else for the size first, and lists the place of a file that is not
there. Source: `_cat_file` of s3fs 2026.9."""


@dataclass(frozen=True, slots=True)
class ArchiveFiles:
    """Files by their paths below the root of an archive, "/" between the parts.

    Attributes:
        store: A file system of fsspec.
        root: The path of the archive in it.
        address: The archive, as it was given.
        local: Whether it is a folder on this machine.
    """

    store: Any
    root: str
    address: str
    local: bool

    def put(self, files: Mapping[str, bytes]) -> None:
        """Write files, each whole or not at all, in any order.

        Raises:
            ImpactError: If the archive cannot be written to.
        """
        with self._written():
            if not self.local:
                self.store.pipe({self.at(path): data for path, data in files.items()})
                return
            for path, data in files.items():
                _replace(Path(self.at(path)), data)

    def get(self, path: str) -> bytes | None:
        """Return the bytes of a file; None where it is not there.

        Raises:
            ImpactError: If the archive cannot be read.
        """
        with self._read():
            try:
                data: bytes = self.store.cat_file(self.at(path), **_AT_ONCE)
            except (FileNotFoundError, NotADirectoryError):
                return None
            return data

    def get_all(self, paths: Sequence[str]) -> dict[str, bytes]:
        """Return the bytes of several files, fetched at the same time; without those that are not there.

        Raises:
            ImpactError: If the archive cannot be read.
        """
        with self._read():
            if self.local:  # fsspec would take "[" and "*" in paths for patterns
                contents = {path: self.get(path) for path in paths}
                return {path: data for path, data in contents.items() if data is not None}
            places = {self.at(path): path for path in paths}
            found = self.store.cat(list(places), on_error="omit", **_AT_ONCE) if places else {}
            return {places[place]: data for place, data in found.items()}

    def fetch(self, paths: Sequence[str], folder: Path) -> list[str]:
        """Copy files to a folder of this machine, at the same time, and return where they are, in their order.

        Args:
            paths: As the store has them; the last three parts of each are kept.
            folder: Where to.

        Raises:
            OSError: If a file is gone.
            ImpactError: If the archive cannot be read.
        """
        places = [str(folder.joinpath(*path.split("/")[-3:])) for path in paths]
        with self._read():
            try:
                self.store.get(list(paths), places)
            except FileNotFoundError as error:
                gone = error
            else:
                return places
        raise gone

    def names(self, folder: str) -> list[str]:
        """Return the names of the files in a folder, sorted; none where it is not there.

        Raises:
            ImpactError: If the archive cannot be read.
        """
        with self._read():
            try:
                paths = self.store.ls(self.at(folder), detail=False, refresh=True)
            except (FileNotFoundError, NotADirectoryError):
                return []
            names = (path.rstrip("/").rpartition("/")[2] for path in paths)
            return sorted(name for name in names if not name.startswith("."))

    def remove(self, paths: Sequence[str]) -> None:
        """Remove files; those that are not there are passed over.

        Raises:
            ImpactError: If the archive cannot be written to.
        """
        with self._written():
            for path in paths:
                with suppress(FileNotFoundError):
                    self.store.rm_file(self.at(path))

    def times_below(self, folder: str) -> dict[str, datetime | None]:
        """Return when each file in a folder and below was last written; None where the store does not say.

        Raises:
            ImpactError: If the archive cannot be read.
        """
        with self._read():
            try:
                found = self.store.find(self.at(folder), detail=True)
            except (FileNotFoundError, NotADirectoryError):
                return {}
            return {path.removeprefix(f"{self.root}/"): written_at(facts) for path, facts in found.items()}

    def remove_folder(self, folder: str, paths: Sequence[str]) -> None:
        """Remove a folder with its files, in this order; nobody may write into it meanwhile.

        Raises:
            ImpactError: If the archive cannot be written to.
        """
        self.remove(paths)
        if self.local:
            with suppress(OSError):
                self.store.rmdir(self.at(folder))

    def at(self, path: str) -> str:
        """Return the path of a file in the store."""
        return f"{self.root}/{path}"

    @contextmanager
    def _written(self) -> Iterator[None]:
        try:
            yield
        except Exception as error:  # each kind of store has errors of its own
            raise self._refused("written to", error) from error

    @contextmanager
    def _read(self) -> Iterator[None]:
        try:
            yield
        except Exception as error:
            raise self._refused("read", error) from error

    def _refused(self, what: str, error: Exception) -> ImpactError:
        again = "run the same command again; completed results are kept"
        if isinstance(error, OSError) and error.errno in FULL:
            return ImpactError(
                f"there is no space left for {self.address} ({error.strerror})", f"Free space and {again}"
            )
        message = f"the archive {self.address} cannot be {what} ({type(error).__name__}: {error})"
        return ImpactError(message, f"Check the address, your permissions and the network, then {again}")


def open_archive(address: str) -> ArchiveFiles:
    """Return the files of an archive at a path or an address, which need not be there yet.

    Raises:
        ImpactError: If fsspec or what it needs for this kind of address is not installed.
    """
    if "://" not in address or address.startswith("file://"):
        store, root = store_of(f"file://{os.path.realpath(address.removeprefix('file://'))}")
        return ArchiveFiles(store, root.rstrip("/"), address, local=True)
    store, root = store_of(address, use_listings_cache=False)
    return ArchiveFiles(store, root.rstrip("/"), address, local=False)


def folder_of_result(mark: str) -> str:
    """Return the path of a result in an archive: "results/ab/cd/abcd0123..."."""
    return "/".join(("results", *(mark[2 * level : 2 * level + 2] for level in range(SHARDS)), mark))


def _replace(path: Path, data: bytes) -> None:
    """Write a file beside its place first, so that a run that is killed leaves no half."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{uuid4().hex[:8]}.part")
    try:
        with part.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except BaseException:
        with suppress(OSError):
            part.unlink()
        raise
