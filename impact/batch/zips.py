"""Documents in ZIP files, read in place."""

import io
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import IO

from impact.batch.source_file import SourceFile, passed_over, unreadable
from impact.errors import DAMAGED_ZIP, ImpactError, LimitError, UnreadableError

ENTRIES = 100_000
"""Entries of a ZIP at the most. Source: project judgment; a meeting has some hundreds of documents."""

RATIO = 150
"""Bytes unpacked for each byte packed at the most, over a whole ZIP larger than `SMALL`, and for each entry.
Source: as for office files, see `impact.extract.Options`."""

SMALL = 1_000_000
"""Bytes that anything may unpack to, whatever its ratio. Source: project judgment."""

DEPTH = 3
"""ZIPs within each other at the most. Source: project judgment."""

_AGAIN = "Download the file again; it may be incomplete"
_UNPACK = "If you trust the archive, unpack it and give the folder"


def documents_in(start: Callable[[], IO[bytes]], document: SourceFile) -> Iterator[SourceFile]:
    """Return the documents of a ZIP, which `start` opens, or the document itself; an office file is one."""
    if not document.name.casefold().endswith(".zip"):
        return iter([document])
    try:
        with start() as file:
            is_archive = holds_documents(file)
    except OSError:
        is_archive = True
    return Archive(start, document.name, document.place).members() if is_archive else iter([document])


def holds_documents(file: IO[bytes]) -> bool:
    """Return whether an open file with the suffix of ZIPs is to be opened as one; damaged ones are."""
    with suppress(*DAMAGED_ZIP), zipfile.ZipFile(file) as packed:
        return packed.NameToInfo.keys().isdisjoint({"[Content_Types].xml", "mimetype"})
    return True


class Archive:
    """A ZIP, opened when it is needed and kept open while its members are gone through."""

    def __init__(self, start: Callable[[], IO[bytes]], name: str, place: str, depth: int = 1) -> None:
        self._start, self._name, self._place, self._depth = start, name, place, depth
        self._packed: zipfile.ZipFile | None = None

    def members(self) -> Iterator[SourceFile]:
        """Yield the documents in it, by name; if it cannot be opened, itself as a document that cannot be read."""
        try:
            with self._start() as file, zipfile.ZipFile(file) as packed:
                self._check(packed, file)
                self._packed = packed
                for entry in sorted(packed.infolist(), key=lambda entry: entry.filename):
                    if not entry.is_dir() and not passed_over(entry.filename):
                        yield from self._member(entry)
        except DAMAGED_ZIP as error:
            broken = UnreadableError(f"{self._name} is not a complete ZIP archive ({error})", _AGAIN)
            yield unreadable(self._name, self._place, broken)
        except LimitError as error:
            yield unreadable(self._name, self._place, error)
        finally:
            self._packed = None

    def read(self, entry: zipfile.ZipInfo, most: int) -> bytes:
        """Return the unpacked bytes of a member, see `SourceFile.read`."""
        name = f"{self._name}/{entry.filename}"
        if entry.flag_bits & 1:
            raise UnreadableError(
                f"{name} is protected by a password", "Unpack the archive with the password and give the folder"
            )
        if entry.file_size > most:
            message = f"{name} is too large ({entry.file_size / 1e6:.1f} MB; the limit is {most / 1e6:.1f} MB)"
            raise LimitError(message, "Split the document")
        if entry.file_size > max(SMALL, RATIO * entry.compress_size):
            raise LimitError(f"{name} would unpack to more than {RATIO} times its size", _UNPACK)
        try:
            data = self._packed.read(entry) if self._packed else self._reopened(entry)
        except DAMAGED_ZIP as error:
            raise UnreadableError(f"{name} cannot be unpacked ({error})", _AGAIN) from error
        if not data:
            raise UnreadableError(f"{name} is empty (0 bytes)", "Download or export the file again")
        return data

    def _member(self, entry: zipfile.ZipInfo) -> Iterator[SourceFile]:
        name, place = f"{self._name}/{entry.filename}", f"{self._place}/{entry.filename}"
        document = SourceFile(name, f"{place}\0{entry.header_offset}", lambda most: self.read(entry, most))
        if not entry.filename.casefold().endswith(".zip"):
            yield document
            return
        from impact.extract import Limits

        try:
            data = self.read(entry, Limits().file_bytes)
        except ImpactError:
            yield document
            return
        if not holds_documents(io.BytesIO(data)):
            yield document
        elif self._depth >= DEPTH:
            yield unreadable(
                name, place, LimitError(f"{name} is nested in more than {DEPTH - 1} ZIP archives", _UNPACK)
            )
        else:
            yield from Archive(lambda: io.BytesIO(data), name, place, self._depth + 1).members()

    def _check(self, packed: zipfile.ZipFile, file: IO[bytes]) -> None:
        entries, size = packed.infolist(), file.seek(0, io.SEEK_END)
        if len(entries) > ENTRIES:
            raise LimitError(f"{self._name} contains {len(entries)} entries; the limit is {ENTRIES}", _UNPACK)
        if sum(entry.file_size for entry in entries) > max(SMALL, RATIO * size):
            raise LimitError(f"{self._name} would unpack to more than {RATIO} times its size", _UNPACK)

    def _reopened(self, entry: zipfile.ZipInfo) -> bytes:
        with self._start() as file, zipfile.ZipFile(file) as packed:
            return packed.read(entry)
