"""Temporary folders with documents that a killed server left are deleted; those of others and those in use are not."""

import os
import tempfile
from pathlib import Path

import pytest

from impact.web.server.leftovers import AGE, drop_leftovers

NOW = 1_750_000_000.0


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))


@pytest.mark.parametrize(
    ("name", "age", "stays"),
    [
        ("impact-upload-x", AGE + 60, False),
        ("impact-portfolio-x", AGE + 60, False),
        ("impact-doc-x", AGE + 60, False),
        ("impact-upload-x", AGE - 60, True),
        ("impact-pg-x", AGE + 60, True),
        ("other", AGE + 60, True),
    ],
)
def test_only_old_folders_of_this_program_are_deleted(tmp_path: Path, name: str, age: float, stays: bool) -> None:  # noqa: FBT001
    folder = tmp_path / name
    folder.mkdir()
    (folder / "document.txt").write_text("words", encoding="utf-8")
    os.utime(folder, (NOW - age, NOW - age))

    drop_leftovers(NOW)

    assert folder.exists() == stays


def test_a_link_in_place_of_a_folder_is_not_followed(tmp_path: Path) -> None:
    other = tmp_path / "kept"
    other.mkdir()
    (tmp_path / "impact-upload-x").symlink_to(other)
    os.utime(tmp_path / "impact-upload-x", (NOW - AGE - 60,) * 2, follow_symlinks=False)

    drop_leftovers(NOW)

    assert other.exists()
