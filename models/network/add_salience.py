"""Teach the salience layers what readers of further documents want to see, by additions of low rank.

    pip install -e '.[encoder]'
    python models/network/add_salience.py DOCUMENTS
    python models/network/add_salience.py DOCUMENTS --further tenth

The layers that train_salience.py tuned on the first two sets of `corpora/verdicts/salience.jsonl` stay as they are. The
additions learn from five further sets; how well is measured on the fifth. They are put into the `salience.onnx` that
export.py wrote; the digest of the network is then another one. With `--further` the additions that `salience.onnx` has
go on to learn, from three of four documents of another set, and are measured on the others. Needs 5 GB of memory and
half an hour on two cores that know numbers of 16 bits, for the tenth set five minutes.
"""

import argparse
import json
import os
import random
import sys
from collections.abc import Collection, Iterator, Sequence
from hashlib import sha256
from itertools import filterfalse, product
from math import ceil
from pathlib import Path

os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # before its first import, or it reports to its maker

import additions
import numpy as np
import onnx
import torch
from lowrank import DROPPED, RANK, AddedLayers, mean_of, weights_in
from salient import Passage, of_sentences, passages_of
from sklearn.metrics import average_precision_score
from torch.nn.functional import binary_cross_entropy_with_logits, normalize
from tuning import BATCH, Descent, batches, padded

from impact.classify.networks.files import VOCABULARY, digest_of, files_of
from impact.classify.networks.larger import MODELS, load

sys.path.insert(0, str(Path(__file__).parents[1] / "salience"))
from passages import SeenDocument, held_out, seen_documents

HERE = Path(__file__).resolve().parent
PART = "salience"
LEARNED, MEASURED = ("third", "fourth", "sixth", "seventh", "eighth"), ("fifth",)
"""Sets of documents to learn from, and to measure on."""

RATE, QUOTED = 5e-4, 0.15
"""Learning rate; weight of the sentence that readers would quote. Source: README.md beside this file; a second pass
over the same passages makes it worse."""


class Salience(AddedLayers):
    """The salience layers with their additions, and their outputs, which learn too."""

    def __init__(self) -> None:
        super().__init__(HERE, PART, RANK)
        known = weights_in(HERE, PART)
        width = known["mark.weight"].shape[1]
        self.choice, self.mark = torch.nn.Linear(width, 2), torch.nn.Linear(width, 1)
        self.dropout = torch.nn.Dropout(DROPPED)
        for name, kind in product(("choice", "mark"), ("weight", "bias")):
            getattr(getattr(self, name), kind).data = torch.tensor(known[f"{name}.{kind}"])

    def forward(self, states: torch.Tensor, there: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Return what `Network.passage` is made from, for what `through` takes: shape (passages, 2) and of tokens."""
        last = self.through(states, there)
        choice = self.choice(self.dropout(normalize(mean_of(last, there), dim=1)))
        return choice, self.mark(self.dropout(last))[..., 0]


def loss(salience: Salience, batch: Sequence[Passage]) -> torch.Tensor:
    """Return how wrong the network is about a batch, by passage."""
    choice, marks = salience(*padded([passage.states for passage in batch]))
    truth = torch.tensor([[float(passage.grade != ""), float(passage.grade == "A")] for passage in batch])
    wrong = binary_cross_entropy_with_logits(choice, truth, reduction="none").mean(1).sum()
    for passage_marks, passage in zip(marks, batch, strict=True):
        if passage.quoted and len(passage.sentences) > 1:
            chances = torch.log_softmax(of_sentences(passage_marks, passage), 0)
            wrong = wrong - QUOTED * torch.logsumexp(chances[passage.quoted[0] - 1 : passage.quoted[-1]], 0)
    return wrong / len(batch)


def measure(salience: Salience, passages: Sequence[Passage]) -> None:
    """Print how well the network tells which passages are wanted, and which sentence of them is."""
    salience.eval()
    odds, hits = [], []
    with torch.inference_mode():
        for start in range(0, len(passages), BATCH):
            batch = passages[start : start + BATCH]
            choice, marks = salience(*padded([passage.states for passage in batch]))
            odds += choice.tolist()
            for passage_marks, passage in zip(marks, batch, strict=True):
                if passage.quoted and len(passage.sentences) > 1:
                    hits.append(passage.quotes(int(of_sentences(passage_marks, passage).argmax())))
    salience.train()
    grades = [passage.grade for passage in passages]
    wanted, first = zip(*odds, strict=True)
    print(f"average precision {average_precision_score([grade != '' for grade in grades], wanted):.3f}", end="; ")
    print(f"of the first page {average_precision_score([grade == 'A' for grade in grades], first):.3f}", end="; ")
    print(f"sentence right {np.mean(hits):.3f}", flush=True)


def shipped() -> Salience:
    """Return the layers with the additions that ship."""
    salience = Salience()
    known = additions.additions_in(onnx.load(HERE / f"{PART}.onnx").graph)
    salience.load_state_dict(salience.state_dict() | {name: torch.tensor(values) for name, values in known.items()})
    return salience


def write(salience: Salience) -> None:
    """Put what was learned into the model, and the new digests into the card of the network."""
    state = {name: tensor.detach().float().numpy() for name, tensor in salience.state_dict().items()}
    model = onnx.load(HERE / f"{PART}.onnx")
    if not additions.additions_in(model.graph):
        additions.put(model, state)
    additions.replace(model.graph, state)
    (HERE / f"{PART}.onnx").write_bytes(model.SerializeToString())
    path = HERE / "network.json"
    card = json.loads(path.read_text(encoding="utf-8"))
    files = {name: (HERE / name).read_bytes() for name in files_of(MODELS)}
    card["files"] |= {name: sha256(content).hexdigest() for name, content in files.items()}
    card["digest"] = digest_of(files.values(), (HERE / VOCABULARY).read_bytes(), card)
    path.write_text(json.dumps(card, indent=2) + "\n", encoding="utf-8")


def documents_of(folder: Path, further: Collection[str]) -> tuple[Iterator[SeenDocument], Iterator[SeenDocument]]:
    """Return the documents to learn from and those to measure on; `further` are the sets to go on with, if any."""
    if not further:
        return seen_documents(folder, LEARNED), seen_documents(folder, MEASURED)
    every = tuple(seen_documents(folder, further))
    return filterfalse(held_out, every), filter(held_out, every)


def main() -> None:
    """Take the options and run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("documents", type=Path, help="folder with the public documents of the corpora")
    parser.add_argument("--further", metavar="SET", action="append", default=[], help="go on to learn, from this set")
    options = parser.parse_args()
    torch.manual_seed(0)
    chance, network = random.Random(0), load()  # noqa: S311 - repeatable on purpose
    known, others = documents_of(options.documents, options.further)
    learned, measured = list(passages_of(known, network, chance)), list(passages_of(others, network))
    print(f"{len(learned)} passages to learn from, {len(measured)} to measure on", flush=True)
    salience = (shipped() if options.further else Salience()).train()
    measure(salience, measured)
    descent = Descent(salience, RATE, ceil(len(learned) / BATCH))
    for batch in batches(learned, lambda passage: len(passage.states), chance):
        descent.step(loss(salience, batch))
    measure(salience, measured)
    write(salience)


if __name__ == "__main__":
    main()
