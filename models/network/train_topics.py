"""Teach the larger network what passages are about, and which of them protect people, by additions of low rank.

    pip install -e '.[encoder]'
    python models/network/train_topics.py DOCUMENTS --out FOLDER
    python models/network/export_adapted.py topics --weights FOLDER --tuned "how"

Learns additions to the layers of `labels.onnx`, which stay as they are, from `corpora/verdicts/topics.jsonl` and
from what the passages that readers chose are for (`salience.jsonl`); measures on the fifth set after each pass. Needs 4
GB of memory and half an hour on two cores that know numbers of 16 bits.
"""

import argparse
import random
from collections.abc import Sequence
from math import ceil
from pathlib import Path

import numpy as np
import torch
from lowrank import Adapted
from salient import Passage, told_passages
from sklearn.metrics import roc_auc_score
from torch.nn.functional import binary_cross_entropy_with_logits
from tuning import BATCH, Descent, batches, padded

from impact.advise.salient.topics import topics
from impact.classify.networks.larger import load
from impact.paths import shelf

HERE = Path(__file__).resolve().parent
LEARNED, MEASURED = ("first", "second", "third", "fourth", "sixth", "seventh"), ("fifth",)
"""Sets of documents to learn from, and to measure on."""

PASSES, RATE, ABOUT, OTHERS = 3, 1e-3, 0.5, 1_500
"""Passes; learning rate; weight of the topics beside whether a passage protects; passages without topics that a pass
has. Source: README.md beside this file."""

RARE, EVEN = -3.5, -0.7
"""Log odds of a topic and of a protection to begin with. Source: about how many there are."""


def begun(names: Sequence[str]) -> Adapted:
    """Return the network before it has learned anything."""
    network = Adapted(HERE, 1 + len(names))
    torch.nn.init.normal_(network.output.weight, std=0.005)
    network.output.bias.data = torch.tensor([EVEN, *[RARE] * len(names)])
    return network.train()


def loss(network: Adapted, batch: Sequence[Passage], names: Sequence[str]) -> torch.Tensor:
    """Return how wrong the network is about a batch, by passage."""
    odds = network(*padded([passage.states for passage in batch]))
    truth = [[passage.protects, *(name in (passage.topics or ()) for name in names)] for passage in batch]
    known = [[passage.grade != "", *[ABOUT * (passage.topics is not None)] * len(names)] for passage in batch]
    weight = torch.tensor(known, dtype=torch.float)
    wrong = binary_cross_entropy_with_logits(odds, torch.tensor(truth).float(), weight, reduction="sum")
    return wrong / len(batch)


def measure(network: Adapted, passages: Sequence[Passage], names: Sequence[str]) -> None:
    """Print how well protections and topics are told."""
    network.eval()
    with torch.inference_mode():
        starts = range(0, len(passages), BATCH)
        parts = [network(*padded([topic.states for topic in passages[at : at + BATCH]])) for at in starts]
    network.train()
    chances = torch.sigmoid(torch.cat(parts)).numpy()
    graded = [at for at, passage in enumerate(passages) if passage.grade]
    protects = np.array([passages[at].protects for at in graded])
    print(f"protections: area under the curve {roc_auc_score(protects, chances[graded, 0]):.3f}")
    asked = [at for at, passage in enumerate(passages) if passage.topics is not None]
    for line in (0.65, 0.7, 0.75, 0.8, 0.85):
        named = [(names[topic], passages[at].topics or ()) for at in asked for topic in _two(chances[at, 1:], line)]
        count = sum(chances[at, 1:].max() >= line for at in asked)
        right = np.mean([name in topic for name, topic in named])
        print(f"  {line}: {count} of {len(asked)} with topics, {len(named)} topics, {right:.2f} right", flush=True)


def _two(chances: np.ndarray, line: float) -> list[int]:
    """Return the places of the two highest chances from a line on."""
    return [int(at) for at in np.argsort(-chances)[:2] if chances[at] >= line]


def main() -> None:
    """Take the options and run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("documents", type=Path, help="folder with the public documents of the corpora")
    parser.add_argument("--out", type=Path, required=True, help="folder for the weights")
    options = parser.parse_args()
    torch.manual_seed(0)
    chance, known, names = random.Random(0), load(), list(topics())  # noqa: S311 - repeatable on purpose
    asked_about = [
        *told_passages(options.documents, LEARNED, known),
        *told_passages(shelf("corpora"), ("contributions",), known),
    ]
    measured = list(told_passages(options.documents, MEASURED, known))
    asked, others = (
        [passage for passage in asked_about if (passage.topics is None) is apart] for apart in (False, True)
    )
    print(f"{len(asked)} passages and {len(others)} to learn from, {len(measured)} to measure on", flush=True)
    network, drawn = begun(names), min(OTHERS, len(others))
    descent = Descent(network, RATE, PASSES * ceil((len(asked) + drawn) / BATCH))
    for _ in range(PASSES):
        for batch in batches([*asked, *chance.sample(others, drawn)], lambda passage: len(passage.states), chance):
            descent.step(loss(network, batch, names))
        measure(network, measured, names)
    options.out.mkdir(parents=True, exist_ok=True)
    torch.save(network.state_dict(), options.out / "topics.pt")


if __name__ == "__main__":
    main()
