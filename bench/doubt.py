"""Print how often the model is right by its chance, for findings and for safeguards: where the line of doubt lies.

Usage: python bench/doubt.py DOCUMENTS
On the development clauses, of documents that were not trained on; below the line also by how sure plain phrases make
the cues of the same. `DOUBT` in impact/classify is chosen by it, and `CERTAIN` in impact/classify/model.py by the last
table: how often a mechanism is right by how sure the cues are of it, whatever the heads say.
"""

import argparse
from functools import cache, partial
from itertools import pairwise
from pathlib import Path

import numpy as np

from impact.classify import DOUBT
from impact.classify.encoder import load as load_encoder
from impact.classify.heads import fuse, load, spoken
from impact.classify.model import CERTAIN, VOUCHED
from impact.paths import shelf
from impact.pipeline import prepare
from impact.taxonomy import load as load_taxonomy
from impact.train.corpus.examples import real_examples
from impact.train.corpus.standoff import read_standoff
from impact.train.fit.weights import Material, Parts, gather, signals

READ = cache(prepare)
TAXONOMY = load_taxonomy()
EDGES = (0.0, 0.4, 0.5, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, CERTAIN, 1.01)


def held(documents: Path) -> Material:
    """Return the development clauses with their vectors."""
    read = read_standoff(shelf("corpora") / "development", documents, READ, TAXONOMY.labels)
    examples = real_examples(read.labeled, TAXONOMY, documents, READ)
    return partial(gather, labels=TAXONOMY.labels, vector=load_encoder().vector)(examples)


def signals_of(material: Material) -> np.ndarray:
    """Return the signals of the heads that ship, shape (clauses, labels, signals)."""
    heads = load()
    return signals(Parts(heads.terms, heads.headings, dict(heads.arrays)), material)


def plain(material: Material) -> np.ndarray:
    """Return how sure plain phrases make the cues, shape (clauses, labels)."""
    rows = [
        [example.view.cues[label].plain if label in example.view.cues else 0 for label in load().labels]
        for example in material.examples
    ]
    return np.array(rows)


def by_cues(material: Material, talk: np.ndarray) -> None:
    """Print how often mechanisms are right by how sure the cues are of them, without mere talk."""
    sure = np.array([example.view.confidence(load().labels) for example in material.examples])
    mine = (sure > 0) & ~talk & np.array([label in TAXONOMY.mechanisms for label in load().labels])
    print("\nmechanisms by how sure the cues are, whatever the heads say:")
    told(material.truth[mine] > 0, sure[mine])


def told(right: np.ndarray, sure: np.ndarray) -> None:
    """Print a table; `right` and how `sure` a judge is are of what the model says, both of shape (pairs,)."""
    print("from | said | right | share")
    for low, high in pairwise(EDGES):
        here = right[(sure >= low) & (sure < high)]
        if len(here):
            print(f"{low:.2f} | {len(here)} | {here.sum()} | {here.mean():.2f}")


def main() -> None:
    """Read the clauses, judge them and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("documents", type=Path)
    material, heads = held(parser.parse_args().documents), load()
    chances = fuse(heads.arrays["full"], signals_of(material))
    talk = np.array([[example.view.only_talks(label) for label in heads.labels] for example in material.examples])
    said = spoken(chances, heads.anything, heads.threshold) & ~talk
    for kind, line in (("mechanisms", DOUBT["model"].finding), ("safeguards", DOUBT["model"].safeguard)):
        mine = said & np.array([label in getattr(TAXONOMY, kind) for label in heads.labels])
        print(f"\n{kind}: {mine.sum()} said in {len(said)} clauses")
        right, chance, cues = material.truth[mine] > 0, chances[mine], plain(material)[mine]
        told(right, chance)
        print("below the line, by how sure plain phrases make the cues:")
        told(right[chance < line], cues[chance < line])
        firm = (chance >= line) | ((cues >= VOUCHED) & (kind == "mechanisms"))
        print(
            f"firm: {right[firm].sum()} of {firm.sum()} right, {right[firm].sum() / right.sum():.2f} of what is right"
        )
    by_cues(material, talk)


if __name__ == "__main__":
    main()
