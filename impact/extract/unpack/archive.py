"""TAR archives, and files compressed with gzip, bzip2 or xz; a task of `impact.sandbox`."""

import bz2
import codecs
import gzip
import io
import lzma
import tarfile
import zlib
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import IO, cast

from impact.errors import LimitError, UnreadableError
from impact.extract.detect.packaging import BZIP2, COMPRESSED, GZIP, TAR, XZ, packaging
from impact.extract.unpack.members import MOST_BYTES, MOST_MEMBERS, RATIO, SMALL, UNPACK, Member, pack

AGAIN = "Download the file again; it may be incomplete"
_PIECE = 1 << 16
_SUFFIXES = {".tgz": ".tar", ".txz": ".tar", ".tbz2": ".tar", ".gz": "", ".xz": "", ".bz2": ""}
_DAMAGE = (tarfile.TarError, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError, OverflowError)
for _codec in ("utf-8", "iso8859-1"):
    codecs.lookup(_codec)

_OPENERS: dict[str, Callable[[IO[bytes]], IO[bytes]]] = {
    GZIP: lambda file: cast("IO[bytes]", gzip.GzipFile(fileobj=file)),
    BZIP2: bz2.BZ2File,
    XZ: lzma.LZMAFile,
}


def unpack_archive(data: bytes, name: str, letter: str, ready: Callable[[], None]) -> bytes:  # noqa: ARG001
    """Return the files of a TAR or of a compressed file, packed by `members.pack`.

    Links, devices and entries whose names lead out of the archive are named only.

    Raises:
        UnreadableError: If it is damaged.
        LimitError: If it holds too many entries or too much.
    """
    ready()
    try:
        kind = packaging(data)
        if kind in COMPRESSED:
            most = min(MOST_BYTES, max(SMALL, RATIO * len(data)))
            data = _inflated(data, kind, most, name)
            if packaging(data) != TAR:
                return pack([Member(_without_suffix(name), data)])
        return _tar(data, name)
    except RecursionError as error:
        raise LimitError(f"{name} is nested too deep", UNPACK) from error
    except _DAMAGE as error:
        raise UnreadableError(f"{name} is not a complete archive ({type(error).__name__})", AGAIN) from error


def _inflated(data: bytes, kind: str, most: int, name: str) -> bytes:
    """Return the unpacked bytes of a compressed file."""
    pieces, size = [], 0
    with _OPENERS[kind](io.BytesIO(data)) as file:
        while piece := file.read(_PIECE):
            pieces.append(piece)
            size += len(piece)
            if size > most:
                raise LimitError(f"{name} would unpack to more than {most / 1e6:.0f} MB", UNPACK)
    return b"".join(pieces)


def _tar(data: bytes, name: str) -> bytes:
    members: list[Member] = []
    skipped: list[str] = []
    count, before = 0, -1
    with tarfile.open(fileobj=io.BytesIO(data), mode="r:", errors="replace") as archive:
        while entry := archive.next():
            count += 1
            if count > MOST_MEMBERS:
                raise LimitError(f"{name} contains more than {MOST_MEMBERS} entries", UNPACK)
            if archive.offset <= before or not 0 <= entry.size <= len(data) - entry.offset_data:
                break
            before = archive.offset
            if entry.isdir():
                continue
            if not entry.isreg() or entry.issparse() or leads_out(entry.name):
                skipped.append(entry.name)
                continue
            members.append(Member(entry.name, data[entry.offset_data : entry.offset_data + entry.size]))
        is_whole = entry is None and not data[archive.offset : archive.offset + tarfile.BLOCKSIZE].strip(b"\0")
    return pack(members, skipped, is_whole=is_whole)


def leads_out(name: str) -> bool:
    """Return whether the name of an entry leads out of its archive: absolute, with a drive, or by way of ".."."""
    path = PurePosixPath(name.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or name[1:3] in {":\\", ":/"}


def _without_suffix(name: str) -> str:
    path = PurePosixPath(name)
    suffix = path.suffix.casefold()
    return path.with_suffix(_SUFFIXES[suffix]).name if suffix in _SUFFIXES and path.stem else path.name
