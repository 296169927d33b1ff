"""Print how often the model is right by its chance, for findings and for safeguards: where the line of doubt lies.

Usage: python bench/doubt.py DOCUMENTS
On the development clauses, of documents that were not trained on. `DOUBT` in impact/classify is chosen by it.
"""

import argparse
from functools import cache, partial
from itertools import pairwise
from pathlib import Path

import numpy as np

from impact.classify import DOUBT
from impact.classify.encoder import load as load_encoder
from impact.classify.heads import fuse, load, spoken
from impact.paths import shelf
from impact.pipeline import prepare
from impact.taxonomy import load as load_taxonomy
from impact.train.examples import real_examples
from impact.train.fit import Material, Parts, gather, signals
from impact.train.standoff import read_standoff

READ = cache(prepare)
TAXONOMY = load_taxonomy()
EDGES = (0.0, 0.4, 0.5, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 1.01)


def held(documents: Path) -> Material:
    """Return the development clauses with their vectors."""
    read = read_standoff(shelf("corpora") / "development", documents, READ, TAXONOMY.labels)
    examples = real_examples(read.labelled, TAXONOMY, documents, READ)
    return partial(gather, labels=TAXONOMY.labels, vector=load_encoder().vector)(examples)


def signals_of(material: Material) -> np.ndarray:
    """Return the signals of the heads that ship, shape (clauses, labels, signals)."""
    heads = load()
    return signals(Parts(heads.terms, heads.headings, dict(heads.arrays)), material)


def told(right: np.ndarray, chances: np.ndarray, line: float) -> None:
    """Print a table of one kind of label; `right` and `chances` are of what the model says, shape (pairs,)."""
    print("from | said | right | share")
    for low, high in pairwise(EDGES):
        here = right[(chances >= low) & (chances < high)]
        print(f"{low:.2f} | {len(here)} | {here.sum()} | {here.mean() if len(here) else 0:.2f}")
    firm = right[chances >= line]
    share = f"{firm.mean():.2f}; {firm.sum() / right.sum():.2f} of what is right"
    print(f"from the line of {line} on: {firm.sum()} of {len(firm)}, {share}")


def main() -> None:
    """Read the clauses, judge them and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("documents", type=Path)
    material, heads = held(parser.parse_args().documents), load()
    chances = fuse(heads.arrays["full"], signals_of(material))
    talk = np.array([[one.view.only_talks(label) for label in heads.labels] for one in material.examples])
    said = spoken(chances, heads.anything, heads.threshold) & ~talk
    for kind, line in (("mechanisms", DOUBT["model"].finding), ("safeguards", DOUBT["model"].safeguard)):
        mine = said & np.array([label in getattr(TAXONOMY, kind) for label in heads.labels])
        print(f"\n{kind}: {mine.sum()} said in {len(said)} clauses")
        told(material.truth[mine] > 0, chances[mine], line)


if __name__ == "__main__":
    main()
