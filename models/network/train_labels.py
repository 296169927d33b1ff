"""Tune the layers of the larger network that tell labels further, above the shared layers as they ship.

    pip install -e '.[encoder]'
    python models/network/train_labels.py DOCUMENTS --out FOLDER

Starts from `labels.onnx` beside this file and writes another to FOLDER after each pass, with the micro average
precision on the development clauses; nothing else of the network changes. `card.py` beside this file then takes the
new file. Needs 8 GB of memory, and half an hour a pass on two cores that know numbers of 16 bits.
"""

import argparse
import random
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
import torch
from layers import SCALE, Layers
from numpy.typing import NDArray
from sklearn.metrics import average_precision_score
from torch.nn.functional import binary_cross_entropy_with_logits, dropout, normalize
from torch.nn.utils.rnn import pad_sequence
from torch.optim.lr_scheduler import LambdaLR

from impact.classify.networks.larger import load
from impact.taxonomy import load as load_taxonomy
from impact.train.corpus.examples import Example
from impact.train.fit.weights import WRITTEN

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "encoder"))
import tune  # noqa: E402 - beside the encoder

FILE = "labels.onnx"
LABELS = load_taxonomy().labels

RATE, FASTER, WARM, DECAY, DROPPED, SILENT = 4e-5, 5.0, 100, 0.02, 0.1, 0.65
"""Learning rate, its factor for the output, batches until the full rate, weight decay, dropout, clauses without labels
for each with labels. Source: project judgment."""


def states_of(shown: tuple[str, str]) -> NDArray[np.float16]:
    """Return the states of the tokens of a text with its setting behind the shared layers, in 16 bits."""
    network = load()
    numbers = network.inputs(*shown, network.limit)
    states: NDArray[np.float32] = network.sessions["network"].run(None, {"input_ids": np.array(numbers, np.int64)})[0]
    return states.astype(np.float16)


def seen(examples: Sequence[Example], chance: random.Random, bare: float) -> dict[int, NDArray[np.float16]]:
    """Return the states of examples by their identity; a share of them is seen without a setting."""
    shown = [(own.view.text, "" if chance.random() < bare else own.view.setting) for own in examples]
    with ProcessPoolExecutor(2) as pool:
        found = pool.map(states_of, shown, chunksize=64)
        return {id(own): states for own, states in zip(examples, found, strict=True)}


def scores(layers: Layers, states: Sequence[NDArray[np.float16]]) -> torch.Tensor:
    """Return log odds of what is proposed and then of what is only mentioned, shape (texts, 2 * labels)."""
    padded = pad_sequence([torch.from_numpy(own).float() for own in states], batch_first=True)
    there = pad_sequence([torch.ones(len(own)) for own in states], batch_first=True)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        last = layers(padded, there).float()
    vectors = normalize((last * there[..., None]).sum(1) / there.sum(1, keepdim=True), dim=1)
    return torch.nn.functional.linear(dropout(vectors, DROPPED, layers.training) * SCALE, *layers.weights("output"))


def loss(layers: Layers, batch: Sequence[Example], states: Sequence[NDArray[np.float16]]) -> torch.Tensor:
    """Return how wrong the layers are about clauses, as `tune.loss` has it, summed."""
    truth = tune.targets(batch, LABELS)[:, : 2 * len(LABELS)]
    positive = torch.tensor(tune.POSITIVE)
    wrong = binary_cross_entropy_with_logits(scores(layers, states), truth, reduction="none", pos_weight=positive)
    of_outputs = torch.tensor([1.0] * len(LABELS) + [tune.TALK] * len(LABELS))
    of_examples = torch.tensor([[WRITTEN if example.written else 1.0] for example in batch])
    return (wrong * of_outputs * of_examples).sum()


def measure(layers: Layers, held: Sequence[Example], states: dict[int, NDArray[np.float16]]) -> float:
    """Return the micro average precision of the labels that clauses propose."""
    layers.eval()
    ordered = sorted(held, key=lambda own: len(states[id(own)]))
    truth = tune.targets(ordered, LABELS)[:, : len(LABELS)].numpy()
    with torch.inference_mode():
        odds = [
            scores(layers, [states[id(own)] for own in ordered[start : start + 32]])[:, : len(LABELS)].numpy()
            for start in range(0, len(ordered), 32)
        ]
    layers.train()
    return float(average_precision_score(truth.ravel(), np.concatenate(odds).ravel()))


def run(layers: Layers, plan: Sequence[Sequence[Example]], states: dict[int, NDArray[np.float16]]) -> None:
    """Tune over the batches of a pass, at whose end the rate is nearly nothing."""
    output = {id(own) for own in layers.weights("output")}
    rest = [own for own in layers.parameters() if id(own) not in output]
    groups = [{"params": rest, "lr": RATE}, {"params": list(layers.weights("output")), "lr": RATE * FASTER}]
    optimizer = torch.optim.AdamW(groups, weight_decay=DECAY, fused=True)
    rates = LambdaLR(optimizer, lambda step: min(1, (step + 1) / WARM) * max(0.02, 1 - step / len(plan)))
    begun = time.monotonic()
    for step, batch in enumerate(plan, 1):
        ordered = sorted(batch, key=lambda own: len(states[id(own)]))
        optimizer.zero_grad()
        for half in (ordered[: len(ordered) // 2], ordered[len(ordered) // 2 :]):
            if half:
                (loss(layers, half, [states[id(own)] for own in half]) / len(batch)).backward()
        torch.nn.utils.clip_grad_norm_(layers.parameters(), tune.CLIP)
        optimizer.step()
        rates.step()
        if step % 100 == 0:
            print(f"batch {step} of {len(plan)}: {time.monotonic() - begun:.0f} s", flush=True)


def main() -> None:
    """Take the options and run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("documents", type=Path, help="folder with the public documents of the corpora")
    parser.add_argument("--out", type=Path, required=True, help="folder for the new file")
    parser.add_argument("--passes", type=int, default=2, help="how often each clause with labels is seen")
    parser.add_argument("--most", type=int, default=0, help="for trying: so many clauses at the most; 0 takes all")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    tune.SILENT = SILENT
    trained, held = tune.gather(options.documents, options.most, random.Random(0))  # noqa: S311 - repeatable on purpose
    layers = Layers(HERE / FILE, DROPPED).train()
    of_held = seen(held, random.Random(0), 0)  # noqa: S311 - repeatable on purpose
    print(f"micro average precision as it ships: {measure(layers, held, of_held):.3f}", flush=True)
    for number in range(options.passes):
        torch.manual_seed(number)
        chance = random.Random(number)  # noqa: S311 - repeatable on purpose
        plan = tune.batches(trained, chance)
        run(layers, plan, seen([own for batch in plan for own in batch], chance, tune.BARE))
        found = measure(layers, held, of_held)
        print(f"micro average precision after {number + 1} passes: {found:.3f}", flush=True)
        layers.write(HERE / FILE, options.out / FILE)


if __name__ == "__main__":
    main()
