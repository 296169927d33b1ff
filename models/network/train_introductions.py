"""Teach the larger network which sentences introduce a document, by additions of low rank.

    pip install -e '.[encoder]'
    python models/network/train_introductions.py DOCUMENTS --out FOLDER
    python models/network/export_adapted.py introductions --weights FOLDER ... --tuned "how"

Learns additions to the layers of `labels.onnx`, which stay as they are, from the sentences that readers chose
(`corpora/verdicts/introductions.jsonl`); measures on the documents that it does not learn from after each pass. Needs 4
GB of memory and half an hour on two cores that know numbers of 16 bits.
"""

import argparse
import random
import sys
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from math import ceil
from pathlib import Path

import numpy as np
import torch
from lowrank import Adapted
from torch.nn.functional import binary_cross_entropy_with_logits
from tuning import Descent, padded

from impact.advise.introductions import ranking
from impact.classify.features import plain, setting
from impact.classify.names import masked
from impact.classify.networks.larger import Network, load

sys.path.insert(0, str(Path(__file__).parents[1] / "introductions"))
from documents import LEARNED, UNSEEN, IntroducedDocument, introduced

HERE = Path(__file__).resolve().parent

PASSES, RATE, TOGETHER = 2, 1e-3, 3
"""Passes; learning rate; documents whose sentences are a batch. Source: README.md beside this file."""

WEIGHED = 12
"""Sentences of a document that it learns from: the likeliest by their traits, and those that readers chose."""

RARE = -1.5
"""Log odds of a sentence to begin with. Source: about how many were chosen."""


@dataclass(frozen=True)
class Openings:
    """The sentences of a document as the network sees them, and whether readers chose each."""

    states: tuple[torch.Tensor, ...]
    right: tuple[bool, ...]


def openings(folder: Path, sets: Collection[str], network: Network, most: int | None = None) -> Iterator[Openings]:
    """Yield the sentences of the documents of some sets, of each those that are likeliest."""
    for document in introduced(folder, sets):
        yield Openings(*zip(*_states(document, network, most), strict=True))


def _states(document: IntroducedDocument, network: Network, most: int | None) -> Iterator[tuple[torch.Tensor, bool]]:
    chosen = {candidate for candidate, right in zip(document.candidates, document.right, strict=True) if right}
    for rank, (candidate, _) in enumerate(ranking(document.candidates, None)):
        if candidate in chosen or most is None or rank < most:
            sentence = candidate.span.of(document.proposal.document.text)
            place = setting(document.proposal, candidate.clause)
            numbers = network.inputs(plain(masked(sentence)), place, network.passage_limit)
            yield torch.tensor(network.states(numbers), dtype=torch.bfloat16), candidate in chosen


def odds_of(network: Adapted, documents: Sequence[Openings]) -> torch.Tensor:
    """Return the log odds of all sentences of some documents, in their order."""
    return network(*padded([states for document in documents for states in document.states]))[:, 0]


def loss(network: Adapted, batch: Sequence[Openings]) -> torch.Tensor:
    """Return how wrong the network is about a batch, by document: of each sentence, and of the likeliest."""
    odds = odds_of(network, batch)
    truth = torch.tensor([right for document in batch for right in document.right])
    wrong = binary_cross_entropy_with_logits(odds, truth.float(), reduction="sum")
    for document_odds, right in zip(
        *(part.split([len(each.right) for each in batch]) for part in (odds, truth)), strict=True
    ):
        if right.any():
            wrong = wrong - torch.logsumexp(torch.log_softmax(document_odds, 0)[right], 0)
    return wrong / len(batch)


def measure(network: Adapted, documents: Sequence[Openings]) -> None:
    """Print of how many documents the likeliest sentence is one that readers chose."""
    network.eval()
    with torch.inference_mode():
        hits = [document.right[int(odds_of(network, [document]).argmax())] for document in documents]
    network.train()
    print(f"{np.sum(hits)} of {len(hits)} ({np.mean(hits):.3f})", flush=True)


def main() -> None:
    """Take the options and run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("documents", type=Path, help="folder with the public documents of the corpora")
    parser.add_argument("--out", type=Path, required=True, help="folder for the weights")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    torch.manual_seed(options.seed)
    chance, known = random.Random(options.seed), load()  # noqa: S311 - repeatable on purpose
    learned = list(openings(options.documents, LEARNED, known, WEIGHED))
    measured = list(openings(options.documents, UNSEEN, known))
    print(f"{len(learned)} documents to learn from, {len(measured)} to measure on", flush=True)
    network = Adapted(HERE, 1)
    torch.nn.init.normal_(network.output.weight, std=0.005)
    network.output.bias.data = torch.tensor([RARE])
    network.train()
    steps = ceil(len(learned) / TOGETHER)
    descent = Descent(network, RATE, PASSES * steps)
    for _ in range(PASSES):
        shuffled = chance.sample(learned, len(learned))
        for start in range(0, len(shuffled), TOGETHER):
            descent.step(loss(network, shuffled[start : start + TOGETHER]))
        measure(network, measured)
    options.out.mkdir(parents=True, exist_ok=True)
    torch.save(network.state_dict(), options.out / "introductions.pt")


if __name__ == "__main__":
    main()
