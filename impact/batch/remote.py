"""Documents at addresses ("s3://bucket/meeting"), by way of fsspec."""

import posixpath
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain
from typing import Any

from impact.batch.containers.opening import documents_in
from impact.batch.containers.source_file import PackedFile, SourceFile, passed_over
from impact.errors import ImpactError, LimitError, UnreadableError
from impact.extract.detect.packaging import HEAD

LISTS = (".xlsx", ".csv", ".tsv")
"""Ends of the names of files that are fetched before the others of their folder, since they may be lists of documents;
their content decides."""

TIMES = ("LastModified", "last_modified", "updated", "mtime", "modified", "timeModified")
"""What stores call the time of the last change of a file. Source: `info` of fsspec's local, memory, http, s3fs, gcsfs
and adlfs file systems."""


def find_at(address: str) -> Iterator[SourceFile]:
    """Yield the documents at an address: a file, a ZIP, or all below a folder, by name.

    Raises:
        ImpactError: If fsspec or what it needs for this kind of address is not installed, or nothing is there.
    """
    store, root = store_of(address)
    files = files_at(store, root, address)
    return chain.from_iterable(_documents_in(store, file) for file in files)


def store_of(address: str, **options: Any) -> tuple[Any, str]:
    """Return the file system of fsspec at an address, which takes the options, and the path in it.

    Raises:
        ImpactError: If fsspec or what it needs for this kind of address is not installed.
    """
    try:
        from fsspec.core import url_to_fs
    except ImportError as error:
        message = f"{address} is an address, and reading addresses needs fsspec, which is not installed"
        raise ImpactError(message, "pip install 'impact-rights[remote]', and s3fs for s3:// addresses") from error
    try:
        store, root = url_to_fs(address, **options)
    except (ImportError, ValueError) as error:
        hint = "Install the package for this kind of address: s3fs for s3://, gcsfs for gs://"
        raise ImpactError(f"{address} cannot be opened: {error}", hint) from error
    return store, root


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file at an address, or below it.

    Attributes:
        path: Its path in the store.
        name: Where it is below the address; its own name if the address is its.
        facts: What the store says of it.
    """

    path: str
    name: str
    facts: Mapping[str, Any]


def files_at(
    store: Any, root: str, address: str, is_left_out: Callable[[str], bool] = lambda _name: False
) -> Iterator[StoredFile]:
    """Return the file at an address, or all below it: folder by folder, and by name, those that may be lists first.

    Args:
        store: The file system of the address, as `store_of` returns it.
        root: The path of the address in it.
        address: As it was given, for errors.
        is_left_out: Whether a folder with this name below the address is passed over, beside those that always are.

    Raises:
        ImpactError: Now, if nothing is there; when its turn comes, if a folder cannot be listed.
    """
    try:
        if not store.isdir(root):
            if not store.exists(root):
                raise ImpactError(f"nothing was found at {address}", "Check the spelling of the address")
            return iter((StoredFile(root, posixpath.basename(root), store.info(root)),))
    except OSError as error:
        raise _unreachable(address, error) from error
    return _below(store, root, address, is_left_out)


def _below(store: Any, root: str, address: str, is_left_out: Callable[[str], bool]) -> Iterator[StoredFile]:
    try:
        for folder, folders, files in store.walk(root, detail=True):
            inside = posixpath.relpath(folder, root)
            names = {name: posixpath.normpath(posixpath.join(inside, name)) for name in (*folders, *files)}
            for hidden in [name for name in folders if passed_over(name) or is_left_out(names[name])]:
                folders.pop(hidden)
            for file in sorted(files, key=lambda file: (not file.casefold().endswith(LISTS), file)):
                if file and not passed_over(file):
                    yield StoredFile(posixpath.join(folder, file), names[file], files[file])
    except OSError as error:
        raise _unreachable(address, error) from error


def _documents_in(store: Any, file: StoredFile) -> Iterator[SourceFile]:
    path, place = file.path, store.unstrip_protocol(file.path)
    document = SourceFile(file.name, place, lambda most: _read(store, path, place, most))
    return documents_in(PackedFile(file.name, document, lambda: _head(store, path), lambda: store.open(path, "rb")))


def _head(store: Any, path: str) -> bytes:
    """Return the first bytes of an object; nothing where it cannot be read, which its reading will say."""
    with suppress(Exception):
        head: bytes = store.cat_file(path, 0, HEAD)
        return head
    return b""


def _read(store: Any, path: str, place: str, most: int) -> bytes:
    try:
        with store.open(path, "rb") as file:
            data: bytes = file.read(most + 1)
    except Exception as error:
        raise unreadable_at(place, error) from error
    return checked(data, place, most)


def checked(data: bytes, place: str, most: int) -> bytes:
    """Return the bytes of a document.

    Raises:
        UnreadableError: If there are none, or more than `most`.
    """
    if len(data) > most:
        raise LimitError(f"{place} is too large (the limit is {most / 1e6:.1f} MB)", "Split the document")
    if not data:
        raise UnreadableError(f"{place} is empty (0 bytes)", "Download or export the file again")
    return data


def unreadable_at(place: str, error: Exception) -> UnreadableError:
    """Return that what is at an address cannot be read, with what to do."""
    message = f"{place} cannot be read ({type(error).__name__}: {error})"
    return UnreadableError(message, "Check the address, your permissions and the network, then run again")


def written_at(facts: Mapping[str, Any]) -> datetime | None:
    """Return when a file was last written, by what its store says of it; None where it does not."""
    value = next((facts[key] for key in TIMES if facts.get(key)), None)
    if isinstance(value, int | float):
        return datetime.fromtimestamp(value, UTC)
    if isinstance(value, str):
        with suppress(ValueError):
            value = datetime.fromisoformat(value)
    if not isinstance(value, datetime):
        return None
    return value if value.tzinfo else value.replace(tzinfo=UTC)


def _unreachable(address: str, error: OSError) -> ImpactError:
    message = f"{address} cannot be listed ({type(error).__name__}: {error})"
    return ImpactError(message, "Check the address, your permissions and the network, then run again")
