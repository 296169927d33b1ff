"""Trained heads turn features into chances, refuse what does not fit, and name what is missing."""

import json
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from impact.classify.features import View
from impact.classify.heads import CARD, Cuts, Heads, by_vectors, load_from, odds, spoken
from impact.classify.judging import WAYS
from impact.classify.networks.encoder import load as load_encoder
from impact.classify.networks.larger import load as load_network
from impact.classify.terms import Terms
from impact.errors import MissingError
from impact.paths import shelf
from impact.train.fit.train import Trained

TERMS = Terms({"lamp": 0, "tide": 1}, np.ones(2, np.float32))
HEADINGS = Terms({"scope": 0}, np.ones(1, np.float32))
ARRAYS = {
    "terms": np.array([[1, 0], [0, 3]], np.float32),
    "headings": np.array([[0.5, 0.25]], np.float32),
    "bias": np.array([-1, -2], np.float32),
    "outputs": np.array([[[1, 0], [0, 2]], [[0, 1], [3, 0]], [[0, 0], [0, 0]], [[-1, -2], [-3, -4]]], np.float32),
    "fast": np.array([1, 0, 1, -0.5, -1, 0], np.float32),
    "light": np.array([0, 1, 1, 0], np.float32),
    "model": np.array([1, 0, 2, -1, -1, 0], np.float32),
}


def heads(**others: np.ndarray) -> Heads:
    return Heads(
        ("shut-off", "redress"), TERMS, HEADINGS, ARRAYS | others, {"fast": Cuts(0.1), "model": Cuts(0.1)}, "0" * 64
    )


def sigmoid(value: float) -> float:
    return float(1 / (1 + np.exp(-value)))


def test_words_and_headings_add_to_the_constant_of_each_label() -> None:
    assert heads().by_terms("The lamp", "Scope").tolist() == [0.5, -1.75]
    assert heads().by_terms("unknown", "").tolist() == [-1.0, -2.0]


def test_scoring_leaves_the_constants_as_they_are() -> None:
    heads().by_terms("lamp", "scope")

    assert ARRAYS["bias"].tolist() == [-1, -2]


def test_the_output_of_tuning_says_what_a_vector_proposes_and_what_it_only_talks_about() -> None:
    said = heads().by_vector(np.array([0, 1, 0], np.float32))

    assert said.tolist() == [[-1, -1], [0, -4]]


def test_many_vectors_score_as_each_does_alone() -> None:
    vectors = np.array([[1, 0, 0], [0.6, 0.8, 0], [0, 0, 1]], np.float32)

    assert by_vectors(ARRAYS["outputs"], vectors) == pytest.approx(
        np.array([heads().by_vector(vector) for vector in vectors]), abs=1e-5
    )


def test_signals_are_fused_by_the_weights_of_their_way() -> None:
    by_encoder = np.array([[1, 5, 0.5, 1], [0, 5, 2, 4]], np.float32)
    by_network = np.array([[1, 5, 0.5, 1], [0, 5, 1, 4]], np.float32)
    known = np.array([[1, 0.5], [0, -3]], np.float32)

    assert heads().fused(by_encoder, "fast") == pytest.approx([sigmoid(0), sigmoid(-1)], abs=1e-6)
    assert heads().fused(by_network, "model") == pytest.approx([sigmoid(0), sigmoid(-3)], abs=1e-6)
    assert heads().fused(known, "light") == pytest.approx([sigmoid(1.5), sigmoid(-2)], abs=1e-6)


@pytest.mark.parametrize("name", sorted(ARRAYS))
def test_an_array_of_another_shape_is_refused_by_name(name: str) -> None:
    array = ARRAYS[name]
    longer = np.concatenate([array, array], axis=-1)

    with pytest.raises(ValueError, match=f"array '{name}' has the shape"):
        heads(**{name: longer})


def test_a_confidence_becomes_log_odds_within_four() -> None:
    found = odds(np.array([0, 0.5, 1], np.float32))

    assert found == pytest.approx([-np.log(51), 0, np.log(51)], abs=1e-4)


def test_trained_heads_are_loaded_with_all_they_need(tiny: tuple[Path, Trained]) -> None:
    folder, trained = tiny

    loaded = load_from(folder)

    assert loaded.digest == trained.digest
    assert len(loaded.labels) == loaded.arrays["outputs"].shape[1]
    assert {array.dtype for array in loaded.arrays.values()} == {np.dtype(np.float32)}


@pytest.mark.parametrize("name", ["heads.npz", "heads.json", "terms.txt", "headings.txt"])
def test_a_missing_file_is_named_with_what_to_do(name: str, tiny: tuple[Path, Trained], tmp_path: Path) -> None:
    shutil.copytree(tiny[0], tmp_path, dirs_exist_ok=True)
    (tmp_path / name).unlink()

    with pytest.raises(MissingError, match=name) as caught:
        load_from(tmp_path)

    assert "impact train" in caught.value.hint


@pytest.mark.parametrize("name", ["heads.npz", "heads.json", "terms.txt", "headings.txt"])
@pytest.mark.parametrize("share", [0, 0.6])
def test_a_file_that_was_cut_short_is_an_error_with_what_to_do(
    name: str, share: float, tiny: tuple[Path, Trained], tmp_path: Path
) -> None:
    shutil.copytree(tiny[0], tmp_path, dirs_exist_ok=True)
    whole = (tmp_path / name).read_bytes()
    (tmp_path / name).write_bytes(whole[: int(share * len(whole))])

    with pytest.raises(MissingError, match="are damaged") as caught:
        load_from(tmp_path)

    assert "impact train" in caught.value.hint


@pytest.mark.parametrize("way", ["fast", "model"])
@pytest.mark.parametrize("name", ["gate", "anything", "threshold"])
def test_a_threshold_that_was_edited_is_refused(
    way: str, name: str, tiny: tuple[Path, Trained], tmp_path: Path
) -> None:
    shutil.copytree(tiny[0], tmp_path, dirs_exist_ok=True)
    cuts = json.loads((tmp_path / CARD).read_text(encoding="utf-8"))["cuts"]
    cuts[way][name] = 0.99
    _edit(tmp_path / CARD, "cuts", cuts)

    with pytest.raises(MissingError, match="their digest is") as caught:
        load_from(tmp_path)

    assert "impact train" in caught.value.hint


def _edit(card: Path, name: str, value: object) -> None:
    content = json.loads(card.read_text(encoding="utf-8"))
    card.write_text(json.dumps({**content, name: value}), encoding="utf-8")


@pytest.mark.parametrize("name", ["heads", "judging", "model", "features", "terms", "evidence"])
def test_the_module_loads_nothing_heavy(name: str) -> None:
    script = f"import sys, impact.classify.{name}; print({{'numpy', 'onnxruntime', 'sklearn'}} & sys.modules.keys())"

    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "set()"


def test_shipped_heads_were_trained_with_the_encoder_that_ships() -> None:
    card = json.loads((shelf("models") / "heads" / CARD).read_text(encoding="utf-8"))

    assert card["made_of"]["encoder"] == load_encoder().digest


@pytest.mark.parametrize("way", WAYS)
def test_nothing_is_said_of_a_clause_that_the_gate_keeps_from_the_network(way: str, tiny_heads: Heads) -> None:
    view = View(0, "The barge shall shut off every lamp of the crew", "Barges", {})

    def counts(gate: float) -> bool:
        lines = {**tiny_heads.cuts, way: Cuts(gate, 0.0, 0.0)}
        return bool(WAYS[way](replace(tiny_heads, cuts=lines), view).counts.any())

    assert counts(0.0)
    assert not counts(1.0)


def test_the_likeliest_label_is_said_where_all_together_make_something_likely() -> None:
    assert spoken(np.array([0.4, 0.35], np.float32), 0.5, 0.5).tolist() == [True, False]
    assert spoken(np.array([0.2, 0.2], np.float32), 0.5, 0.5).tolist() == [False, False]


def test_shipped_heads_were_fused_with_the_network_that_ships() -> None:
    card = json.loads((shelf("models") / "heads" / CARD).read_text(encoding="utf-8"))

    assert card["made_of"]["network"] == load_network().digest
