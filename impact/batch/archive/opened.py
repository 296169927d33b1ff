"""A source of an archive, opened by the worker that reads it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from hashlib import file_digest
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from impact.batch.archive.listing import ListedSource
from impact.batch.containers.opening import documents_in
from impact.batch.containers.source_file import PackedFile, SourceFile
from impact.batch.remote import checked, store_of, unreadable_at
from impact.batch.sources import documents_of, with_names
from impact.errors import ImpactError, UnreadableError
from impact.extract import Limits
from impact.extract.detect.packaging import HEAD
from impact.extract.source import head_of, load


@dataclass(frozen=True, slots=True)
class OpenSource:
    """A source with its documents, each under a name of its own that begins with the name of the source.

    Attributes:
        digest: SHA-256 of the whole file, hexadecimal.
        documents: To be gone through once, while the source is open.
    """

    digest: str
    documents: Iterator[SourceFile]


@contextmanager
def opened(source: ListedSource) -> Iterator[OpenSource]:
    """Open a source; one at an address is copied to a file of this machine meanwhile, of whatever size it is.

    Raises:
        UnreadableError: If it cannot be read, or fsspec does not know this kind of address.
    """
    if "://" not in source.address:
        path = Path(source.address)
        yield OpenSource(_digest(path), _known(source, documents_of(path, source.name)))
        return
    with TemporaryDirectory(prefix="impact-") as folder:
        path = Path(folder, "source")
        store, place = _store_of(source.address)
        try:
            store.get_file(place, str(path))
        except Exception as error:
            raise unreadable_at(source.address, error) from error
        yield OpenSource(_digest(path), _known(source, documents_in(_packed(source, path))))


def _store_of(address: str) -> tuple[Any, str]:
    try:
        return store_of(address)
    except ImpactError as error:  # it concerns this source alone
        raise UnreadableError(error.message, error.hint) from error


def _packed(source: ListedSource, path: Path) -> PackedFile:
    def read(most: int) -> bytes:
        with path.open("rb") as file:
            return checked(file.read(most + 1), source.address, most)

    document = SourceFile(source.name, source.address, read)
    return PackedFile(source.name, document, lambda: head_of(path, HEAD), lambda: path.open("rb"))


def _known(source: ListedSource, documents: Iterator[SourceFile]) -> Iterator[SourceFile]:
    """Yield documents with what the lists among them say, or else the list in which the source itself was found."""
    for document in with_names(documents):
        takes = document.listed is None and not (document.rows or document.part_of or document.attached_to)
        yield replace(document, listed=source.listed) if takes else document


def _digest(path: Path) -> str:
    if not path.is_file():
        load(path, Limits().file_bytes)  # says why it cannot be read
    try:
        with path.open("rb") as file:
            return file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise unreadable_at(str(path), error) from error
