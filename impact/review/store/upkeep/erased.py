"""The list of what was erased, beside the files of a store: a database from an older backup does not bring it back."""

import os
import re
from collections.abc import Collection, Iterable
from pathlib import Path

from impact.review.values.refusals import StoreError

LIST = ".erased"
"""File with the id of each erased proposal, one a line."""

_ID = re.compile("[0-9a-f]{16}")


def listed(folder: Path) -> frozenset[str]:
    """Return the ids on the list of a folder of files; lines that are none are passed over.

    Raises:
        StoreError: If the list is there and cannot be read.
    """
    try:
        lines = (folder / LIST).read_text(encoding="utf-8", errors="replace").split()
    except FileNotFoundError:
        return frozenset()
    except OSError as error:
        msg = f"the list of erased proposals ({folder / LIST}) cannot be read: {error.strerror}"
        raise StoreError(msg, "Restore it from a backup, and change its permissions") from error
    return ids_in(lines)


def ids_in(words: Iterable[str]) -> frozenset[str]:
    """Return the words that are ids of proposals."""
    return frozenset(word for word in words if _ID.fullmatch(word))


def add(folder: Path, proposals: Collection[str]) -> None:
    """Add ids to the list; they are on the disk when this returns.

    Raises:
        StoreError: If it cannot be written.
    """
    if not proposals:
        return
    try:
        with (folder / LIST).open("a", encoding="utf-8") as file:
            file.write("".join(f"{proposal}\n" for proposal in sorted(proposals)))
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        msg = f"the list of erased proposals ({folder / LIST}) cannot be written: {error.strerror}"
        raise StoreError(
            msg, "Free disk space, or change its permissions; the proposals themselves are erased"
        ) from error
