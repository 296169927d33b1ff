"""`impact match`."""

import hashlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from impact.cli.installed import check_installed
from impact.cli.messages import complain, failure_code, say
from impact.cli.options import formats_option, quiet_option
from impact.cli.output import folders_of
from impact.errors import ImpactError

if TYPE_CHECKING:
    from impact.match.library import SketchLibrary
    from impact.match.sketch import Sketch

FORMATS = ("html", "json")


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, readable=False))
@click.option(
    "--library",
    "folder",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder of known proposals, such as the results of `impact batch`.",
)
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), help="Folder to write match.html and match.json to."
)
@formats_option(FORMATS, "separate both with a comma")
@click.option("--add", "adding", is_flag=True, help="Also add each of FILES to the library.")
@click.option("--remove", "removed", multiple=True, help="First remove the document with this name from the library.")
@quiet_option
def match(
    files: tuple[Path, ...],
    folder: Path,
    out: Path | None,
    formats: tuple[str, ...],
    removed: tuple[str, ...],
    *,
    adding: bool,
    quiet: bool,
) -> None:
    """Check whether FILES are known proposals under another name.

    Each file is compared with the documents in the library by copied wording and by the meaning and quantities of its
    provisions, ignoring names. Similar provisions are printed side by side, and written in full to --out. The
    nearest documents are listed even where none is a match, with matches up to three in all. A file that is already in
    the library is not read again. Without FILES, the command lists the library.

    Exit codes: 0 completed, whether or not a match was found; 1 failed; 2 incorrect usage; 4 completed, but some files
    failed.
    """
    check_installed("impact match", "match")
    from impact.match.library import open_library, remove

    for name in removed:
        remove(folder, name)
    if not adding and not folder.is_dir():
        message = f"the library {folder} does not exist"
        raise ImpactError(
            message, f"Create it with impact match --library {folder} --add FILE..., or give the results of a batch"
        )
    library = open_library(folder)
    noted = library.refused
    for line in noted:
        complain(line)
    if not files and not quiet:
        _list(library)
    read = [_read(file, library, adding=adding) for file in files]
    library.refresh()
    for place, entry in zip(folders_of(files, out) if out else [None] * len(files), read, strict=True):
        if entry:
            _tell(entry, library, place, formats if place else (), quiet=quiet)
    for line in library.refused:
        if line not in noted:
            complain(line)
    sys.exit(failure_code(sum(entry is None for entry in read), len(files)))


def _list(library: "SketchLibrary") -> None:
    from impact.present.lists import counted

    say(f"{library.folder}: {counted(len(library), 'document')}")
    for document in library.entries():
        say(f"  {document.folder}  {document.number} {document.title or document.name}".rstrip())


def _read(file: Path, library: "SketchLibrary", *, adding: bool) -> "tuple[Sketch, str, str] | None":
    """Return the sketch of a file, its name in the library before, and the name it is added under; None if it fails."""
    from impact.match import add

    try:
        sketch, known_as = _sketch(file, library)
        name = add(library.folder, sketch) if adding and not known_as else ""
    except ImpactError as error:
        complain(error)
        return None
    return sketch, known_as, name


def _tell(
    entry: "tuple[Sketch, str, str]",
    library: "SketchLibrary",
    place: Path | None,
    formats: tuple[str, ...],
    *,
    quiet: bool,
) -> None:
    """Compare one document with the library; write and print what came of it."""
    from impact.match import neighborhood
    from impact.match.library import write
    from impact.match.result import FILE_NAMES, RENDERERS, Result, to_lines

    sketch, known_as, added = entry
    others = len(library) - library.count(sketch.id)
    near = neighborhood(sketch, library)
    result = Result(sketch, near.matches, others, known_as, library.refused, near.nearest)
    written = [place / FILE_NAMES[form] for form in formats] if place else []
    for path, form in zip(written, formats, strict=False):
        write(path, RENDERERS[form](result).encode("utf-8", "replace"))
    lines = to_lines(result)
    lines += [f"  Added to the library as {added}."] if added else []
    lines += [f"  Full result: {', '.join(map(str, written))}"] if written else []
    say(*(() if quiet else lines))


def _sketch(file: Path, library: "SketchLibrary") -> tuple["Sketch", str]:
    """Return the sketch of a file, and its name in the library; what the library holds is not read again."""
    from impact.match.sketch import renewed, sketch_of
    from impact.match.store import read
    from impact.pipeline import analyze

    if file.suffix == ".npz":
        sketch = renewed(read(file))
        return sketch, library.named(sketch.id)
    try:
        with file.open("rb") as opened:
            digest = hashlib.file_digest(opened, "sha256").hexdigest()
    except OSError as error:
        message = f"{file} cannot be read: {error.strerror}"
        raise ImpactError(message, "Check that it exists and that you have permission to read it") from error
    known_as = library.named(digest)
    return (library.sketch(known_as), known_as) if known_as else (sketch_of(analyze(file)), "")
