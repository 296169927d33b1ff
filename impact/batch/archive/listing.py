"""What is to go into an archive: sources by their addresses, listed and not opened."""

import os
import posixpath
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from impact.batch.remote import LISTS, TIMES, files_at, store_of
from impact.batch.sources import files_below, lines_of, name_of
from impact.errors import ImpactError
from impact.records import ListedRow

_CONTENT = ("ETag", "etag", "md5Hash", "md5", "content_md5", "sha1", "checksum")
"""What stores call the digest of a file. Source: as `impact.batch.remote.TIMES`."""


@dataclass(frozen=True, slots=True)
class ListedSource:
    """A file among the sources of an archive: a document, or a container of several.

    Attributes:
        address: Its whole path or address, by which workers open it.
        name: Where it is in what was given, with "/" between parts.
        meeting: Name of the meeting; empty where there is none.
        stamp: What changes when its content does: size, and time or digest as the store gives them; empty where the
            store gives too little.
        listed: What a list of documents says of it.
        members: Names of the documents that it had when it was read before.

    Raises:
        ValueError: If it has no address or name.
    """

    address: str
    name: str
    meeting: str
    stamp: str
    listed: ListedRow | None = None
    members: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.address or not self.name:
            msg = f"a source needs an address and a name, not {self.address!r} and {self.name!r}"
            raise ValueError(msg)

    @property
    def may_list(self) -> bool:
        """Whether its name is that of a workbook or CSV file, which may be a list of documents."""
        return self.name.casefold().endswith(LISTS)


def list_sources(sources: Sequence[str], archive: str, meeting: str = "") -> Iterator[ListedSource]:
    """Yield the files of the sources, in the order given and folder by folder; those that may be lists first in theirs.

    Args:
        sources: Paths of files and folders, addresses with "://", and "@FILE" for a list of any of these.
        archive: The archive, which is passed over.
        meeting: Name of the meeting of all; empty for the folder directly below each source, or the source itself.

    Raises:
        ImpactError: If a source does not exist or cannot be listed, when its turn comes.
    """
    for source in sources:
        if source.startswith("@"):
            for line in lines_of(Path(source[1:])):
                yield from _of_list(line, archive, meeting)
        elif "://" in source:
            yield from _at_address(source, archive, meeting)
        else:
            yield from _here(Path(source), archive, meeting)


def _of_list(line: str, archive: str, meeting: str) -> Iterator[ListedSource]:
    """Yield what a line of a list names; where that cannot be listed, a source whose reading says why."""
    try:
        yield from list_sources([line], archive, meeting)
    except ImpactError:
        yield ListedSource(line, line, meeting, "")


def _here(path: Path, archive: str, meeting: str) -> Iterator[ListedSource]:
    if not path.is_dir():
        yield _file(path, name_of(path), meeting or path.absolute().parent.name)
        return
    folder_name, barred = path.resolve().name, list[OSError]()
    for paths in files_below(path, Path(archive), barred.append):
        for file in sorted(paths, key=lambda file: (not file.name.casefold().endswith(LISTS), file.name)):
            name = file.relative_to(path).as_posix()
            yield _file(file, name, meeting or _meeting(name, folder_name))
    for error in barred:  # its reading says why
        folder = Path(error.filename)
        yield _file(folder, folder.relative_to(path).as_posix(), meeting or folder_name)


def _file(path: Path, name: str, meeting: str) -> ListedSource:
    place = os.path.realpath(path)
    try:
        facts = Path(place).stat()
    except OSError:
        return ListedSource(place, name, meeting, "")  # its reading says why
    return ListedSource(place, name, meeting, f"{facts.st_size} {facts.st_mtime_ns}")


def _at_address(address: str, archive: str, meeting: str) -> Iterator[ListedSource]:
    store, root = store_of(address, use_listings_cache=False)
    root_name, top = posixpath.basename(root.rstrip("/")), address.rstrip("/")
    barred = archive.rstrip("/") if "://" in archive else f"file://{archive}"
    for file in files_at(store, root, address, lambda name: f"{top}/{name}" == barred):
        stamp = stamp_of(file.facts)
        if file.path == root:
            yield ListedSource(address, root_name, meeting or posixpath.basename(posixpath.dirname(root)), stamp)
        else:
            yield ListedSource(f"{top}/{file.name}", file.name, meeting or _meeting(file.name, root_name), stamp)


def _meeting(name: str, source: str) -> str:
    """Return the folder directly below the source, or the source for a file that lies in none."""
    return name.partition("/")[0] if "/" in name else source


def stamp_of(info: Mapping[str, Any]) -> str:
    """Return what a store says of the content of a file; empty where a change could go unnoticed."""
    size = info.get("size")
    content = next((str(info[key]) for key in _CONTENT if info.get(key)), "")
    time = next((str(info[key]) for key in TIMES if info.get(key)), "")
    return " ".join((str(size), content or time)) if size is not None and (content or time) else ""
