"""The weights of a network's products: of 4 bits in their file, whole numbers of 8 bits where they are used."""

from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

STEPS = ".steps"
"""End of the names of steps, beside those of weights."""

FRACTION = 256
"""Parts of a whole number that a step counts."""

_MIDDLE = 8
"""Code of a weight of 0."""

_GRAPH, _INITIALIZER = 7, 5
_SIZES, _TYPE, _NAME, _CONTENT = 1, 2, 8, 9
_WHOLE_NUMBERS = 3
"""Numbers of fields in a model, a graph and a tensor, and of 8-bit numbers among types. Source: onnx.proto of ONNX."""


def unpacked(content: bytes) -> Iterator[tuple[str, "NDArray[np.int8]"]]:
    """Yield the weights in a file made by `models/network/packing.py`, each with its name.

    A byte has the codes of two weights, 0 to 15, for an input and two outputs. A weight is its code less 8, times the
    step that it shares with those of the neighboring inputs and the same output.
    """
    import numpy as np

    with np.load(BytesIO(content), allow_pickle=False) as file:
        names = [name for name in file.files if not name.endswith(STEPS)]
        for name in names:
            yield name, _whole(file[name], file[name + STEPS])


def _whole(codes: "NDArray[np.uint8]", steps: "NDArray[np.int16]") -> "NDArray[np.int8]":
    """Return weights, shape (inputs, outputs), of codes, shape (inputs, outputs / 2)."""
    import numpy as np

    inputs, pairs = codes.shape
    blocks = codes.reshape(len(steps), -1, pairs)
    weights = np.empty((*blocks.shape, 2), np.int8)
    for place, half in enumerate((blocks & 15, blocks >> 4)):
        exact = half.astype(np.int16)
        exact -= _MIDDLE
        exact *= steps[:, None, place::2]
        exact += FRACTION // 2
        weights[..., place] = exact // FRACTION
    return weights.reshape(inputs, -1)


def with_weights(model: bytes, weights: Iterable[tuple[str, "NDArray[np.int8]"]]) -> bytes:
    """Return an ONNX model with weights that it names and lacks.

    Two messages of Protocol Buffers, one after the other, are one message with the parts of both. Source: "Encoding" in
    the documentation of Protocol Buffers.
    """
    tensors = [part for name, weight in weights for part in _tensor(name, weight)]
    return b"".join([model, _head(_GRAPH, sum(map(len, tensors))), *tensors])


def _tensor(name: str, weight: "NDArray[np.int8]") -> tuple[bytes, bytes]:
    """Return a tensor as a field of a graph, in two parts so that its content is not copied again."""
    sizes = b"".join(_varint(_SIZES << 3) + _varint(size) for size in weight.shape)
    kind = _varint(_TYPE << 3) + _varint(_WHOLE_NUMBERS)
    named = sizes + kind + _head(_NAME, len(name.encode())) + name.encode() + _head(_CONTENT, weight.nbytes)
    return _head(_INITIALIZER, len(named) + weight.nbytes) + named, weight.tobytes()


def _head(number: int, length: int) -> bytes:
    """Return what stands before a field with a length."""
    return _varint(number << 3 | 2) + _varint(length)


def _varint(number: int) -> bytes:
    """Return a number in pieces of 7 bits, the lowest first; all but the last have their highest bit set."""
    pieces = bytearray()
    while number > 0x7F:
        pieces.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*pieces, number])
