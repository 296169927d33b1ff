"""The way in: the bytes, the sandbox, the document."""

import json
from dataclasses import asdict, replace
from hashlib import sha256

from impact.extract import readers
from impact.extract.codec import unpack
from impact.extract.office import legacy
from impact.extract.options import Options
from impact.records import Document
from impact.sandbox.limits import Limits
from impact.sandbox.parent import nonsense, perform


def read_data(data: bytes, name: str, options: Options, limits: Limits, *, jailed: bool) -> Document:
    """Read the bytes of a file; see `impact.extract.read_bytes`."""
    if legacy.fits(data, name):
        document = _read(legacy.convert(data, name, limits), name, options, limits, jailed=jailed)
        document = replace(document, format="doc", engine=f"libreoffice+{document.engine}")
    else:
        document = _read(data, name, options, limits, jailed=jailed)
    # Decisions of reviewers hang on the id, so it is not left to the child.
    return replace(document, id=sha256(data).hexdigest(), source=name)


def _read(data: bytes, name: str, options: Options, limits: Limits, *, jailed: bool) -> Document:
    if not jailed:
        return readers.read(data, name, options)
    answer = perform(readers.read_packed, data, name, json.dumps(asdict(options)), limits)
    try:
        return unpack(answer)
    except ValueError as failure:
        raise nonsense(name, failure) from failure
