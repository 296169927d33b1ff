"""Print what the larger network adds to the heads, on clauses that neither has seen.

Usage: python bench/network.py DOCUMENTS [--clauses FILE]... [--opened FOLDER]...
Fusion and cuts are fitted on four fifths of the documents and judge the last one, over twelve random orders; the
development clauses always take part in fitting and are judged too unless other clauses are given: files whose documents
are below DOCUMENTS, and opened folders with `clauses.jsonl` and `documents`. The last line is the time of a clause.
models/network/README.md has the figures.
"""

import argparse
import time
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
from partings import partings
from sklearn.metrics import average_precision_score

from impact.classify.heads import SIGNALS, load
from impact.classify.networks.encoder import load as load_encoder
from impact.classify.networks.larger import load as load_network
from impact.cli.evaluate import read_unboxed
from impact.paths import shelf
from impact.taxonomy import load as load_taxonomy
from impact.train.corpus.clauses import read_labeled
from impact.train.corpus.examples import Example, real_examples
from impact.train.corpus.standoff import read_standoff
from impact.train.fit.unseen import figures, labeled_unseen
from impact.train.fit.weights import Parts, gather, signals

NETWORK = SIGNALS["model"][-2:]
DEEP = (*SIGNALS["fast"], *NETWORK)
SETS = (SIGNALS["fast"], NETWORK, SIGNALS["model"], DEEP)
SHOWN = ("f1", "precision", "recall", "anything_precision", "anything_recall", "average_precision", "calibration_error")


def examples_of(options: argparse.Namespace) -> tuple[list[Example], list[Example]]:
    """Return the development clauses and the other clauses to judge."""
    taxonomy, read = load_taxonomy(), cache(read_unboxed)
    labeled = read_standoff(shelf("corpora") / "development", options.documents, read, taxonomy.labels).labeled
    development = real_examples(labeled, taxonomy, options.documents, read)
    files = [(file, options.documents) for file in options.clauses]
    files += [(folder / "clauses.jsonl", folder / "documents") for folder in options.opened]
    others = [real_examples(read_labeled(file, taxonomy.labels), taxonomy, place, read) for file, place in files]
    return development, [example for rows in others for example in rows]


def scores_of(examples: Sequence[Example]) -> np.ndarray:
    """Return the signals of `DEEP`, shape (examples, labels, signals); prints the time of the larger network."""
    heads, network = load(), load_network()
    material = gather(examples, heads.labels, load_encoder().vector)
    near = signals(Parts(heads.terms, heads.headings, dict(heads.arrays)), material)
    columns = [network.labels.index(label) for label in heads.labels]
    start = time.process_time()
    deep = np.array([network.scores(example.view.text, example.view.setting)[columns] for example in examples])
    print(f"{1000 * (time.process_time() - start) / len(examples):.0f} ms a clause")
    return np.concatenate([near, deep], axis=-1).astype(np.float32)


def main() -> None:
    """Gather, judge and print a line for each set of signals."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("documents", type=Path)
    parser.add_argument("--clauses", type=Path, action="append", default=[])
    parser.add_argument("--opened", type=Path, action="append", default=[])
    development, others = examples_of(parser.parse_args())
    examples, judged = [*development, *others], np.arange(len(development) + len(others)) >= len(development)
    judged = judged if others else ~judged
    truth = np.array([[label in example.proposes for label in load().labels] for example in examples], np.float32)
    talk = np.array([[example.view.only_talks(label) for label in load().labels] for example in examples])
    readers = np.array([example.readers for example in examples], np.float32)
    scores = scores_of(examples)
    for column, name in enumerate(DEEP):
        found = average_precision_score(truth[judged].ravel(), scores[judged][..., column].ravel())
        print(f"{name} alone: average precision {found:.3f}")
    orders = list(partings([example.document for example in examples]))
    for names in SETS:
        used = [DEEP.index(name) for name in names]
        rows = []
        for order in orders:
            chances, labels = labeled_unseen(scores[..., used], truth, order, readers, talk)
            rows.append(figures(chances[judged], labels[judged], truth[judged]))
        print(
            ", ".join(names) + ": " + ", ".join(f"{name} {np.mean([row[name] for row in rows]):.3f}" for name in SHOWN)
        )


if __name__ == "__main__":
    main()
