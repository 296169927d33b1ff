"""The upper layers of the larger network that read a passage for its salience, above those that both tasks share."""

from copy import deepcopy

import torch
from torch.nn.functional import normalize
from train import Larger

SHARED = 4
"""Layers that both tasks share, from the first. Source: project judgment; each more saves an eighth of the time."""

SCALE, START, DROPPED = 20.0, -1.5, 0.1
"""Factor of the unit vectors, log odds to start from, dropout before the outputs. Source: project judgment."""

MASKED = -1e4
"""What is added to the attention to a token that is only there to fill a batch."""


class Upper(torch.nn.Module):
    """The upper layers of the larger network once more, tuned on their own, with two outputs."""

    def __init__(self, larger: Larger) -> None:
        super().__init__()
        width = larger.model.config.hidden_size
        self.layers = deepcopy(larger.model.encoder.layer[SHARED:])
        self.choice = torch.nn.Linear(width, 2)
        self.mark = torch.nn.Linear(width, 1)
        self.dropout = torch.nn.Dropout(DROPPED)
        torch.nn.init.normal_(self.choice.weight, 0, 0.02)
        torch.nn.init.constant_(self.choice.bias, START)

    def forward(
        self, states: torch.Tensor, there: torch.Tensor, bias: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Return what is said of passages from the states of the shared layers.

        Args:
            states: Shape (passages, tokens, dimension).
            there: 1 for a token, 0 where there is none, shape (passages, tokens).
            bias: By the distance of tokens, as `position_bias` of the network has it.

        Returns:
            Log odds that readers show a passage, and that they want it on the first page, shape (passages, 2); and
            how much each token says of that, shape (passages, tokens).
        """
        with torch.autocast(states.device.type, dtype=torch.bfloat16):
            last = through(self.layers, states, there, bias).float()
        vectors = normalize((last * there[..., None]).sum(1) / there.sum(1, keepdim=True), dim=1)
        return self.choice(self.dropout(vectors) * SCALE), self.mark(self.dropout(last))[..., 0]


def through(layers: torch.nn.ModuleList, states: torch.Tensor, there: torch.Tensor, bias: torch.Tensor) -> torch.Tensor:
    """Return the states of tokens after some layers."""
    mask = (1 - there[:, None, None, :]) * MASKED
    for layer in layers:
        states = layer(states, mask, position_bias=bias)[0]
    return states


def bias_of(larger: Larger, tokens: int) -> torch.Tensor:
    """Return what the network adds to the attention between tokens by their distance."""
    return larger.model.encoder.compute_position_bias(torch.zeros(1, tokens, 1))
