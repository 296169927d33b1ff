"""Weights of the larger network: packed in their file, whole numbers in its models."""

from io import BytesIO

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from impact.classify.networks.files import session_of
from impact.classify.networks.products import FRACTION, STEPS, unpacked, with_weights
from impact.paths import shelf

FOLDER = shelf("models") / "network"


def file_of(codes: np.ndarray, steps: np.ndarray) -> bytes:
    """Return a file with a weight named "weight"; codes of shape (inputs, outputs)."""
    file = BytesIO()
    pairs = (codes[:, 0::2] | (codes[:, 1::2] << 4)).astype(np.uint8)
    np.savez(file, **{"weight": pairs, f"weight{STEPS}": steps.astype(np.int16)})
    return file.getvalue()


@given(st.integers(1, 3), st.integers(1, 3), st.integers(0, 2**32 - 1))
def test_a_weight_is_its_code_less_eight_times_the_step_of_its_block(blocks: int, pairs: int, seed: int) -> None:
    chance = np.random.default_rng(seed)
    codes = chance.integers(0, 16, (blocks * 4, pairs * 2))
    steps = chance.integers(-7 * FRACTION, 7 * FRACTION, (blocks, pairs * 2))

    [(name, weight)] = unpacked(file_of(codes, steps))

    exact = (codes - 8) * np.repeat(steps, 4, axis=0) / FRACTION
    assert name == "weight"
    assert weight.dtype == np.int8
    assert np.abs(weight - exact).max() <= 0.5


@pytest.mark.skipif(not FOLDER.is_dir(), reason="the larger network is in the checkout only")
def test_a_model_runs_only_with_the_weights_that_it_lacks() -> None:
    model, packed = ((FOLDER / f"labels.{kind}").read_bytes() for kind in ("onnx", "npz"))
    states = np.random.default_rng(0).standard_normal((5, 768)).astype(np.float32)

    with pytest.raises(Exception, match="weight"):
        session_of(model)
    assert session_of(model, packed).run(None, {"states": states})[0].shape[0] == 2


@pytest.mark.skipif(not FOLDER.is_dir(), reason="the larger network is in the checkout only")
def test_the_weights_use_seven_bits() -> None:
    largest = [int(np.abs(weight.astype(int)).max()) for _, weight in unpacked((FOLDER / "labels.npz").read_bytes())]

    assert set(largest) == {63}


def test_a_weight_comes_with_its_name_sizes_and_type() -> None:
    weight = np.arange(-128, 128, dtype=np.int8).reshape(1, 256)

    whole = with_weights(b"model", [("name", weight)])

    sizes, kind, name = b"\x08\x01\x08\x80\x02", b"\x10\x03", b"\x42\x04name"
    content = sizes + kind + name + b"\x4a\x80\x02" + weight.tobytes()
    assert whole == b"model\x3a\x93\x02\x2a\x90\x02" + content
