"""What the scripts that teach additions of low rank have in common: batches, and a rate that falls."""

import random
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

import torch
from torch.nn.utils.rnn import pad_sequence
from torch.optim.lr_scheduler import LambdaLR

BATCH, WARM, DECAY, CLIP = 24, 60, 0.01, 1.0
"""Texts a batch; batches until the full rate; weight decay; longest gradient. Source: project judgment."""

NEAR = 8
"""Batches among whose texts those of about one length are put together. Source: project judgment, to save time."""

LEAST = 0.02
"""Part of the rate that is left at the end. Source: project judgment."""

Item = TypeVar("Item")


def batches(items: Sequence[Item], length: Callable[[Item], int], chance: random.Random) -> Iterator[list[Item]]:
    """Yield batches in random order, each of items that are about as long."""
    shuffled = chance.sample(items, len(items))
    plan = []
    for start in range(0, len(shuffled), NEAR * BATCH):
        ordered = sorted(shuffled[start : start + NEAR * BATCH], key=length)
        plan += [ordered[at : at + BATCH] for at in range(0, len(ordered), BATCH)]
    yield from chance.sample(plan, len(plan))


def padded(states: Sequence[torch.Tensor]) -> tuple[torch.Tensor, torch.Tensor]:
    """Return the states of texts in one tensor, and 1 for each token that is there, shape (texts, tokens)."""
    there = pad_sequence([torch.ones(len(tokens)) for tokens in states], batch_first=True)
    return pad_sequence([tokens.float() for tokens in states], batch_first=True), there


class Descent:
    """Steps down the gradient, with a rate that rises for `WARM` batches and falls to `LEAST` of it."""

    def __init__(self, network: torch.nn.Module, rate: float, count: int) -> None:
        self.network = network
        self.optimizer = torch.optim.AdamW(network.parameters(), lr=rate, weight_decay=DECAY)
        self.rates = LambdaLR(self.optimizer, lambda step: min(1, (step + 1) / WARM) * max(LEAST, 1 - step / count))

    def step(self, loss: torch.Tensor) -> None:
        """Go one step."""
        self.optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), CLIP)
        self.optimizer.step()
        self.rates.step()
