"""`impact match` as a person uses it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from impact.cli import main
from impact.paths import shelf

ORIGINAL, REISSUE = (shelf("corpora") / "reissues" / f"s2-p3-{part}.md" for part in ("original", "reissue"))


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["match", *map(str, arguments)])


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("known") / "library"
    assert run("--library", folder, "--add", ORIGINAL).exit_code == 0
    return folder


def test_a_reissue_is_named_and_written_down(library: Path, tmp_path: Path) -> None:
    result = run(REISSUE, "--library", library, "--out", tmp_path)

    assert result.exit_code == 0
    assert "1 of 1 document in the library may be the same proposal" in result.stdout
    assert json.loads((tmp_path / "match.json").read_text("utf-8"))["candidates"][0]["name"] == ORIGINAL.name
    assert "Provisions side by side" in (tmp_path / "match.html").read_text("utf-8")


def test_what_the_library_holds_is_not_analyzed_again(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("impact.pipeline.analyze", None)

    result = run("--library", library, "--add", ORIGINAL)

    assert result.exit_code == 0
    assert "This file is already in the library" in result.stdout
    assert len(list(library.glob("*/sketch.npz"))) == 1


def test_a_damaged_sketch_in_the_library_is_named_and_passed_over(tmp_path: Path) -> None:
    copy = tmp_path / "library"
    (copy / "broken").mkdir(parents=True)
    (copy / "broken" / "sketch.npz").write_bytes(b"nothing")

    result = run("--library", copy)

    assert result.exit_code == 0
    assert "is not a sketch of a proposal" in result.stderr


def test_an_absent_library_is_refused_with_what_to_do(tmp_path: Path) -> None:
    result = run(REISSUE, "--library", tmp_path / "none")

    assert result.exit_code == 1
    assert "--add FILE" in result.stderr


def test_a_file_that_is_not_there_is_named_and_the_others_are_done(library: Path, tmp_path: Path) -> None:
    result = run(tmp_path / "none.pdf", ORIGINAL, "--library", library)

    assert result.exit_code == 4
    assert "none.pdf" in result.stderr
