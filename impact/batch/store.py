"""The output folder: each document's folder is there whole, or not at all."""

import errno
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from impact.batch.record import FILE_NAME, Record, to_json
from impact.errors import ImpactError

_LOCK_NAME = ".lock"
_PART, _OLD = ".part-", ".old-"
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
"""What the system says when there is no room."""


@contextmanager
def opened(out: Path) -> Iterator[None]:
    """Hold an output folder for one batch alone, made if it is not there and swept of what a killed run left.

    Raises:
        ImpactError: If it cannot be written to, or another batch is at work in it.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
        # Never removed: a batch that waits to lock the old file would else hold nothing.
        file = (out / _LOCK_NAME).open("a+", encoding="utf-8")
    except OSError as error:
        raise refused(out, error) from error
    with file:
        if not _lock(file.fileno()):
            file.seek(0)
            message = f"another batch is running in {out} ({file.read().strip() or 'just started'})"
            raise ImpactError(message, "Wait until it has finished, or choose another folder with --out")
        with suppress(OSError):  # what stands in the file is for people only
            file.truncate(0)
            file.write(f"process {os.getpid()}\n")
            file.flush()
        try:
            _sweep(out)
        except OSError as error:
            raise refused(out, error) from error
        yield


def keep(out: Path, record: Record, files: Mapping[str, bytes]) -> None:
    """Put a document's record and files into its folder, in place of what was there.

    Raises:
        ImpactError: If the disk is full or cannot be written to; what was there before stays.
    """
    part, old, folder = out / f"{_PART}{record.folder}", out / f"{_OLD}{record.folder}", out / record.folder
    try:
        part.mkdir()
        for name, data in {**files, FILE_NAME: to_json(record).encode()}.items():
            _write(part / name, data)
        _settle(part)
        if folder.exists():
            folder.replace(old)
        part.replace(folder)
        _settle(out)
        shutil.rmtree(old, ignore_errors=True)
    except OSError as error:
        shutil.rmtree(part, ignore_errors=True)
        raise refused(out, error) from error


@contextmanager
def beside(folder: Path, names: Sequence[str]) -> Iterator[list[Path]]:
    """Yield a place beside each file; at the end put all in place, or remove them where something failed."""
    parts = [folder / f".{name}.part" for name in names]
    try:
        yield parts
        for part, name in zip(parts, names, strict=True):
            part.replace(folder / name)
    except BaseException:
        for part in parts:
            with suppress(OSError):
                part.unlink()
        raise


def refused(out: Path, error: OSError) -> ImpactError:
    """Return why the output cannot be written, with what to do."""
    if error.errno in FULL:
        hint = "Free disk space and run the same command again; completed results are kept"
        return ImpactError(f"there is no disk space left for {out} ({error.strerror})", hint)
    hint = "Choose another folder with --out; completed results are kept"
    return ImpactError(f"{out} cannot be written to: {error.strerror or error}", hint)


def _sweep(out: Path) -> None:
    """Remove half-written folders and files, and put back what was moved away for a new one that did not come."""
    for old in out.glob(f"{_OLD}*"):
        folder = out / old.name.removeprefix(_OLD)
        if folder.exists():
            shutil.rmtree(old)
        else:
            old.replace(folder)
    for part in out.glob(f"{_PART}*"):
        shutil.rmtree(part)
    for half in out.glob(".*.part"):
        half.unlink()


def _write(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _settle(folder: Path) -> None:
    """Make sure that the names in a folder outlast a power cut, where the system can promise that."""
    if hasattr(os, "O_DIRECTORY"):
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _lock(descriptor: int) -> bool:
    """Return whether this process holds the file now; the system lets go when the process ends, however it ends."""
    try:
        import fcntl
    except ImportError:
        import msvcrt

        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        except OSError:
            return False
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno not in {errno.EWOULDBLOCK, errno.EACCES}
    return True
