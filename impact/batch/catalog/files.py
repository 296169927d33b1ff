"""What queries and pages need of the files of an archive; `impact.batch.archive.files` has it."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol


class CatalogFiles(Protocol):
    """Files by their paths below the root of an archive.

    Each method raises `ImpactError` where the archive cannot be read or written to.
    """

    @property
    def store(self) -> Any:
        """A file system of fsspec."""

    @property
    def address(self) -> str:
        """The archive, as it was given."""

    @property
    def local(self) -> bool:
        """Whether it is a folder on this machine."""

    def at(self, path: str) -> str:
        """Return the path of a file in the store."""

    def get(self, path: str) -> bytes | None:
        """Return the bytes of a file; None where it is not there."""

    def fetch(self, paths: Sequence[str], folder: Path) -> list[str]:
        """Copy files of the store to a folder, and return where they are; raises `OSError` if one is gone."""

    def put(self, files: Mapping[str, bytes]) -> None:
        """Write files, each whole or not at all."""

    def remove(self, paths: Sequence[str]) -> None:
        """Remove files; those that are not there are passed over."""
