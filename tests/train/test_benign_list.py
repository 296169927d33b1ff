"""Benign documents can be named in a list."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from impact.cli import main
from impact.errors import CorpusError
from impact.train.evaluation.alarms import read_benign_list


def test_a_list_names_files_below_a_folder(tmp_path: Path) -> None:
    (tmp_path / "codecs").mkdir()
    (tmp_path / "codecs" / "audio.txt").write_text("Frames of samples.", encoding="utf-8")
    listed = tmp_path / "benign.txt"
    listed.write_text("# quiet\n\ncodecs/audio.txt\n", encoding="utf-8")

    assert read_benign_list(listed, tmp_path) == (tmp_path / "codecs" / "audio.txt",)


def test_a_name_that_is_not_there_is_an_error_with_its_line(tmp_path: Path) -> None:
    listed = tmp_path / "benign.txt"
    listed.write_text("# quiet\nabsent.txt\n", encoding="utf-8")

    with pytest.raises(CorpusError, match=r"line 2: absent\.txt"):
        read_benign_list(listed, tmp_path)


def test_a_list_needs_the_folder_of_documents(tmp_path: Path) -> None:
    listed = tmp_path / "benign.txt"
    listed.write_text("", encoding="utf-8")
    clauses = tmp_path / "clauses.jsonl"
    clauses.write_text("", encoding="utf-8")

    outcome = CliRunner().invoke(main, ["evaluate", str(clauses), "--benign-list", str(listed)])

    assert outcome.exit_code != 0
    assert "--documents" in outcome.output
