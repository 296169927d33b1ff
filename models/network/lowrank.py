"""The layers of a shipped part of the larger network in torch, with additions of low rank that learn another task.

The layers themselves stay as they are, in their 4 bits: several tasks can share them, and what a task has learned takes
a sixth of their room.
"""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch.nn.functional import gelu, linear, scaled_dot_product_attention

from impact.classify.networks.adapted import PART
from impact.classify.networks.products import unpacked

LAYERS, HEADS, EPSILON = 4, 12, 1e-5
"""Layers of a part; heads; what keeps a normalization from dividing by 0."""

RANK, DROPPED = 32, 0.1
"""Rank of the additions; dropout before the output.
Source: README.md beside this file."""

MASKED = -1e4
"""What is added to the attention to a token that is only there to fill a batch."""

Weights = Mapping[str, np.ndarray]


def weights_in(folder: Path, part: str) -> Weights:
    """Return the weights of a part of the network, by name."""
    known = {
        tensor.name: numpy_helper.to_array(tensor) for tensor in onnx.load(folder / f"{part}.onnx").graph.initializer
    }
    return known | dict(unpacked((folder / f"{part}.npz").read_bytes()))


class Product(torch.nn.Module):
    """A product that stays as it is, and an addition of low rank that starts at nothing."""

    def __init__(self, weights: Weights, name: str, rank: int) -> None:
        super().__init__()
        whole = (weights[f"{name}.weight"] * weights[f"{name}.weight.scale"]).T
        self.register_buffer("weight", torch.tensor(whole, dtype=torch.bfloat16), persistent=False)
        self.register_buffer("bias", torch.tensor(weights[f"{name}.bias"]), persistent=False)
        self.down = torch.nn.Parameter(torch.randn(rank, whole.shape[1]) / whole.shape[1] ** 0.5)
        self.up = torch.nn.Parameter(torch.zeros(whole.shape[0], rank))

    def forward(self, state: torch.Tensor) -> torch.Tensor:
        """Return shape (..., outputs)."""
        short = state.to(torch.bfloat16)
        added = linear(linear(short, self.down.to(torch.bfloat16)), self.up.to(torch.bfloat16))
        return linear(short, self.weight).float() + self.bias + added.float()


class Normalization(torch.nn.Module):
    """A normalization that stays as it is."""

    def __init__(self, weights: Weights, name: str) -> None:
        super().__init__()
        self.register_buffer("weight", torch.tensor(weights[f"{name}.weight"]), persistent=False)
        self.register_buffer("bias", torch.tensor(weights[f"{name}.bias"]), persistent=False)

    def forward(self, state: torch.Tensor) -> torch.Tensor:
        """Return the same shape."""
        return torch.nn.functional.layer_norm(state, state.shape[-1:], self.weight, self.bias, EPSILON)


class Layer(torch.nn.Module):
    """A layer of the network; query, key and value are one product, the query scaled for the softmax."""

    def __init__(self, weights: Weights, number: int, rank: int) -> None:
        super().__init__()
        name = f"layers.layers.{number}"
        self.asked = Product(weights, f"layers.asked.{number}", rank)
        self.mixed = Product(weights, f"{name}.attention.attn.o", rank)
        self.inner = Product(weights, f"{name}.intermediate.dense", rank)
        self.outer = Product(weights, f"{name}.output.dense", rank)
        self.heard = Normalization(weights, f"{name}.attention.LayerNorm")
        self.thought = Normalization(weights, f"{name}.output.LayerNorm")

    def forward(self, state: torch.Tensor, bias: torch.Tensor) -> torch.Tensor:
        """Return the state of tokens after the layer; `bias` is added to the attention between them."""
        texts, tokens, width = state.shape
        parts = self.asked(state).view(texts, tokens, 3, HEADS, width // HEADS).permute(2, 0, 3, 1, 4)
        heard = scaled_dot_product_attention(*parts.unbind(0), attn_mask=bias, scale=1.0)
        state = self.heard(self.mixed(heard.transpose(1, 2).reshape(texts, tokens, width)) + state)
        return self.thought(self.outer(gelu(self.inner(state))) + state)


class AddedLayers(torch.nn.Module):
    """The layers of a part with their additions.

    What is added to the attention by the distance of tokens is that of the shared layers, which reach further.
    """

    def __init__(self, folder: Path, part: str, rank: int) -> None:
        super().__init__()
        weights, shared = (weights_in(folder, name) for name in (part, "network"))
        self.layers = torch.nn.ModuleList(Layer(weights, number, rank) for number in range(LAYERS))
        self.register_buffer("bias", torch.tensor(shared["bias"]), persistent=False)

    def through(self, states: torch.Tensor, there: torch.Tensor) -> torch.Tensor:
        """Return the states behind the layers, shape (texts, tokens, dimension).

        Args:
            states: Behind the shared layers, the same shape.
            there: 1 for a token, 0 where there is none, shape (texts, tokens).
        """
        tokens = states.shape[1]
        bias = self.bias[None, :, :tokens, :tokens] + (1 - there[:, None, None, :]) * MASKED
        for layer in self.layers:
            states = layer(states, bias)
        return states


class Adapted(AddedLayers):
    """The layers that judge labels with additions, and one output from the first and the mean state of a text."""

    def __init__(self, folder: Path, outputs: int) -> None:
        super().__init__(folder, PART, RANK)
        self.output = torch.nn.Linear(2 * self.layers[0].outer.up.shape[0], outputs)
        self.dropout = torch.nn.Dropout(DROPPED)

    def forward(self, states: torch.Tensor, there: torch.Tensor) -> torch.Tensor:
        """Return shape (texts, outputs), for what `through` takes."""
        last = self.through(states, there)
        return self.output(self.dropout(torch.cat([last[:, 0], mean_of(last, there)], 1)))


def mean_of(states: torch.Tensor, there: torch.Tensor) -> torch.Tensor:
    """Return the mean state of the tokens of each text, shape (texts, dimension)."""
    return (states * there[..., None]).sum(1) / there.sum(1, keepdim=True)
