"""Try what could beat the heads, and print how each does on development documents that nothing was fitted on.

Usage: python bench/experiments.py DOCUMENTS [--json FILE]
Parts are trained on standards and written clauses, fusion and cuts on development documents other than those judged:
`impact.train.fit.unseen.judged_unseen`, mean over twelve partings of the documents. Takes an hour on one core.
models/heads/README.md says what came of it.
"""

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

import numpy as np
from partings import partings

from impact.classify.features import views
from impact.classify.heads import LIGHT, fuse, near, odds, together
from impact.classify.networks.encoder import load as load_encoder
from impact.classify.networks.encoder import load_outputs
from impact.errors import UnreadableError
from impact.paths import shelf
from impact.pipeline import prepare
from impact.taxonomy import load as load_taxonomy
from impact.train.corpus.clauses import read_written
from impact.train.corpus.examples import Example, real_examples, written_examples
from impact.train.corpus.standoff import read_standoff
from impact.train.fit.fusion import weigh
from impact.train.fit.prototypes import prototypes
from impact.train.fit.unseen import judged_unseen
from impact.train.fit.weights import POSITIVE, WRITTEN, Material, Parts, fit_parts, gather, signals
from impact.train.grading import files_by_name

READ = cache(prepare)
TAXONOMY = load_taxonomy()


@dataclass(frozen=True)
class Bench:
    """Training clauses, development clauses, and the signals of the latter by the heads as they are."""

    trained: Material
    held: Material
    parts: Parts
    found: np.ndarray

    def weights(self) -> np.ndarray:
        """Return how much each training clause counts."""
        return np.array([WRITTEN if example.written else 1 for example in self.trained.examples], np.float32)

    def beside(self, *columns: np.ndarray) -> np.ndarray:
        """Return the signals with further ones, each of shape (clauses, labels)."""
        return np.concatenate([self.found, *(column[..., None] for column in columns)], axis=-1, dtype=np.float32)

    def instead(self, column: np.ndarray) -> np.ndarray:
        """Return the signals with another one in place of those of the prototypes."""
        return np.concatenate([self.found[..., : len(LIGHT)], column[..., None]], axis=-1, dtype=np.float32)

    def with_prototypes(self, real: int, own: int) -> np.ndarray:
        """Return the signals with other numbers of prototypes of real and of written clauses."""
        kinds = np.array([example.written for example in self.trained.examples])
        found = []
        for kind, most in ((~kinds, real), (kinds, own)):
            material = (self.trained.vectors[kind], self.trained.truth[kind], self.weights()[kind])
            found.append(one_kind(prototypes(*material, most), self.held.vectors))
        return np.concatenate([self.found[..., : len(LIGHT)], np.stack(found, axis=-1)], axis=-1, dtype=np.float32)


def real(name: str, documents: Path) -> list[Example]:
    """Return the clauses of a stand-off corpus in their documents."""
    labeled = read_standoff(shelf("corpora") / name, documents, READ, TAXONOMY.labels).labeled
    return real_examples(labeled, TAXONOMY, documents, READ)


def made(documents: Path) -> Bench:
    """Gather all clauses and train the parts."""
    written = written_examples(read_written(shelf("corpora") / "written", TAXONOMY.labels), TAXONOMY)
    collect = partial(gather, labels=TAXONOMY.labels, vector=load_encoder().vector)
    trained, held = collect([*real("standards", documents), *written]), collect(real("development", documents))
    parts = fit_parts(trained, load_outputs(shelf("models") / "encoder", TAXONOMY.labels))
    return Bench(trained, held, parts, signals(parts, held))


def by_line(bench: Bench) -> np.ndarray:
    """Return log odds by one logistic regression a label over vectors, as the heads had before prototypes."""
    from sklearn.linear_model import LogisticRegression

    columns = []
    for truth in bench.trained.truth.T:
        model = LogisticRegression(C=0.03, class_weight={0: 1, 1: POSITIVE}, tol=1e-3, max_iter=200)
        model.fit(bench.trained.vectors, truth, sample_weight=bench.weights())
        columns.append(model.decision_function(bench.held.vectors))
    return np.array(columns).T


def by_nearest(bench: Bench, count: int, *, written: bool = False) -> np.ndarray:
    """Return log odds by the `count` nearest training clauses; only of those that we wrote where `written`."""
    rows = [place for place, one in enumerate(bench.trained.examples) if one.written or not written]
    vectors, truth, weights = bench.trained.vectors[rows], bench.trained.truth[rows], bench.weights()[rows]
    result = []
    for vector in bench.held.vectors:
        alike = vectors @ vector
        top = np.argpartition(-alike, count)[:count]
        say = np.exp(20 * (alike[top] - 1)) * weights[top]
        result.append(say @ truth[top] / say.sum())
    return odds(np.array(result, np.float32))


def by_prototypes(bench: Bench, count: int) -> np.ndarray:
    """Return log odds by prototypes that stand for real and written clauses alike, as the heads had before."""
    found = prototypes(bench.trained.vectors, bench.trained.truth, bench.weights(), count)
    return one_kind(found, bench.held.vectors)


def one_kind(found: dict[str, np.ndarray], vectors: np.ndarray) -> np.ndarray:
    """Return log odds by prototypes of one kind."""
    return near(found | {"own": np.zeros(len(found["sizes"]), np.float32)}, vectors)[..., 0]


def to_definitions(bench: Bench) -> np.ndarray:
    """Return the cosine of each clause with the definition of each label."""
    labels = {**TAXONOMY.mechanisms, **TAXONOMY.safeguards}
    asked = [load_encoder().vector(labels[label].definition, labels[label].name) for label in TAXONOMY.labels]
    return bench.held.vectors @ np.array(asked).T


def around(bench: Bench, documents: Path) -> tuple[np.ndarray, np.ndarray]:
    """Return mean log odds of each label, and of anything, over three clauses before and three after each.

    Clauses that are none of ours but stand across several have no neighbors here, and get the mean of all.
    """
    places, weights = files_by_name(documents), weigh(bench.found, bench.held.truth)
    rows: dict[tuple[str, str], list[int]] = {}
    for row, one in enumerate(bench.held.examples):
        rows.setdefault((one.document, one.view.text), []).append(row)
    labels = np.full(bench.held.truth.shape, np.nan)
    for name in {example.document for example in bench.held.examples}:
        try:
            seen = views(*READ(places[name]), frozenset(TAXONOMY.mechanisms))
        except UnreadableError:
            continue
        for number, view in enumerate(seen):
            if here := rows.get((name, view.text)):
                others = [*seen[max(0, number - 3) : number], *seen[number + 1 : number + 4]]
                examples = [Example(other, frozenset(), name, written=False) for other in others]
                found = signals(bench.parts, gather(examples, TAXONOMY.labels, load_encoder().vector))
                chances = fuse(weights, found).clip(1e-4, 1 - 1e-4)
                labels[here] = np.log(chances / (1 - chances)).mean(axis=0)
    labels = np.where(np.isnan(labels), np.nanmean(labels, axis=0), labels)
    some = together(1 / (1 + np.exp(-labels))).clip(1e-4, 1 - 1e-4)
    return labels, np.repeat(np.log(some / (1 - some))[:, None], labels.shape[1], axis=1)


def tried(bench: Bench, documents: Path) -> Iterator[tuple[str, np.ndarray]]:
    """Yield the name of each trial and its signals."""
    yield "as they are", bench.found
    line = by_line(bench)
    yield "a straight line over vectors instead of prototypes", bench.instead(line)
    yield "a straight line beside prototypes", bench.beside(line)
    for count in (600, 2000):
        yield f"{count} prototypes of both kinds", bench.instead(by_prototypes(bench, count))
    for real, own in ((600, 300), (3000, 1500)):
        yield f"{real} prototypes of real and {own} of written clauses", bench.with_prototypes(real, own)
    yield "the 50 nearest clauses instead of prototypes", bench.instead(by_nearest(bench, 50))
    yield "the 50 nearest clauses beside prototypes", bench.beside(by_nearest(bench, 50))
    yield "the 50 nearest written clauses beside prototypes", bench.beside(by_nearest(bench, 50, written=True))
    yield "cosine to the definition beside prototypes", bench.beside(to_definitions(bench))
    labels, some = around(bench, documents)
    yield "the same label in six clauses around", bench.beside(labels)
    yield "anything in six clauses around", bench.beside(some)


def judged(bench: Bench, found: np.ndarray) -> dict[str, float]:
    """Return the figures of `judged_unseen`, mean over several partings of the documents."""
    names = [example.document for example in bench.held.examples]
    readers = np.array([example.readers for example in bench.held.examples], np.float32)
    talk = np.array([[example.view.only_talks(label) for label in TAXONOMY.labels] for example in bench.held.examples])
    truth = bench.held.truth
    results = [judged_unseen(found, truth, parted, readers, talk) for parted in partings(names)]
    return {figure: round(float(np.mean([result[figure] for result in results])), 3) for figure in results[0]}


def main() -> None:
    """Gather, try, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("documents", type=Path)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    bench = made(options.documents)
    figures: dict[str, dict[str, float]] = {}
    for name, found in tried(bench, options.documents):
        figures[name] = judged(bench, found)
        print(name, json.dumps(figures[name]), sep=": ", flush=True)
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
