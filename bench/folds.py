"""Cross-validate the heads over all real documents, grouped by document, and print how well each set of signals does.

Usage: python bench/folds.py DOCUMENTS [--encoder FOLDER] [--folds N] [--json FILE]
Each fold's documents are judged by heads that were trained on the others and on our written clauses; fusion and
threshold are again fitted on other documents than those they judge. The encoder that ships was tuned on most of these
documents, so that its vectors flatter; one that was not (python models/encoder/rebuild.py --out FOLDER) gives figures
of documents unseen by all.
"""

import argparse
import json
from functools import cache
from pathlib import Path

import numpy as np

from impact.classify.heads import SIGNALS
from impact.classify.networks.encoder import load, load_from, load_outputs
from impact.paths import shelf
from impact.pipeline import prepare
from impact.taxonomy import load as load_taxonomy
from impact.train.corpus.clauses import read_written
from impact.train.corpus.examples import Example, real_examples, written_examples
from impact.train.corpus.standoff import read_standoff
from impact.train.fit.unseen import ablation
from impact.train.fit.weights import Material, fit_parts, gather, signals


def examples(documents: Path) -> tuple[list[Example], list[Example]]:
    """Return real examples of both stand-off corpora, and written ones."""
    taxonomy, corpora, read = load_taxonomy(), shelf("corpora"), cache(prepare)
    real: list[Example] = []
    for name in ("standards", "development"):
        labeled = read_standoff(corpora / name, documents, read, taxonomy.labels).labeled
        real += real_examples(labeled, taxonomy, documents, read)
    return real, written_examples(read_written(corpora / "written", taxonomy.labels), taxonomy)


def chosen(material: Material, rows: np.ndarray) -> Material:
    """Return some rows of the material."""
    some = tuple(material.examples[row] for row in rows)
    return Material(some, material.truth[rows], material.vectors[rows], material.cues[rows])


def main() -> None:
    """Gather, train a set of heads for each fold, and print the figures of all folds together."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("documents", type=Path)
    parser.add_argument("--encoder", type=Path, help="folder of an encoder; without it the one that ships")
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    labels = load_taxonomy().labels
    real, written = examples(options.documents)
    encoder = load_from(options.encoder) if options.encoder else load()
    material = gather([*real, *written], labels, encoder.vector)
    outputs = load_outputs(options.encoder or shelf("models") / "encoder", labels)
    names = sorted({example.document for example in real})
    folds = np.array([names.index(e.document) % options.folds if not e.written else -1 for e in material.examples])
    print(f"{len(real)} clauses of {len(names)} documents and {len(written)} written ones, {options.folds} folds")
    found = np.zeros((len(real), len(labels), len(SIGNALS["fast"])), np.float32)
    for fold in range(options.folds):
        here = np.flatnonzero(folds == fold)
        parts = fit_parts(chosen(material, np.flatnonzero(folds != fold)), outputs)
        found[here] = signals(parts, chosen(material, here))
    figures = ablation({"fast": found}, material.truth[: len(real)], [example.document for example in real])
    print(json.dumps(figures, indent=2))
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
