"""Weights are trained on examples, and judging sees what training saw."""

import numpy as np
import pytest

from impact.classify.features import View
from impact.classify.heads import SIGNALS, Heads
from impact.classify.judging import fast
from impact.classify.networks.encoder import load as load_encoder
from impact.classify.networks.encoder import load_outputs
from impact.paths import shelf
from impact.taxonomy import load
from impact.train.corpus.clauses import read_written
from impact.train.corpus.examples import Example, written_examples
from impact.train.fit.train import Corpora
from impact.train.fit.weights import NEVER, Material, Parts, fit_parts, gather, signals

TAXONOMY = load()
LABELS = TAXONOMY.labels
OUTPUTS = load_outputs(shelf("models") / "encoder", LABELS)


@pytest.fixture(scope="session")
def material(corpora: Corpora) -> Material:
    examples = written_examples(read_written(corpora.written, LABELS), TAXONOMY)
    return gather(examples, LABELS, load_encoder().vector)


@pytest.fixture(scope="session")
def parts(material: Material) -> Parts:
    return fit_parts(material, OUTPUTS)


def plain(text: str, _setting: str) -> np.ndarray:
    """Return a vector made of lengths, where the encoder does not matter."""
    return np.array([1, len(text) / 100, len(text.split()) / 10], np.float32)


def test_examples_become_rows_of_truth_vectors_and_cues(material: Material) -> None:
    assert material.truth.shape == (40, len(LABELS))
    assert material.vectors.shape == (40, load_encoder().dimension)
    assert material.cues.shape == (40, len(LABELS))
    for example, truth in zip(material.examples, material.truth, strict=True):
        assert {label for label, true in zip(LABELS, truth, strict=True) if true} == example.proposes


def test_the_vector_of_a_clause_is_that_of_its_words_in_their_setting(material: Material) -> None:
    view = material.examples[7].view

    assert np.array_equal(material.vectors[7], load_encoder().vector(view.text, view.setting))


def test_what_was_trained_on_is_told_apart(material: Material, parts: Parts) -> None:
    found = signals(parts, material)

    for label in ("shut-off", "location-tracking", "encryption", "redress"):
        place = LABELS.index(label)
        true = material.truth[:, place] > 0
        column = found[:, place, SIGNALS["fast"].index("terms")]
        assert column[true].min() > column[~true].max()


def test_a_label_that_no_example_proposes_is_never_said(material: Material, parts: Parts) -> None:
    place = LABELS.index("content-blocking")
    found = signals(parts, material)[:, place]

    assert set(found[:, SIGNALS["fast"].index("terms")].tolist()) == {NEVER}


def test_training_takes_clauses_that_all_propose_the_same() -> None:
    examples = [
        Example(View(number, f"Lamps burn oil {number}", "Scope", {}), frozenset({LABELS[0]}), "d", written=True)
        for number in range(4)
    ]
    material = gather(examples, LABELS, plain)

    found = signals(fit_parts(material, np.zeros((4, len(LABELS), 2), np.float32)), material)

    assert (found[:, 0, SIGNALS["fast"].index("terms")] == -NEVER).all()


def test_training_again_gives_the_same_numbers(material: Material, parts: Parts) -> None:
    again = fit_parts(material, OUTPUTS)

    assert again.terms.numbers == parts.terms.numbers
    assert all(np.array_equal(again.arrays[name], array) for name, array in parts.arrays.items())


def test_headings_count_as_much_in_judging_as_in_training(corpora: Corpora, tiny_heads: Heads) -> None:
    examples = written_examples(read_written(corpora.written, LABELS), TAXONOMY)[::5]
    material = gather(examples, LABELS, load_encoder().vector)
    stored = Parts(tiny_heads.terms, tiny_heads.headings, dict(tiny_heads.arrays))

    trained = signals(stored, material)

    for example, wanted in zip(examples, trained, strict=True):
        assert fast(tiny_heads, example.view).signals == pytest.approx(wanted, abs=1e-4)


def test_an_example_without_a_document_is_refused() -> None:
    with pytest.raises(ValueError, match="without a document"):
        Example(View(0, "words", "", {}), frozenset(), "", written=True)
