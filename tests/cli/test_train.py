"""`impact train` on the command line."""

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from impact.classify.heads import load_from
from impact.cli import main
from impact.train.fit.train import Corpora, Trained


def run(corpora: Corpora, target: Path, *others: object) -> Result:
    places = ("--written", corpora.written, "--standards", corpora.standards, "--development", corpora.development)
    return CliRunner().invoke(main, ["train", *map(str, places), "--out", str(target), *map(str, others)])


@pytest.fixture(scope="module")
def alone(corpora: Corpora, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Result]:
    target = tmp_path_factory.mktemp("alone") / "heads"
    return target, run(corpora, target)


def test_training_without_documents_says_so_and_names_them(alone: tuple[Path, Result]) -> None:
    _, result = alone

    assert result.exit_code == 0
    assert "trained on 40 written and 0 real clauses" in result.stdout
    assert "3 documents were not available: canals.txt, ferries.txt, tides.txt" in result.stdout
    assert "not calibrated: none of the 0 available development clauses proposes a mechanism" in result.stdout
    assert "no real clause was available" in result.stdout
    assert "Give --documents" in result.stdout


def test_the_digest_and_place_of_the_heads_are_told(alone: tuple[Path, Result]) -> None:
    target, result = alone

    assert f"heads {load_from(target).digest[:16]} in {target}" in result.stdout


def test_the_steps_go_to_the_error_stream(alone: tuple[Path, Result]) -> None:
    _, result = alone

    assert "read the written clauses ..." in result.stderr
    assert "..." not in result.stdout


def test_the_command_trains_the_same_heads_as_the_function(
    alone: tuple[Path, Result], tiny: tuple[Path, Trained]
) -> None:
    assert load_from(alone[0]).digest == tiny[1].digest


@pytest.mark.long
def test_training_with_documents_says_what_was_calibrated_on(corpora: Corpora, tmp_path: Path) -> None:
    result = run(corpora, tmp_path, "--documents", corpora.written.parent / "documents")

    assert result.exit_code == 0
    assert "trained on 40 written and 30 real clauses" in result.stdout
    assert "calibrated on 15 development clauses" in result.stdout
    assert "not at hand" not in result.stdout


def test_an_empty_folder_of_written_clauses_is_an_error_in_one_line(corpora: Corpora, tmp_path: Path) -> None:
    result = run(corpora, tmp_path / "heads", "--written", tmp_path)

    assert result.exit_code == 1
    assert "holds no clause to train on" in result.stderr


def test_a_folder_that_is_not_there_is_wrong_usage(corpora: Corpora, tmp_path: Path) -> None:
    result = run(corpora, tmp_path / "heads", "--documents", tmp_path / "absent")

    assert result.exit_code == 2


def test_the_help_of_a_command_loads_nothing_heavy() -> None:
    heavy = ("numpy", "scipy", "sklearn", "onnxruntime", "pandas", "spacy")
    script = f"""
import sys
from click.testing import CliRunner
from impact.cli import main
for command in ([], ["train"], ["evaluate"], ["analyze"]):
    assert CliRunner().invoke(main, [*command, "--help"]).exit_code == 0
print([name for name in {heavy} if name in sys.modules])
"""

    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"
