"""What is stored is what was trained, to 16 bits, and has a digest that says so."""

import json
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import pytest

from impact.classify.heads import SIGNALS, Cuts, fuse, load_from
from impact.classify.judging import fast, light
from impact.classify.networks.encoder import load as load_encoder
from impact.classify.networks.encoder import load_outputs
from impact.paths import shelf
from impact.taxonomy import load
from impact.train.corpus.clauses import read_written
from impact.train.corpus.examples import written_examples
from impact.train.fit.fusion import Fusion, plain_fusion
from impact.train.fit.store import store
from impact.train.fit.train import Corpora
from impact.train.fit.weights import Material, Parts, fit_parts, gather, signals

TAXONOMY = load()
LABELS = TAXONOMY.labels
OUTPUTS = load_outputs(shelf("models") / "encoder", LABELS)
CUTS = {"fast": Cuts(0.0, 0.37, 0.42), "model": Cuts(0.0123, 0.33, 0.44)}
FUSION = replace(plain_fusion(), cuts=CUTS)


@pytest.fixture(scope="module")
def material(corpora: Corpora) -> Material:
    examples = written_examples(read_written(corpora.written, LABELS), TAXONOMY)
    return gather(examples, LABELS, load_encoder().vector)


@pytest.fixture(scope="module")
def parts(material: Material) -> Parts:
    return fit_parts(material, OUTPUTS)


def test_stored_heads_give_the_chances_that_were_trained(tmp_path: Path, material: Material, parts: Parts) -> None:
    store(tmp_path, parts, FUSION, LABELS, {})
    heads = load_from(tmp_path)
    trained = signals(parts, material)

    for example, wanted in zip(material.examples, trained, strict=True):
        known, judged = light(heads, example.view), fast(heads, example.view)
        by_light = fuse(FUSION.weights["light"], wanted[..., : known.shape[1]])
        assert judged.signals == pytest.approx(wanted, abs=0.02, rel=0.002)
        assert heads.fused(known, "light") == pytest.approx(by_light, abs=0.005)
        assert judged.chances == pytest.approx(fuse(FUSION.weights["fast"], wanted), abs=0.005)


def test_labels_gate_threshold_and_vocabularies_come_back(tmp_path: Path, parts: Parts) -> None:
    digest = store(tmp_path, parts, FUSION, LABELS, {})

    heads = load_from(tmp_path)

    assert (heads.labels, heads.cuts, heads.digest) == (LABELS, CUTS, digest)
    assert heads.terms.numbers == parts.terms.numbers
    assert heads.headings.numbers == parts.headings.numbers
    assert all(np.array_equal(heads.arrays[way], FUSION.weights[way]) for way in SIGNALS)


def test_the_card_says_what_the_heads_are_made_of(tmp_path: Path, parts: Parts) -> None:
    digest = store(tmp_path / "new" / "folder", parts, FUSION, LABELS, {"written": 40})

    card = json.loads((tmp_path / "new" / "folder" / "heads.json").read_text(encoding="utf-8"))

    assert card["made_of"] == {"written": 40}
    assert card["digest"] == digest


def test_storing_twice_gives_the_same_bytes(tmp_path: Path, parts: Parts) -> None:
    for name in ("one", "two"):
        store(tmp_path / name, parts, FUSION, LABELS, {})

    for file in ("heads.npz", "heads.json", "terms.txt", "headings.txt"):
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()


@pytest.mark.parametrize(
    "other",
    [
        replace(FUSION, cuts=CUTS | {"fast": replace(CUTS["fast"], gate=0.5)}),
        replace(FUSION, cuts=CUTS | {"model": replace(CUTS["model"], threshold=0.5)}),
        *(
            replace(FUSION, weights=dict(FUSION.weights) | {way: FUSION.weights[way] + np.float32(0.001)})
            for way in SIGNALS
        ),
    ],
)
def test_whatever_decides_a_chance_changes_the_digest(tmp_path: Path, parts: Parts, other: Fusion) -> None:
    assert store(tmp_path, parts, other, LABELS, {}) != store(tmp_path, parts, FUSION, LABELS, {})


def test_the_digest_of_heads_is_that_of_what_was_loaded_even_if_their_card_was_edited_too(
    tmp_path: Path, parts: Parts
) -> None:
    trained = store(tmp_path / "one", parts, FUSION, LABELS, {})
    other = store(tmp_path / "two", parts, replace(FUSION, cuts=CUTS | {"fast": Cuts()}), LABELS, {})
    edited = tmp_path / "one" / "heads.json"
    card = json.loads(edited.read_text(encoding="utf-8"))
    edited.write_text(
        json.dumps({**card, "cuts": {**card["cuts"], "fast": asdict(Cuts())}, "digest": other}), encoding="utf-8"
    )

    assert load_from(tmp_path / "one").digest == other != trained


def test_what_the_heads_are_made_of_does_not_change_the_digest(tmp_path: Path, parts: Parts) -> None:
    assert store(tmp_path, parts, FUSION, LABELS, {"a": 1}) == store(tmp_path, parts, FUSION, LABELS, {})


def test_nothing_is_pickled(tmp_path: Path, parts: Parts) -> None:
    store(tmp_path, parts, FUSION, LABELS, {})

    with np.load(tmp_path / "heads.npz", allow_pickle=False) as stored:
        kinds = {name: stored[name].dtype for name in stored.files}

    assert {kinds[name] for name in SIGNALS} == {np.dtype(np.float32)}
    assert {kind for name, kind in kinds.items() if name not in SIGNALS} == {np.dtype(np.float16)}
