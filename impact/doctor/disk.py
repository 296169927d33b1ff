"""Free space where the program writes to."""

import os
from collections.abc import Iterator
from pathlib import Path
from shutil import disk_usage
from tempfile import TemporaryFile, gettempdir

from impact.doctor.values import Check, CheckedPlaces, Health
from impact.present.lists import listed

PART, STORE = "Disk space", "the store"
ENOUGH, LEAST = 2 * 10**9, 10**8
"""Bytes free below which space is called short, and below which nothing works. Source: project judgment; a document of
60 MB leaves about as much in temporary files and reports, and a meeting has some hundreds of documents."""


def check(places: CheckedPlaces) -> Check:
    """Return how much space is free for temporary files, reports and the store."""
    found, short, unusable = [], [], []
    for purpose, folder in _folders(places):
        free, problem = _free(folder)
        described = f"{purpose} ({folder})"
        if problem:
            unusable.append(f"{described}: {problem}")
            continue
        found.append(f"{free / 1e9:.1f} GB for {described}")
        if free < ENOUGH:
            short.append(described)
    free_space = f"Free: {listed(found)}." if found else ""
    if unusable:
        text = f"{free_space} Not usable: {listed(unusable)}.".strip()
        if all(place.startswith(STORE) for place in unusable):
            return Check(PART, Health.LIMITED, text, "Reviews cannot be stored. Change the permissions.", needed=True)
        return Check(PART, Health.FAILED, text, "Analyses fail. Free space, or change the permissions.", needed=True)
    if short:
        meaning = f"Space is short for {listed(short)}. Large documents and batches may fail. Free some space."
        return Check(PART, Health.LIMITED, free_space, meaning, needed=True)
    return Check(PART, Health.OK, free_space, needed=True)


def _folders(places: CheckedPlaces) -> Iterator[tuple[str, Path]]:
    """Yield what is written, and the folder that is there already in which it would be."""
    try:
        yield "temporary files", Path(gettempdir())
    except OSError:
        yield "temporary files", Path("/tmp")  # noqa: S108 (named, since no folder can be written to)
    yield "reports", _there(places.out)
    place = places.store
    if not place:
        try:
            from impact.review.store.store import default_place
        except ImportError:
            return
        place = default_place()
    if "://" not in place:
        yield STORE, _there(Path(place))
    elif places.files:
        yield "the files of the store", _there(places.files)


def _there(folder: Path) -> Path:
    return next(parent for parent in (folder.absolute(), *folder.absolute().parents) if parent.exists())


def _free(folder: Path) -> tuple[int, str]:
    """Return the bytes free in a folder, and why it cannot be used; empty if it can."""
    try:
        free = disk_usage(folder).free
    except OSError as error:
        return 0, str(error.strerror)
    if free < LEAST:
        return free, f"only {free / 1e6:.0f} MB are free"
    if not os.access(folder, os.W_OK | os.X_OK):
        return free, "it cannot be written to"
    try:
        with TemporaryFile(dir=folder):
            return free, ""
    except OSError as error:
        return free, str(error.strerror)
