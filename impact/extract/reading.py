"""The way in: the bytes, the sandbox, the document."""

import json
from dataclasses import asdict, replace
from hashlib import sha256

from impact.errors import LimitError, UnreadableError
from impact.extract import readers
from impact.extract.codec import unpack
from impact.extract.office import legacy
from impact.extract.options import Options
from impact.records import Document
from impact.sandbox.limits import Limits
from impact.sandbox.parent import nonsense, perform


def read_data(data: bytes, name: str, options: Options, limits: Limits, *, jailed: bool) -> Document:
    """Read the bytes of a file; see `impact.extract.read_bytes`."""
    try:
        document = _read(data, name, options, limits, jailed=jailed)
    except LimitError:
        raise
    except UnreadableError as refusal:
        document = _by_office(data, name, options, limits, refusal, jailed=jailed)
    # Decisions of reviewers hang on the id, so it is not left to the child.
    return replace(document, id=sha256(data).hexdigest(), source=name)


def _by_office(  # noqa: PLR0913 - as `read_data`, and what came of it
    data: bytes, name: str, options: Options, limits: Limits, refusal: UnreadableError, *, jailed: bool
) -> Document:
    """Return what LibreOffice makes of an old Word file that is too damaged for our reader; else raise the refusal."""
    if not legacy.fits(data) or legacy.program() is None:
        raise refusal
    try:
        document = _read(legacy.convert(data, name, limits), name, options, limits, jailed=jailed)
    except UnreadableError:
        raise refusal from None
    return replace(document, format="doc", engine=f"libreoffice+{document.engine}")


def _read(data: bytes, name: str, options: Options, limits: Limits, *, jailed: bool) -> Document:
    if not jailed:
        return readers.read(data, name, options)
    answer = perform(readers.read_packed, data, name, json.dumps(asdict(options)), limits)
    try:
        return unpack(answer)
    except ValueError as failure:
        raise nonsense(name, failure) from failure
