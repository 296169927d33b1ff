"""A folder of sketches as a library: any folder with a `sketch.npz` one level down, so a batch's output is one too."""

import re
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from impact.errors import ImpactError, UnreadableError
from impact.match.sketch import Sketch, renewed
from impact.match.store import FILE_NAME, read, to_bytes

_UNFIT = re.compile(r"[^\w.-]+")


@dataclass(frozen=True, slots=True, eq=False)
class SketchLibrary:
    """What a folder holds, read once; compared by identity.

    Attributes:
        sketches: By name of their folder, in order.
        refused: Why a sketch could not be read, one line each.
    """

    folder: Path
    sketches: dict[str, Sketch] = field(repr=False)
    refused: tuple[str, ...] = ()

    def named(self, digest: str) -> str:
        """Return the name of the folder of the document with this digest; empty if there is none."""
        return next((name for name, sketch in self.sketches.items() if sketch.id == digest), "")


def open_library(folder: Path) -> SketchLibrary:
    """Return the library in a folder; an absent folder is an empty library.

    Sketches of an older encoder get new vectors from the text they keep, in memory; `refresh` writes them.
    """
    sketches, refused = {}, []
    for path in sorted(folder.glob(f"*/{FILE_NAME}")):
        try:
            sketches[path.parent.name] = renewed(read(path))
        except UnreadableError as error:
            refused.append(str(error))
    return SketchLibrary(folder, sketches, tuple(refused))


def add(folder: Path, sketch: Sketch) -> str:
    """Write a sketch into a library and return the name of its folder; one of the same document is replaced.

    Raises:
        ImpactError: If the folder cannot be written to.
    """
    stem = _UNFIT.sub("-", sketch.name).strip("-.")[:60] or "document"
    name = f"{stem}-{sketch.id[:12]}"
    write(folder / name / FILE_NAME, to_bytes(sketch))
    return name


def remove(folder: Path, name: str) -> None:
    """Take the document in the folder `name` out of a library; other files beside its sketch stay.

    Raises:
        ImpactError: If the library has no such document.
    """
    path = folder / Path(name).name / FILE_NAME
    if not path.is_file():
        message = f"the library {folder} has no document {name!r}"
        raise ImpactError(message, "Give the name of its folder, as listed by `impact match --library DIR`")
    path.unlink()
    with suppress(OSError):  # reports of a batch may stand beside it
        path.parent.rmdir()


def refresh(folder: Path) -> tuple[str, ...]:
    """Write new vectors where those of a sketch are of another encoder, and return the names of these documents.

    No document is read again: the kept clauses are encoded anew.
    """
    names = []
    for path in sorted(folder.glob(f"*/{FILE_NAME}")):
        with suppress(UnreadableError):
            old = read(path)
            new = renewed(old)
            if new is not old:
                write(path, to_bytes(new))
                names.append(path.parent.name)
    return tuple(names)


def write(path: Path, data: bytes) -> None:
    """Write a file whole or not at all.

    Raises:
        ImpactError: If the folder cannot be written to.
    """
    part = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(data)
        part.replace(path)
    except OSError as error:
        with suppress(OSError):
            part.unlink()
        message = f"{path} cannot be written: {error.strerror}"
        raise ImpactError(message, "Choose another folder, or free disk space") from error
