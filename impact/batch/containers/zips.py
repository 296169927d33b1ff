"""Documents in ZIP files, read in place."""

import stat
import zipfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import IO

from impact.batch.containers.allowance import Allowance
from impact.batch.containers.source_file import PackedFile, SourceFile, passed_over
from impact.errors import DAMAGED_ZIP, LimitError, UnreadableError
from impact.extract.detect.packaging import HEAD
from impact.extract.unpack.archive import AGAIN
from impact.extract.unpack.members import RATIO, SMALL, UNPACK

_OFFICE = frozenset({"[Content_Types].xml", "mimetype"})


def holds_documents(file: IO[bytes], name: str) -> bool:
    """Return whether an open ZIP file is to be opened as an archive; an office file is a document itself.

    What a damaged file was to be, only its name tells.
    """
    with suppress(*DAMAGED_ZIP), zipfile.ZipFile(file) as packed:
        return packed.NameToInfo.keys().isdisjoint(_OFFICE)
    return name.casefold().endswith(".zip")


class ZipArchive:
    """A ZIP, opened when it is needed and kept open while its members are gone through."""

    def __init__(self, start: Callable[[], IO[bytes]], document: SourceFile, allowance: Allowance) -> None:
        self._start, self._name, self._place, self._allowance = start, document.name, document.place, allowance
        self._packed: zipfile.ZipFile | None = None

    @contextmanager
    def opened(self) -> Iterator[tuple[list[PackedFile], list[str]]]:
        """Hold it open; yield its files, by name, and the names of the links in it.

        Raises:
            UnreadableError: If it is damaged.
            LimitError: If it holds more than is allowed.
        """
        with ExitStack() as stack:
            try:
                file = stack.enter_context(self._start())
                packed = stack.enter_context(zipfile.ZipFile(file))
            except DAMAGED_ZIP as error:
                raise UnreadableError(f"{self._name} is not a complete ZIP archive ({error})", AGAIN) from error
            entries, size = packed.infolist(), file.seek(0, 2)
            self._allowance.grant(self._name, size, len(entries), sum(entry.file_size for entry in entries))
            files = [entry for entry in entries if not entry.is_dir() and not passed_over(entry.filename)]
            files.sort(key=lambda entry: entry.filename)
            self._packed = packed
            try:
                yield (
                    [self._file(entry) for entry in files if not _is_link(entry)],
                    [entry.filename for entry in files if _is_link(entry)],
                )
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
            raise LimitError(f"{name} would unpack to more than {RATIO} times its size", UNPACK)
        try:
            data = self._packed.read(entry) if self._packed else self._reopened(entry)
        except DAMAGED_ZIP as error:
            raise UnreadableError(f"{name} cannot be unpacked ({error})", AGAIN) from error
        if not data:
            raise UnreadableError(f"{name} is empty (0 bytes)", "Download or export the file again")
        return data

    def _file(self, entry: zipfile.ZipInfo) -> PackedFile:
        place = f"{self._place}/{entry.filename}\0{entry.header_offset}"
        document = SourceFile(f"{self._name}/{entry.filename}", place, lambda most: self.read(entry, most))
        return PackedFile(entry.filename, document, lambda: self._head(entry))

    def _head(self, entry: zipfile.ZipInfo) -> bytes:
        """Return the first bytes of a member; nothing where it cannot be unpacked, which its reading will say."""
        with suppress(*DAMAGED_ZIP):
            if self._packed and not entry.flag_bits & 1:
                with self._packed.open(entry) as file:
                    return file.read(HEAD)
        return b""

    def _reopened(self, entry: zipfile.ZipInfo) -> bytes:
        with self._start() as file, zipfile.ZipFile(file) as packed:
            return packed.read(entry)


def _is_link(entry: zipfile.ZipInfo) -> bool:
    """Return whether an entry is a symbolic link. Source: APPNOTE.TXT 4.4.15; Unix keeps the mode in the upper half."""
    return stat.S_ISLNK(entry.external_attr >> 16)
