"""Print how well the fusion does on development documents that it was not fitted on, as a mean over twelve partings.

Usage: python bench/partings.py DOCUMENTS
The parts of the heads are those that ship, which saw none of these documents; fusion and cuts are fitted anew on four
fifths of the documents and judge the last one, five times a parting. `impact train` prints the same for one parting.
"""

import argparse
from pathlib import Path

import numpy as np
from doubt import held, signals_of
from sklearn.metrics import f1_score

from impact.classify.heads import fuse, load, spoken
from impact.train.fit import Material
from impact.train.fusion import cuts, weigh
from impact.train.unseen import FOLDS, judged_unseen

PARTINGS, SEED, MANY = 12, 0, 8
SHOWN = ("f1", "anything_precision", "anything_recall", "average_precision", "calibration_error")


def parted(names: list[str]) -> list[dict[str, int]]:
    """Return for each parting the place of each document in a random order."""
    random, every = np.random.default_rng(SEED), sorted(set(names))
    return [dict(zip(every, random.permutation(len(every)).tolist(), strict=True)) for _ in range(PARTINGS)]


def macro(material: Material, found: np.ndarray, talk: np.ndarray, order: dict[str, int]) -> float:
    """Return the mean F1 of the labels that readers gave to `MANY` clauses or more."""
    readers = np.array([one.readers for one in material.examples], np.float32)
    folds = np.array([order[one.document] % FOLDS for one in material.examples])
    said = np.zeros(material.truth.shape, bool)
    for fold in range(FOLDS):
        here = folds == fold
        weights = weigh(found[~here], material.truth[~here], readers[~here])
        cut = cuts(fuse(weights, found[~here]), material.truth[~here], talk[~here])
        said[here] = spoken(fuse(weights, found[here]), *cut)
    truth = material.truth > 0
    many = truth.sum(0) >= MANY
    return float(f1_score(truth[:, many], (said & ~talk)[:, many], average="macro"))


def main() -> None:
    """Read the clauses, part them twelve times and print the means."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("documents", type=Path)
    material, labels = held(parser.parse_args().documents), load().labels
    found = signals_of(material)
    talk = np.array([[one.view.only_talks(label) for label in labels] for one in material.examples])
    readers = np.array([one.readers for one in material.examples], np.float32)
    results: list[dict[str, float]] = []
    for order in parted([one.document for one in material.examples]):
        names = [f"{order[one.document]:03}" for one in material.examples]
        results.append(judged_unseen(found, material.truth, names, readers, talk))
        results[-1]["macro"] = macro(material, found, talk, order)
    for name in (*SHOWN, "macro"):
        values = [one[name] for one in results]
        print(f"{name} {np.mean(values):.3f}, {min(values):.3f} to {max(values):.3f}")


if __name__ == "__main__":
    main()
