"""Corpora in, heads out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

import numpy as np

from impact.classify.heads import SIGNALS, Cuts
from impact.classify.judging import network_scores
from impact.classify.library import load as load_cues
from impact.classify.networks.encoder import load as load_encoder
from impact.classify.networks.encoder import load_outputs
from impact.classify.networks.larger import load as load_network
from impact.errors import CorpusError
from impact.paths import shelf
from impact.taxonomy import load as load_taxonomy
from impact.train.corpus.clauses import read_written
from impact.train.corpus.examples import Example, contribution_examples, real_examples, written_examples
from impact.train.corpus.standoff import read_standoff
from impact.train.fit.fusion import Fusion, fit_fusion, plain_fusion
from impact.train.fit.store import store
from impact.train.fit.unseen import ablation
from impact.train.fit.weights import Parts, fit_parts, gather, signals_by_way
from impact.train.grading import Read


@dataclass(frozen=True, slots=True)
class Corpora:
    """Where the labels and the texts are.

    Attributes:
        written: Folder of clauses that we wrote.
        standards: Folder of stand-off labels to train on.
        development: Folder of stand-off labels for calibration and threshold.
        contributions: Folder of whole contributions that we wrote, with their labels.
        calibration: Folder of further ones by other writers, for calibration and threshold beside `development`.
    """

    written: Path
    standards: Path
    development: Path
    documents: Path | None
    contributions: Path | None = None
    calibration: Path | None = None


@dataclass(frozen=True, slots=True)
class Trained:
    """What came of it.

    Attributes:
        written: Clauses trained on that we wrote.
        real: Real clauses trained on.
        development: Clauses for calibration and threshold; they serve only if one of them proposes anything.
        calibration: Clauses of our contributions that serve beside them.
        calibrated: Whether they served.
        missing: Documents that were not at hand or could not be read.
        lost: Labels whose text was not found in documents at hand.
        cuts: Those of "fast" and of "model".
        unseen: What `judged_unseen` says of the development documents, by the same; empty where none was at hand.
    """

    digest: str
    written: int
    real: int
    development: int
    calibration: int
    calibrated: bool
    missing: tuple[str, ...]
    lost: int
    cuts: Mapping[str, Cuts]
    unseen: Mapping[str, Mapping[str, float]]


def train(corpora: Corpora, read: Read, target: Path, tell: Callable[[str], None]) -> Trained:
    """Train the heads and write them to the folder `target`; `tell` is called with each step in words.

    The same corpora and documents give the same digest on the same kind of machine.

    Raises:
        CorpusError: If no written clause is at hand to train on.
    """
    taxonomy = load_taxonomy()
    labels = taxonomy.labels
    tell("read the written clauses")
    written = written_examples(read_written(corpora.written, labels), taxonomy)
    if corpora.contributions:
        written += contribution_examples(corpora.contributions, taxonomy, read)
    if not written:
        message = f"{corpora.written} holds no clause to train on"
        raise CorpusError(message, "Give a folder of labeled clauses in JSON Lines")
    real, missing, lost = _real(corpora.standards, corpora, read, tell)
    development, missing_development, lost_development = _real(corpora.development, corpora, read, tell)
    calibration = contribution_examples(corpora.calibration, taxonomy, read) if corpora.calibration else []
    tell(f"encode {len(written) + len(real) + len(development) + len(calibration)} clauses")
    material = gather([*real, *written], labels, load_encoder().vector)
    tell("train")
    parts = fit_parts(material, load_outputs(shelf("models") / "encoder", labels))
    fusion, figures = _fused(parts, development, calibration, labels)
    counts = {"written": len(written), "real": len(real), "held": len(development), "calibration": len(calibration)}
    networks = {"encoder": load_encoder().digest, "network": load_network().digest}
    digests = {**networks, "cues": load_cues().digest, "taxonomy": taxonomy.digest}
    sources = {**counts, "unseen": figures, **digests}
    digest = store(target, parts, fusion, labels, sources)
    return Trained(
        digest=digest,
        written=len(written),
        real=len(real),
        development=len(development),
        calibration=len(calibration),
        calibrated=bool(figures),
        missing=tuple(sorted({*missing, *missing_development})),
        lost=lost + lost_development,
        cuts=fusion.cuts,
        unseen={way: judged for way in fusion.cuts if (judged := figures.get(" + ".join(SIGNALS[way])))},
    )


def _fused(
    parts: Parts, development: Sequence[Example], calibration: Sequence[Example], labels: Sequence[str]
) -> tuple[Fusion, Mapping[str, Mapping[str, float]]]:
    """Return how signals are fused, and what `ablation` says of fusions fitted on development documents alone.

    Plain weights and nothing if no development example proposes anything. What we wrote counts as read once.
    """
    if not any(example.proposes for example in development):
        return plain_fusion(), {}
    examples, count = [*development, *calibration], len(development)
    material = gather(examples, labels, load_encoder().vector)
    scores = signals_by_way(parts, material, partial(network_scores, tuple(labels)))
    truth = material.truth
    readers = np.array([1 if example.written else example.readers for example in examples], np.float32)
    talk = np.array([[example.view.only_talks(label) for label in labels] for example in examples], bool)
    names = [example.document for example in development]
    development_scores = {name: rows[:count] for name, rows in scores.items()}
    figures = ablation(development_scores, truth[:count], names, readers[:count], talk[:count])
    real = np.arange(len(examples)) < count
    return fit_fusion(scores, truth, readers, talk, real), figures


def _real(
    corpus: Path, corpora: Corpora, read: Read, tell: Callable[[str], None]
) -> tuple[list[Example], tuple[str, ...], int]:
    """Return real examples, names of the documents missing, and how many labels found no text."""
    tell(f"find the clauses of {corpus.name}")
    once = cache(read)
    taxonomy = load_taxonomy()
    standoff = read_standoff(corpus, corpora.documents, once, taxonomy.labels)
    missing = tuple(name for name, _ in standoff.missing)
    lost = sum(count for _, count in standoff.lost)
    if corpora.documents is None:
        return [], missing, lost
    return real_examples(standoff.labeled, taxonomy, corpora.documents, once), missing, lost
