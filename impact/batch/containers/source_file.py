"""A document among the sources of a batch, which is not read yet."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import IO

from impact.errors import ImpactError

FOLDERS_PASSED = frozenset({"__macosx", "$recycle.bin", "system volume information"})
FILES_PASSED = frozenset({"thumbs.db", "desktop.ini"})
"""What systems leave behind, in small letters. Source: project judgment."""

_LOCKS = ("~$", ".~lock.")
"""Starts of the names of files that say that a document is open in Word or LibreOffice."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A document that is not read yet.

    Attributes:
        place: Its whole path or address.
        part_of: Name of the proposal that it is a further document of; empty where it stands for itself.
        attached_to: Name of the message that it is attached to; empty where there is none.
        read: Takes the most bytes allowed and returns all of it.
            Raises UnreadableError if it cannot be read, is empty or larger.
    """

    name: str
    place: str
    read: Callable[[int], bytes]
    part_of: str = ""
    attached_to: str = ""


@dataclass(frozen=True, slots=True)
class PackedFile:
    """A file that may hold documents.

    Attributes:
        name: Its name in its container, or its path.
        document: The file as a document.
        head: Returns its first bytes; none where it cannot be opened.
        start: Opens it; None where it is cheaper to read it whole.
    """

    name: str
    document: SourceFile
    head: Callable[[], bytes]
    start: Callable[[], IO[bytes]] | None = None


def unreadable(name: str, place: str, error: ImpactError) -> SourceFile:
    """Return a document whose reading raises `error`."""

    def read(_most: int) -> bytes:
        raise error

    return SourceFile(name, place, read)


def passed_over(name: str) -> bool:
    """Return whether a name, "/" between its parts, is that of a hidden file, a lock, or what a system left behind."""
    parts = name.casefold().split("/")
    hidden = any(part.startswith(".") and part not in {".", ".."} for part in parts)
    return hidden or parts[-1].startswith(_LOCKS) or parts[-1] in FILES_PASSED or not FOLDERS_PASSED.isdisjoint(parts)
