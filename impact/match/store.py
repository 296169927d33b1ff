"""A sketch as the bytes of `sketch.npz`: arrays and one line of JSON, nothing that runs when it is read."""

import json
import zipfile
import zlib
from io import BytesIO
from pathlib import Path
from typing import Any

from impact.errors import UnreadableError
from impact.match.choosing import MOST
from impact.match.masking import masked
from impact.match.provisions import provisions, tells
from impact.match.sketch import LONGEST, Sketch, SketchProvision

SCHEMA, FILE_NAME = "impact-sketch/2", "sketch.npz"
OLDER = "impact-sketch/1"
"""Schema of sketches that kept whole clauses; their provisions are taken from these, and get vectors when renewed."""

LARGEST = 2_000_000
"""Bytes of a sketch at the most, packed or not. Source: 128 provisions of 900 characters and 384 numbers, with
room for letters of four bytes and for terms."""

_PARTS = ("head", "minhash", "vectors", "common")
_HEAD = ("id", "name", "title", "number", "meaning", "runs")
_DAMAGE = (
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    OSError,
    EOFError,
    RuntimeError,
    zipfile.BadZipFile,
    zlib.error,
)
"""What reading bytes of any kind can raise: RuntimeError for encrypted archives and JSON nested too deep."""

_NEXT = "Remove the file and add the document to the library again"


def to_bytes(sketch: Sketch) -> bytes:
    """Return the file of a sketch: the same bytes for the same sketch."""
    import numpy as np

    head = {"schema": SCHEMA} | {name: getattr(sketch, name) for name in _HEAD}
    head |= {"terms": list(sketch.terms)}
    head |= {"unassessed": sketch.unassessed} if sketch.unassessed else {}
    head["provisions"] = [[provision.number, provision.text] for provision in sketch.provisions]
    line = json.dumps(head, ensure_ascii=True, separators=(",", ":")).encode()
    out = BytesIO()
    np.savez(
        out,
        allow_pickle=False,
        head=np.frombuffer(line, np.uint8),
        minhash=sketch.minhash,
        vectors=sketch.vectors,
        common=sketch.common,
    )
    return out.getvalue()


def from_bytes(data: bytes, where: str = FILE_NAME) -> Sketch:
    """Return the sketch that a file holds; `where` is what to call it in an error.

    Raises:
        UnreadableError: If it is no sketch of this schema, is damaged or too large.
    """
    try:
        head, arrays = _parts(data)
        schema = head.pop("schema")
        if schema not in {SCHEMA, OLDER}:
            raise UnreadableError(f"{where} is a sketch of another version, not {SCHEMA}", _NEXT)
        if schema == OLDER:
            head, arrays = _brought_over(head, arrays)
        return Sketch(
            **{name: _typed(head[name], int if name == "runs" else str) for name in _HEAD},
            terms=tuple(_typed(term, str) for term in head["terms"]),
            provisions=tuple(SketchProvision(_typed(at, str), _typed(text, str)) for at, text in head["provisions"]),
            **arrays,
            unassessed=_typed(head.get("unassessed", ""), str),
        )
    except _DAMAGE as error:
        message = f"{where} is not a sketch of a proposal, or is damaged ({type(error).__name__})"
        raise UnreadableError(message, _NEXT) from error


def read(path: Path) -> Sketch:
    """Return the sketch in a file.

    Raises:
        UnreadableError: As for `from_bytes`, or if the file cannot be opened.
    """
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        message = f"{path} cannot be read: {error.strerror}"
        raise UnreadableError(message, "Check that it exists and that you have permission to read it") from error
    return from_bytes(data, str(path))


def _brought_over(head: dict[str, Any], arrays: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the parts of an older sketch as those of a new one that has no vectors yet.

    It does not say which clauses rank first: of too many provisions, the first of each clause are kept, then the
    second, and so on, in the order of the text.
    """
    import numpy as np

    clauses = [(_typed(number, str), _typed(text, str)) for number, text in head["clauses"]]
    terms = tuple(_typed(term, str) for term in head["terms"])
    telling = [
        (turn, place, number, part[:LONGEST])
        for place, (number, text) in enumerate(clauses)
        for turn, part in enumerate(part for part in provisions(text) if tells(masked(part, terms)))
    ]
    kept = [row[2:] for row in sorted(sorted(telling)[:MOST], key=lambda row: (row[1], row[0]))]
    empty = {"vectors": np.zeros((len(kept), 0), np.int8), "common": np.zeros(len(kept), np.float32)}
    return head | {"provisions": kept, "meaning": ""}, arrays | empty


def _parts(data: bytes) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the line of JSON and the arrays, once it is known that they are few and small."""
    import numpy as np

    with zipfile.ZipFile(BytesIO(data)) as archive:
        entries = archive.infolist()
        if sorted(entry.filename for entry in entries) != sorted(f"{part}.npy" for part in _PARTS):
            raise ValueError("other parts than those of a sketch")
        if len(data) > LARGEST or sum(entry.file_size for entry in entries) > LARGEST:
            raise ValueError("too large")
    with np.load(BytesIO(data), allow_pickle=False) as archive:
        arrays = {part: archive[part] for part in _PARTS}
    head = json.loads(arrays.pop("head").tobytes())
    return _typed(head, dict), arrays


def _typed(value: Any, kind: type) -> Any:
    """Return a value of this kind; a TypeError refuses another."""
    if type(value) is not kind:
        raise TypeError(f"{value!r} is no {kind.__name__}")
    return value
