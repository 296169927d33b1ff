"""Lists of documents among the sources of an archive, which say what others in their folder and below are called."""

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace

from impact.batch.archive.listing import ListedSource
from impact.batch.archive.manifest import Manifest
from impact.batch.archive.opened import opened
from impact.batch.containers.lists import MeetingLists
from impact.errors import UnreadableError
from impact.records import ListedRow


def with_rows(sources: Iterable[ListedSource], manifest: Manifest) -> Iterator[ListedSource]:
    """Yield sources with what the nearest list above says of them; a list is read here unless its rows are known.

    Sources come folder by folder from the top, as `list_sources` yields them; only the lists of the folders above the
    present one are in memory.
    """
    levels: list[tuple[str, MeetingLists]] = []
    for source in sources:
        folder = _folder_of(source.address)
        while levels and not f"{folder}/".startswith(f"{levels[-1][0]}/"):
            levels.pop()
        rows = _rows(source, manifest) if source.may_list else ()
        if rows:
            levels.append((folder, MeetingLists()))
            levels[-1][1].add(source.name, rows)
            yield source
            continue
        found = (lists.row_of(source.name) for _, lists in reversed(levels))
        yield replace(source, listed=next((row for row in found if row), None))


def _folder_of(address: str) -> str:
    """Return the folder of a path or an address, with "/" between parts."""
    return (address if "://" in address else address.replace(os.sep, "/")).rpartition("/")[0]


def _rows(source: ListedSource, manifest: Manifest) -> tuple[ListedRow, ...]:
    stored_rows = manifest.rows_of(source)
    if stored_rows is not None:
        return stored_rows
    with suppress(UnreadableError), opened(source) as opening:  # the worker that reads it says why it cannot be
        return tuple(row for document in opening.documents for row in document.rows)
    return ()
