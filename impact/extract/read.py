"""The way in: a path, the bytes, the jail, the document."""

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from impact.extract import readers
from impact.extract.limits import Limits
from impact.extract.office import legacy
from impact.extract.options import Options
from impact.extract.sandbox import parent
from impact.extract.source import load
from impact.records import Document


def admit(path: Path, options: Options, limits: Limits, *, jailed: bool) -> Document:
    """Read the file at `path`; see `impact.extract.read`."""
    return take(load(path, limits.file_bytes), path.name, options, limits, jailed=jailed)


def take(data: bytes, name: str, options: Options, limits: Limits, *, jailed: bool) -> Document:
    """Read the bytes of a file; see `impact.extract.read_bytes`."""
    if legacy.fits(data, name):
        document = _read(legacy.convert(data, name, limits), name, options, limits, jailed=jailed)
        document = replace(document, format="doc", engine=f"libreoffice+{document.engine}")
    else:
        document = _read(data, name, options, limits, jailed=jailed)
    # Decisions of reviewers hang on the id, so it is not left to the child.
    return replace(document, id=sha256(data).hexdigest(), source=name)


def _read(data: bytes, name: str, options: Options, limits: Limits, *, jailed: bool) -> Document:
    return parent.read(data, name, options, limits) if jailed else readers.read(data, name, options)
