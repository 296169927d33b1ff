"""Print how often readers agree with the cues alone, by how sure these are: where `CERTAIN` in classify/model.py lies.

Usage: python bench/doubt.py DOCUMENTS
On the development clauses; of mechanisms, whatever the heads say, without what the cues take for mere talk.
"""

import argparse
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np

from impact.classify.model import CERTAIN
from impact.paths import shelf
from impact.pipeline import prepare
from impact.taxonomy import load
from impact.train.corpus.examples import real_examples
from impact.train.corpus.standoff import read_standoff

EDGES = (0.0, 0.4, 0.5, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, CERTAIN, 1.01)


def main() -> None:
    """Read the clauses, hear the cues and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("documents", type=Path)
    documents, taxonomy, read = parser.parse_args().documents, load(), cache(prepare)
    labeled = read_standoff(shelf("corpora") / "development", documents, read, taxonomy.labels).labeled
    examples = real_examples(labeled, taxonomy, documents, read)
    pairs = np.array(
        [
            (signal.proposes, label in example.proposes)
            for example in examples
            for label, signal in example.view.cues.items()
            if label in taxonomy.mechanisms and signal.proposes and not example.view.only_talks(label)
        ]
    )
    print("from | said | right | share")
    for low, high in pairwise(EDGES):
        here = pairs[(pairs[:, 0] >= low) & (pairs[:, 0] < high), 1]
        if len(here):
            print(f"{low:.2f} | {len(here)} | {here.sum():.0f} | {here.mean():.2f}")


if __name__ == "__main__":
    main()
