"""Teach the larger network to compare: what has changed between two sentences, and what a sentence does for people.

    pip install -e '.[encoder]'
    python models/network/train_changes.py --out FIRST [--held SET ...]
    python models/network/train_changes.py --begin FIRST/changes.pt --out SECOND
    python models/network/export_adapted.py changes --weights FIRST SECOND --tuned "how"

Learns additions of low rank to the layers of `labels.onnx`, which stay as they are, from `corpora/changes`,
`corpora/stances`, and the edits in those documents of `corpora/editions` that were read. `--held` leaves sets out and
measures on them after each pass. Needs 4 GB of memory and half an hour on two cores that know numbers of 16 bits.
"""

import argparse
import random
import sys
import time
from collections import defaultdict
from collections.abc import Sequence
from math import ceil
from pathlib import Path

import torch
from lowrank import Adapted
from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy
from tuning import BATCH, Descent, batches, padded

from impact.classify.networks.changes import KINDS, MATTERS, OUTPUTS, STANCES
from impact.classify.networks.larger import Network, load

sys.path.insert(0, str(Path(__file__).parents[1] / "changes"))
from taught import Taught, taught

HERE = Path(__file__).resolve().parent
PASSES, RATE, SMOOTH = 5, 1e-3, 0.05
"""Passes; learning rate; what the surest answer is kept from 1. Source: README.md beside this file."""

Example = tuple[Taught, torch.Tensor]
"""What is learned, and the states of its tokens behind the shared layers, shape (tokens, dimension)."""


def examples_of(network: Network, row: Taught) -> list[Example]:
    """Return what is learned with the states of its tokens; of two sentences also the other way round."""
    examples = []
    for change in (row, row.turned()) if row.new else (row,):
        numbers = network.inputs(change.old, change.new, network.passage_limit)
        examples.append((change, torch.tensor(network.states(numbers), dtype=torch.bfloat16)))
    return examples


def judged(network: Adapted, batch: Sequence[Example]) -> torch.Tensor:
    """Return what the network says of a batch, shape (texts, outputs)."""
    return network(*padded([states for _, states in batch]))


def parts_of(outputs: torch.Tensor) -> dict[str, torch.Tensor]:
    """Return the outputs for each question, shape (texts, answers)."""
    widths = [len(KINDS), 1, len(STANCES), len(MATTERS)]
    return dict(zip(("kind", "same", "stance", "matters"), outputs.split(widths, dim=1), strict=True))


def answers_of(row: Taught) -> dict[str, int]:
    """Return the place of the right answer to each question that is known."""
    known = {"kind": KINDS, "stance": STANCES, "matters": MATTERS}
    answers = {name: places.index(answer) for name, places in known.items() if (answer := getattr(row, name))}
    return answers if row.same is None else answers | {"same": int(row.same)}


def loss(network: Adapted, batch: Sequence[Example]) -> torch.Tensor:
    """Return how wrong the network is about a batch, by text."""
    parts, wrong = parts_of(judged(network, batch)), torch.zeros(())
    for at, (row, _) in enumerate(batch):
        for name, answer in answers_of(row).items():
            odds = parts[name][at]
            if name == "same":
                wrong = wrong + binary_cross_entropy_with_logits(odds[0], torch.tensor(float(answer)))
            else:
                wrong = wrong + cross_entropy(odds, torch.tensor(answer), label_smoothing=SMOOTH)
    return wrong / len(batch)


def measure(network: Adapted, examples: Sequence[Example]) -> None:
    """Print how many answers to each question are right."""
    network.eval()
    right: dict[str, list[bool]] = defaultdict(list)
    with torch.inference_mode():
        for start in range(0, len(examples), 2 * BATCH):
            batch = examples[start : start + 2 * BATCH]
            parts = parts_of(judged(network, batch))
            for at, (row, _) in enumerate(batch):
                for name, answer in answers_of(row).items():
                    odds = parts[name][at]
                    right[name].append((int(odds[0] > 0) if name == "same" else int(odds.argmax())) == answer)
    network.train()
    print("; ".join(f"{name} {sum(hits)} of {len(hits)}" for name, hits in right.items()), flush=True)


def tune(network: Adapted, learned: Sequence[Sequence[Example]], held: Sequence[Example], store: Path) -> None:
    """Tune the additions, and store and measure them after each pass; a pass has each pair in one of its orders."""
    chance = random.Random(0)  # noqa: S311 - repeatable on purpose
    descent = Descent(network, RATE, PASSES * ceil(len(learned) / BATCH))
    for number in range(1, PASSES + 1):
        begun = time.monotonic()
        drawn = [chance.choice(orders) for orders in learned]
        for batch in batches(drawn, lambda example: len(example[1]), chance):
            descent.step(loss(network, batch))
        torch.save(network.state_dict(), store)
        print(f"pass {number} of {PASSES}: {time.monotonic() - begun:.0f} s", flush=True)
        if held:
            measure(network, held)


def main() -> None:
    """Take the options and run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True, help="folder for the weights")
    parser.add_argument("--begin", type=Path, metavar="FILE", help="weights of an earlier run to go on from")
    parser.add_argument("--held", nargs="*", default=(), metavar="SET", help="sets to leave out and to measure on")
    options = parser.parse_args()
    torch.manual_seed(0)
    rows = list(taught())
    known = load()
    learned, out = (
        [examples_of(known, row) for row in rows if (row.source in options.held) is apart] for apart in (False, True)
    )
    print(f"{len(learned)} to learn from, {len(out)} to measure on", flush=True)
    options.out.mkdir(parents=True, exist_ok=True)
    network = Adapted(HERE, OUTPUTS).train()
    if options.begin:
        network.load_state_dict(torch.load(options.begin, weights_only=True))
    tune(network, learned, [orders[0] for orders in out], options.out / "changes.pt")


if __name__ == "__main__":
    main()
