"""The bytes of a file, or one clear refusal."""

import os
import stat
from pathlib import Path

from impact.errors import LimitError, UnreadableError


def load(path: Path, most: int) -> bytes:
    """Return the bytes of the file at `path`, or of that to which it is a link.

    Raises:
        UnreadableError: If it is absent, no regular file, not permitted or empty.
        LimitError: If it is larger than `most`.
    """
    try:
        # Without O_NONBLOCK the opening of a named pipe would wait for a writer.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(descriptor, "rb") as file:
            _check(path, os.fstat(descriptor), most)
            data = file.read(most + 1)
    except (OSError, ValueError) as error:
        raise _refusal(path, error) from error
    if len(data) > most:
        raise _too_large(path, len(data), most)
    if not data:
        raise UnreadableError(f"{path} is empty (0 bytes)", "Download or export the file again")
    return data


def head_of(path: Path, size: int) -> bytes:
    """Return the first bytes of the file at `path`; nothing where it cannot be opened, which `load` says."""
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(descriptor, "rb") as file:
            return file.read(size) if stat.S_ISREG(os.fstat(descriptor).st_mode) else b""
    except (OSError, ValueError):
        return b""


def _check(path: Path, facts: os.stat_result, most: int) -> None:
    if stat.S_ISDIR(facts.st_mode):
        message = f"{path} is a folder"
        raise UnreadableError(message, "Give the files in it, or analyze the whole folder with `impact batch`")
    if not stat.S_ISREG(facts.st_mode):
        raise UnreadableError(f"{path} is a device or pipe", "Save its contents to a file first")
    if facts.st_size > most:
        raise _too_large(path, facts.st_size, most)


def _too_large(path: Path, size: int, most: int) -> LimitError:
    message = f"{path} is too large ({size / 1e6:.1f} MB; the limit is {most / 1e6:.1f} MB)"
    return LimitError(message, "Split the document, or increase the limit on file size")


def _refusal(path: Path, error: Exception) -> UnreadableError:
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return UnreadableError(f"{path} does not exist", "Check the spelling of the path")
    if isinstance(error, IsADirectoryError):
        return UnreadableError(f"{path} is a folder", "Give the files in it")
    if isinstance(error, PermissionError):
        return UnreadableError(f"{path} cannot be read: permission denied", "Change its permissions or copy it")
    reason = getattr(error, "strerror", None) or str(error)
    return UnreadableError(f"{path} cannot be opened ({reason})", "Check the path and the disk")
