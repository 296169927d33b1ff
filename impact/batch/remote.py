"""Documents at addresses ("s3://bucket/meeting"), by way of fsspec."""

import posixpath
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from impact.batch.containers.opening import documents_in
from impact.batch.containers.source_file import PackedFile, SourceFile, passed_over
from impact.errors import ImpactError, LimitError, UnreadableError
from impact.extract.detect.packaging import HEAD

LISTS = (".xlsx", ".csv", ".tsv")
"""Ends of the names of files that are fetched before the others of their folder, since they may be lists of documents;
their content decides."""


def find_at(address: str) -> Iterator[SourceFile]:
    """Yield the documents at an address: a file, a ZIP, or all below a folder, by name.

    Raises:
        ImpactError: If fsspec or what it needs for this kind of address is not installed, or nothing is there.
    """
    store, root = store_of(address)
    scheme = address.partition("://")[0]
    try:
        if not store.isdir(root):
            if not store.exists(root):
                raise ImpactError(f"nothing was found at {scheme}://{root}", "Check the spelling of the address")
            return _object(store, scheme, root, posixpath.basename(root))
    except OSError as error:
        raise unreachable(scheme, root, error) from error
    return _below(store, scheme, root)


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


def _below(store: Any, scheme: str, root: str) -> Iterator[SourceFile]:
    try:
        for folder, folders, files in store.walk(root):
            inside = posixpath.relpath(folder, root)
            for hidden in [folder for folder in folders if passed_over(folder)]:
                folders.pop(hidden) if isinstance(folders, dict) else folders.remove(hidden)
            for file in sorted(files, key=lambda file: (not file.casefold().endswith(LISTS), file)):
                if file and not passed_over(file):
                    name = posixpath.normpath(posixpath.join(inside, file))
                    yield from _object(store, scheme, posixpath.join(folder, file), name)
    except OSError as error:
        raise unreachable(scheme, root, error) from error


def _object(store: Any, scheme: str, path: str, name: str) -> Iterator[SourceFile]:
    place = f"{scheme}://{path}"
    document = SourceFile(name, place, lambda most: _read(store, path, place, most))
    return documents_in(PackedFile(name, document, lambda: _head(store, path), lambda: store.open(path, "rb")))


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


def unreachable(scheme: str, root: str, error: OSError) -> ImpactError:
    """Return that what is at an address cannot be listed, with what to do."""
    message = f"{scheme}://{root} cannot be listed ({type(error).__name__}: {error})"
    return ImpactError(message, "Check the address, your permissions and the network, then run again")
