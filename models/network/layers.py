"""The upper layers of a part of the network: read from its ONNX file to be tuned further, written back in 4 bits."""

from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper
from torch.nn.functional import dropout, gelu, layer_norm, linear, scaled_dot_product_attention

HEADS, SIZE, EPSILON = 12, 64, 1e-5
"""Heads of the attention of a layer, numbers of each, and what keeps a norm from dividing by nothing. Source:
configuration of all-mpnet-base-v2."""

SCALE = 16.0
"""Factor of the unit vectors before the output. Source: `SCALE` in models/encoder/tune.py."""

BLOCK, ZERO = 32, 8
"""Weights that share a scale, and the 4 bits of a weight of nothing. Source: README.md beside this file."""

PACKED, SCALES = "_Q4", "_scales"
"""Ends of the names of weights in 4 bits, and of their scales."""

MASKED = -1e4
"""What is added to the attention to a token that is only there to fill a batch."""


class Layers(torch.nn.Module):
    """The layers of an ONNX file that `export.py` wrote, in 32 bits.

    Args:
        file: `labels.onnx` or `salience.onnx`.
        dropped: Dropout in training.
    """

    def __init__(self, file: Path, dropped: float) -> None:
        super().__init__()
        self.dropped = dropped
        arrays = unpacked(onnx.load(file))
        self.bias = torch.tensor(arrays.pop("bias"))
        self.count = sum(name.endswith("LayerNorm.weight") for name in arrays) // 2
        for name, array in arrays.items():
            plain = array * shaped(unfolded(name, len(array)), array)
            self.register_parameter(key(name), torch.nn.Parameter(torch.tensor(plain)))

    def forward(self, states: torch.Tensor, there: torch.Tensor) -> torch.Tensor:
        """Return the last states.

        Args:
            states: Those behind the shared layers, shape (texts, tokens, dimension).
            there: 1 for a token, 0 where there is none, shape (texts, tokens).
        """
        tokens = states.shape[1]
        mask = self.bias[None, :, :tokens, :tokens] + (1 - there[:, None, None, :]) * MASKED
        for number in range(self.count):
            states = self._through(number, states, mask)
        return states

    def _through(self, number: int, states: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        texts, tokens, _ = states.shape
        lost = self.dropped if self.training else 0.0
        asked = self._linear(f"asked.{number}", states).view(texts, tokens, 3, HEADS, SIZE).permute(2, 0, 3, 1, 4)
        query, of_key, value = asked.unbind(0)
        heard = scaled_dot_product_attention(query, of_key, value, mask.to(query.dtype), lost)
        mixed = self._linear(f"layers.{number}.attention.attn.o", heard.transpose(1, 2).reshape(states.shape))
        states = self._norm(f"layers.{number}.attention.LayerNorm", dropout(mixed, lost) + states)
        inner = gelu(self._linear(f"layers.{number}.intermediate.dense", states))
        outer = self._linear(f"layers.{number}.output.dense", inner)
        return self._norm(f"layers.{number}.output.LayerNorm", dropout(outer, lost) + states)

    def _linear(self, name: str, states: torch.Tensor) -> torch.Tensor:
        return linear(states, *self.weights(f"layers.{name}"))

    def _norm(self, name: str, states: torch.Tensor) -> torch.Tensor:
        weight, bias = self.weights(f"layers.{name}")
        return layer_norm(states.float(), weight.shape, weight, bias, EPSILON)

    def weights(self, name: str) -> tuple[torch.Tensor, torch.Tensor]:
        """Return weight and bias of a part, such as `output`."""
        return self.get_parameter(key(f"{name}.weight")), self.get_parameter(key(f"{name}.bias"))

    def write(self, source: Path, target: Path) -> None:
        """Write the file that these layers are from with their weights as they are now."""
        model = onnx.load(source)
        for slot in model.graph.initializer:
            if slot.name == "bias" or slot.name.endswith(SCALES):
                continue
            name = slot.name.removesuffix(PACKED)
            array = self.get_parameter(key(name)).detach().numpy()
            array = array / shaped(unfolded(name, len(array)), array)
            if slot.name.endswith(PACKED):
                four, scales = packed(array)
                other = next(own for own in model.graph.initializer if own.name == name + SCALES)
                other.CopyFrom(numpy_helper.from_array(scales.reshape(tuple(other.dims)), other.name))
                array = four
            slot.CopyFrom(numpy_helper.from_array(array.reshape(tuple(slot.dims)), slot.name))
        onnx.save(model, target)


def key(name: str) -> str:
    """Return the name of a parameter, which must have no dot."""
    return name.replace(".", "/")


def unfolded(name: str, rows: int) -> NDArray[np.float32]:
    """Return what rows of an array are multiplied by to take out the scales that `export.py` folded in.

    With them, a step of the optimizer would change queries eight times as much as keys.
    """
    factor = np.ones(rows, np.float32)
    if ".asked." in name:
        factor[: rows // 3] = SIZE**0.5
    elif name == "output.weight":
        factor[:] = 1 / SCALE
    return factor


def shaped(factor: NDArray[np.float32], array: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return factors of rows in a shape that multiplies an array."""
    return factor.reshape(-1, *[1] * (array.ndim - 1))


def unpacked(model: onnx.ModelProto) -> dict[str, NDArray[np.float32]]:
    """Return the weights of a model by their names, those of 4 bits as numbers of shape (outputs, inputs)."""
    arrays = {slot.name: numpy_helper.to_array(slot) for slot in model.graph.initializer}
    result = {}
    for name, array in arrays.items():
        if name.endswith(PACKED):
            pairs = np.stack([array & 15, array >> 4], axis=-1).reshape(*array.shape[:2], BLOCK)
            numbers = (pairs.astype(np.float32) - ZERO) * arrays[name.removesuffix(PACKED) + SCALES][..., None]
            result[name.removesuffix(PACKED)] = numbers.reshape(len(array), -1)
        elif not name.endswith(SCALES):
            result[name] = array
    return result


def packed(array: NDArray[np.float32]) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
    """Return numbers of shape (outputs, inputs) in 4 bits, two in a byte, the first below; and the scales of blocks."""
    blocks = array.reshape(len(array), -1, BLOCK)
    longest = np.take_along_axis(blocks, np.abs(blocks).argmax(-1)[..., None], -1)
    scales = (longest / -ZERO).astype(np.float32)
    numbers = np.round(blocks / np.where(scales == 0, 1, scales)) + ZERO
    four = np.clip(numbers, 0, 15).astype(np.uint8)
    return four[..., ::2] | four[..., 1::2] << 4, scales[..., 0]
