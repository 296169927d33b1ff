"""A document among the sources of a batch, which is not read yet."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO

from impact.errors import ImpactError
from impact.records import ListedRow

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
        further: Further documents of the proposal of which it is the cover, or what is attached to it as a message.
        part_of: Name of the cover of which it is a further document; empty where it stands for itself.
        attached_to: Name of the message that it is attached to; empty where there is none.
        may_list: Whether it may be a list of documents; only its rows decide.
        rows: What it says of documents, where it is such a list.
        listed: What a list says of it.
        read: Takes the most bytes allowed and returns all of it.
            Raises UnreadableError if it cannot be read, is empty or larger.
    """

    name: str
    place: str
    read: Callable[[int], bytes]
    further: tuple["SourceFile", ...] = ()
    part_of: str = ""
    attached_to: str = ""
    may_list: bool = False
    rows: tuple[ListedRow, ...] = ()
    listed: ListedRow | None = None

    def with_further(self) -> Iterator["SourceFile"]:
        """Yield the document, what came with it, and what came with that."""
        yield self
        for part in self.further:
            yield from part.with_further()


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
