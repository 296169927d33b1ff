"""The network for changes of this checkout."""

import json
import shutil
from pathlib import Path

import pytest

from impact.classify.networks import larger
from impact.classify.networks.adapted import AdaptedNetwork, load_adapted
from impact.classify.networks.changes import KINDS, MATTERS, STANCES, load
from impact.errors import MissingError
from impact.paths import shelf

FOLDER = shelf("models") / "network"
KEPT, LONGER = "Records of calls are kept for 30 days.", "Records of calls are kept for three years."


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Return a folder with the files of the network."""
    shutil.copytree(FOLDER, tmp_path / "network", ignore=shutil.ignore_patterns("*.py"))
    return tmp_path / "network"


def load_from(folder: Path) -> AdaptedNetwork:
    return load_adapted("changes", folder, larger.load())


def test_what_is_asked_gets_a_probability_for_each_answer() -> None:
    reading = load().change(KEPT, LONGER)
    for chances, names in ((reading.kinds, KINDS), (reading.matters, MATTERS), (load().stances(KEPT), STANCES)):
        assert tuple(chances) == names
        assert sum(chances.values()) == pytest.approx(1)


def test_a_longer_time_is_a_change_of_the_period_for_the_worse() -> None:
    reading = load().change(KEPT, LONGER)

    assert max(reading.kinds, key=lambda kind: reading.kinds[kind]) == "period"
    assert max(reading.matters, key=lambda meaning: reading.matters[meaning]) == "worse"


def test_a_rule_with_another_figure_is_the_same_rule() -> None:
    assert load().change(KEPT, LONGER).same > 0.5 > load().change(KEPT, "The antenna has a mast of steel.").same


def test_it_takes_the_weights_of_the_larger_network_from_its_file(copy: Path) -> None:
    assert (load_from(copy).outputs(KEPT, LONGER) == load().adapted.outputs(KEPT, LONGER)).all()
    assert (copy / "changes.onnx").stat().st_size < (copy / "labels.npz").stat().st_size / 4


def test_a_network_that_was_taught_to_another_one_is_refused(copy: Path) -> None:
    card = json.loads((copy / "changes.json").read_text(encoding="utf-8"))
    (copy / "changes.json").write_text(json.dumps(card | {"network": "0" * 64}), encoding="utf-8")

    with pytest.raises(MissingError, match="another larger network") as refused:
        load_from(copy)

    assert "export_adapted.py" in refused.value.hint


def test_a_folder_without_it_is_named(copy: Path) -> None:
    (copy / "changes.onnx").unlink()

    with pytest.raises(MissingError, match=r"changes\.onnx is missing"):
        load_from(copy)


def test_its_shared_layers_are_those_of_the_larger_network() -> None:
    assert load().adapted.network is larger.load()
