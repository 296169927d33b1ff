"""Files of sketches that cannot be trusted."""

import io
import zipfile

import numpy as np
import pytest

from impact.errors import UnreadableError
from impact.match.copied import PERMUTATIONS
from impact.match.sketch import Sketch
from impact.match.store import LARGEST, from_bytes, to_bytes
from tests.made.sketches import bare_sketch


def made(**other: object) -> Sketch:
    fields = {
        "title": "T",
        "terms": ("quay",),
        "runs": 3,
        "minhash": np.arange(PERMUTATIONS, dtype=np.uint32),
        "vectors": np.ones((1, 8), np.int8),
    }
    return bare_sketch("The quay shall be swept each day.", **fields | other)


DAMAGED = {
    "empty": b"",
    "no archive": b"PK\x03\x04 and then nothing",
    "cut": to_bytes(made())[:-200],
    "one byte": to_bytes(made()).replace(b"swept", b"slept", 1),
    "too large": to_bytes(made()) + b"\0" * LARGEST,
}


@pytest.mark.parametrize("data", DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_sketch_is_refused_with_a_hint(data: bytes) -> None:
    with pytest.raises(UnreadableError, match=r"here\.npz is not a sketch") as caught:
        from_bytes(data, "here.npz")

    assert "add the document to the library again" in caught.value.hint


def test_a_sketch_with_pickled_objects_is_refused() -> None:
    out = io.BytesIO()
    np.savez(out, head=np.array([{}], dtype=object), minhash=np.zeros(1), vectors=np.zeros(1), common=np.zeros(1))

    with pytest.raises(UnreadableError):
        from_bytes(out.getvalue())


def test_a_sketch_that_unpacks_to_far_more_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in ("head", "minhash", "vectors", "common"):
            archive.writestr(f"{part}.npy", b"\0" * LARGEST)

    with pytest.raises(UnreadableError, match="not a sketch"):
        from_bytes(out.getvalue())


def test_a_head_nested_beyond_reading_is_refused() -> None:
    nested = np.frombuffer(b"[" * 500_000, np.uint8)
    out = io.BytesIO()
    np.savez(out, head=nested, minhash=np.zeros(1), vectors=np.zeros(1), common=np.zeros(1))

    with pytest.raises(UnreadableError):
        from_bytes(out.getvalue())


def test_a_sketch_of_another_version_is_refused_by_name() -> None:
    data = to_bytes(made())
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {entry.filename: archive.read(entry) for entry in archive.infolist()}
    parts["head.npy"] = parts["head.npy"].replace(b"impact-sketch/2", b"impact-sketch/9")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)

    with pytest.raises(UnreadableError, match="another version"):
        from_bytes(out.getvalue())


@pytest.mark.parametrize(
    "wrong",
    [
        {"vectors": np.ones((2, 8), np.int8)},
        {"minhash": np.zeros(3, np.uint32)},
        {"runs": -1},
        {"id": "../" + "a" * 61},
        {"common": np.full(1, np.nan, np.float32)},
        {"terms": ("a",) * 1000},
    ],
    ids=[
        "more vectors than provisions",
        "short minhash",
        "runs below none",
        "id that is no digest",
        "not a number",
        "too many terms",
    ],
)
def test_a_sketch_refuses_parts_that_do_not_fit(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="sketch of"):
        made(**wrong)
