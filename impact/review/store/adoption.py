"""The folder of a store's files, under the store's id; what older versions kept without an id is taken over once."""

import os
import re
import tempfile
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

from impact.review.store import blobs
from impact.review.values.refusals import StoreError

OWNER = ".store"
"""File with the id of the store whose the files of the older layout are."""

FREE = frozenset({"lost+found"})
"""What an empty folder may have in it: a file system makes it."""

_STORE = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")

KEY = ".web-key"
"""File beside the files of a store, with what signs the cookies of its page."""


def check_left_behind(store: str, places: Collection[Path]) -> None:
    """Refuse another folder where a place has the files of a store.

    Raises:
        StoreError: If one of the places, which are those where the store was, has them.
    """
    for place in places:
        files = (path for path in (place / store).rglob("*") if path.name != KEY and path.is_file())
        if next(files, None):
            raise StoreError(f"the files of this store are in {place}", "Move them first, or leave out --files")


def check_foreign(given: Path, store: str, digests: Collection[str]) -> None:
    """Refuse a folder in which others keep something and a store nothing; an empty one, or none, is free for it.

    Raises:
        StoreError: If it has files of another store, or any others.
    """
    try:
        found = sorted(path.name for path in given.iterdir() if path.name not in FREE)
    except FileNotFoundError:
        return
    except OSError as error:
        msg = f"{given} cannot be read: {error.strerror}"
        raise StoreError(msg, "Change its permissions, or choose another folder with --files") from error
    owners = [name for name in found if _STORE.fullmatch(name.removeprefix("."))]
    places = [given, *(given / owner for owner in owners)]
    if (
        not found
        or f".{store}" in found
        or any(blobs.path_of(at, digest).exists() for at in places for digest in digests)
    ):
        return
    what = f"another store ({owners[0].removeprefix('.')})" if owners else f"something else ({found[0]})"
    hint = (
        "Choose an empty or new folder with --files; if the files of this store were moved, give the folder they are in"
    )
    raise StoreError(f"{given} has files of {what}, and none of this store", hint)


def own_folder(folder: Path, store: str, digests: Collection[str], *, may_claim: bool) -> Path:
    """Return the folder of a store's files; if it is not there, make it and bring into it what the store recorded.

    Files of the older layout (`folder/ab/abcd...`) are moved by the store that claims them first, and copied by all
    others; nothing else is touched. The folder has its name only when all is in it: whoever is killed before goes on
    the next time. Calls for the same store must not overlap. `may_claim` says whether the older files may be the
    store's; not so where they stand beside another's database.

    Raises:
        OSError: If a folder cannot be made or a file not moved.
        StoreError: If a file cannot be copied.
    """
    target, part = folder / store, folder / f".{store}"
    if target.is_dir():
        return target
    part.mkdir(parents=True, exist_ok=True, mode=0o700)
    if may_claim and any(blobs.path_of(folder, digest).exists() for digest in digests):
        _claim(folder, store)
    owner = _owner(folder)
    for digest in digests:
        if owner == store:
            _move(blobs.path_of(folder, digest), blobs.path_of(part, digest))
        else:
            _copy([folder, *([folder / f".{owner}", folder / owner] if owner else [])], part, digest)
    if owner == store:
        _move(folder / KEY, part / KEY)
    return part.rename(target)


def _claim(folder: Path, store: str) -> None:
    """Name the owner of the older files, whole or not at all; where that is not possible, they are nobody's."""
    with tempfile.NamedTemporaryFile(dir=folder, prefix=".part-") as file:
        file.write(store.encode())
        file.flush()
        os.fsync(file.fileno())
        with suppress(OSError):
            os.link(file.name, folder / OWNER)


def _owner(folder: Path) -> str:
    try:
        return (folder / OWNER).read_text("ascii")
    except FileNotFoundError:
        return ""


def _move(source: Path, target: Path) -> None:
    target.parent.mkdir(exist_ok=True, mode=0o700)
    with suppress(FileNotFoundError):
        source.replace(target)


def _copy(sources: Collection[Path], target: Path, digest: str) -> None:
    """Copy a file from the first folder where it is whole; their order is that in which the owner moves it."""
    for source in sources:
        try:
            content = blobs.get(source, digest)
        except StoreError:
            continue
        blobs.put(target, content)
        return
