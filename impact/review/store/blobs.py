"""Files of the store, each by the SHA-256 of its bytes: there whole, or not at all."""

import errno
import os
import re
import shutil
import tempfile
from collections.abc import Collection
from contextlib import suppress
from datetime import datetime
from hashlib import file_digest, sha256
from pathlib import Path

from impact.review.values.refusals import DamagedError, FullError, StoreError

_DIGEST = re.compile(r"[0-9a-f]{64}")
_RESTORE = "Restore the folder of files from a backup; `impact review verify` names all that is missing or changed"
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
"""Numbers of the errors of a disk without space, and of a user who may use no more."""
_PART, _ANSWERS = ".part-", "answers"


def put(folder: Path, data: bytes) -> str:
    """Keep bytes and return their digest.

    Raises:
        StoreError: If the folder cannot be written to.
    """
    digest = sha256(data).hexdigest()
    target = path_of(folder, digest)
    if target.exists():
        with suppress(OSError):
            os.utime(target)  # a sweep spares it, as if it were new
        return digest
    try:
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.NamedTemporaryFile(dir=target.parent, prefix=f"{_PART}{digest}-", delete=False) as part:
            try:
                part.write(data)
                part.flush()
                os.fsync(part.fileno())
                Path(part.name).replace(target)
            except BaseException:
                with suppress(OSError):
                    Path(part.name).unlink()
                raise
    except OSError as error:
        msg = f"{folder} cannot be written to: {error.strerror}"
        kind = FullError if error.errno in FULL else StoreError
        raise kind(msg, "Free disk space, or choose another location with --store") from error
    return digest


def get(folder: Path, digest: str) -> bytes:
    """Return the bytes kept under a digest.

    Raises:
        StoreError: If they are gone or are no longer what they were.
    """
    try:
        data = path_of(folder, digest).read_bytes()
    except OSError as error:
        msg = f"the file {digest[:12]} of the store cannot be read: {error.strerror}"
        raise DamagedError(msg, _RESTORE) from error
    if sha256(data).hexdigest() != digest:
        raise DamagedError(f"the file {digest[:12]} of the store was changed", _RESTORE)
    return data


def drop(folder: Path, digest: str, since: datetime | None = None) -> bool:
    """Take a file away and return whether that was possible; it may not be there, or was written since a moment."""
    path = path_of(folder, digest)
    try:
        if _is_newer(path, since):
            return False
        path.unlink()
    except OSError:
        return False
    return True


def drop_parts(folder: Path, digests: Collection[str], since: datetime | None = None) -> int:
    """Take away what a killed program wrote of these files before a moment, or ever; nobody may be writing.

    Returns:
        How many parts could not be taken away.
    """
    stuck = 0
    for path in folder.glob(f"??/{_PART}*"):
        if path.name.removeprefix(_PART).partition("-")[0] in digests:
            try:
                if not _is_newer(path, since):
                    path.unlink()
            except FileNotFoundError:
                continue
            except OSError:
                stuck += 1
    return stuck


def _is_newer(path: Path, since: datetime | None) -> bool:
    return since is not None and path.stat().st_mtime > since.timestamp()


def answers_of(folder: Path, digest: str) -> Path:
    """Return the folder with a second reader's answers on a document, whose words they hold; it need not be there."""
    return folder / _ANSWERS / path_of(folder, digest).name


def drop_answers(folder: Path, kept: Collection[str]) -> None:
    """Take away the answers on all documents but those with the digests kept."""
    for path in (folder / _ANSWERS).glob("*"):
        if path.name not in kept:
            shutil.rmtree(path, ignore_errors=True)


def is_whole(folder: Path, digest: str) -> bool:
    """Return whether a file is there and is what it was."""
    try:
        with path_of(folder, digest).open("rb") as file:
            return file_digest(file, "sha256").hexdigest() == digest
    except OSError:
        return False


def path_of(folder: Path, digest: str) -> Path:
    """Return where a file is kept.

    Raises:
        ValueError: If the digest is none, so that no path can be made of it.
    """
    if not _DIGEST.fullmatch(digest):
        raise ValueError(f"{digest!r} is no SHA-256")
    return folder / digest[:2] / digest
