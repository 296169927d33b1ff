"""Make hostile files: `python -m tests.hostile.make FOLDER` writes each of them there.

Each is written by hand or with a library, here; none is taken from anywhere, and nothing in them does harm: what would
run, calls or climbs goes nowhere.
"""

import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.hostile.markups import MARKUPS
from tests.hostile.packages import PACKAGES
from tests.hostile.pdfs import PDFS
from tests.hostile.texts import TEXTS

MAKERS: Mapping[str, Callable[[], bytes]] = {**PDFS, **PACKAGES, **MARKUPS, **TEXTS}
"""Files by their bytes."""


def hollow(path: Path, size: int) -> None:
    """Write a file that begins as text and is a hole of NUL bytes for the rest, which takes no room on the disk."""
    with path.open("wb") as file:
        file.write(b"a" * 70_000)
        file.truncate(size)


def locked(path: Path) -> None:
    path.write_text("The operator shall log.")
    path.chmod(0)


PLACES: Mapping[str, Callable[[Path], None]] = {
    "folder.pdf": Path.mkdir,
    "pipe.pdf": os.mkfifo,
    "dangling.pdf": lambda path: path.symlink_to("nowhere.pdf"),
    "hollow.txt": lambda path: hollow(path, 200_000_000),
    "too-large.txt": lambda path: hollow(path, 2_000_000_000),
} | ({"locked.txt": locked} if os.geteuid() else {})
"""What only a file system can hold. The superuser may read everything, so there is no locked file for him."""

NAMES = tuple(sorted([*MAKERS, *PLACES]))


def make(name: str, folder: Path) -> Path:
    """Write one hostile file into a folder that exists and return its path."""
    path = folder / name
    if name in MAKERS:
        path.write_bytes(MAKERS[name]())
    else:
        PLACES[name](path)
    return path


def make_all(folder: Path) -> dict[str, Path]:
    """Write every hostile file into `folder`, made if absent and without them so far, and return the paths by name."""
    folder.mkdir(parents=True, exist_ok=True)
    return {name: make(name, folder) for name in NAMES}


if __name__ == "__main__":
    make_all(Path(sys.argv[1]))
