"""Print how well the fusion does on development documents that it was not fitted on, as a mean over twelve partings.

Usage: python bench/partings.py DOCUMENTS
The parts of the heads are those that ship, which saw none of these documents; fusion and cuts are fitted anew on four
fifths of the documents and judge the last one, five times a parting. `impact train` prints the same for one parting.
"""

import argparse
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import numpy as np
from sklearn.metrics import f1_score

from impact.classify.heads import load
from impact.classify.networks.encoder import load as load_encoder
from impact.paths import shelf
from impact.pipeline import prepare
from impact.taxonomy import load as load_taxonomy
from impact.train.corpus.examples import real_examples
from impact.train.corpus.standoff import read_standoff
from impact.train.fit.unseen import figures, labeled_unseen
from impact.train.fit.weights import Material, Parts, gather, signals

PARTINGS, SEED, MANY = 12, 0, 8
SHOWN = ("f1", "anything_precision", "anything_recall", "average_precision", "calibration_error")


def development(documents: Path) -> Material:
    """Return the development clauses with their vectors."""
    taxonomy, read = load_taxonomy(), cache(prepare)
    labeled = read_standoff(shelf("corpora") / "development", documents, read, taxonomy.labels).labeled
    examples = real_examples(labeled, taxonomy, documents, read)
    return gather(examples, taxonomy.labels, load_encoder().vector)


def partings(documents: list[str]) -> Iterator[list[str]]:
    """Yield names for the documents of the examples which put the documents in a random order, once a parting."""
    random, every = np.random.default_rng(SEED), sorted(set(documents))
    for _ in range(PARTINGS):
        order = dict(zip(every, random.permutation(len(every)), strict=True))
        yield [f"{order[name]:03}" for name in documents]


def macro(truth: np.ndarray, labeled: np.ndarray) -> float:
    """Return the mean F1 of the labels that readers gave to `MANY` clauses or more."""
    many = (truth > 0).sum(0) >= MANY
    return float(f1_score(truth[:, many] > 0, labeled[:, many], average="macro"))


def main() -> None:
    """Read the clauses, part them twelve times and print the means."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("documents", type=Path)
    material, heads = development(parser.parse_args().documents), load()
    labels = heads.labels
    scores = signals(Parts(heads.terms, heads.headings, dict(heads.arrays)), material)
    talk = np.array([[example.view.only_talks(label) for label in labels] for example in material.examples])
    readers = np.array([example.readers for example in material.examples], np.float32)
    results: list[dict[str, float]] = []
    for names in partings([example.document for example in material.examples]):
        chances, labeled = labeled_unseen(scores, material.truth, names, readers, talk)
        results.append(figures(chances, labeled, material.truth) | {"macro": macro(material.truth, labeled)})
    for name in (*SHOWN, "macro"):
        values = [result[name] for result in results]
        print(f"{name} {np.mean(values):.3f}, {min(values):.3f} to {max(values):.3f}")


if __name__ == "__main__":
    main()
