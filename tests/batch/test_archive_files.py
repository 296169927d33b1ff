"""The files of an archive, in a folder and at an address."""

from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest

from impact.batch.archive.files import ArchiveFiles, folder_of_result, open_archive

Start = Callable[[Path], ArchiveFiles]
PLACES: dict[str, Start] = {
    "folder": lambda path: open_archive(str(path / "archive")),
    "file address": lambda path: open_archive(f"file://{path}/archive"),
    "memory": lambda _path: open_archive(f"memory://{uuid4().hex}/archive"),
}


@pytest.fixture(params=PLACES)
def files(request: pytest.FixtureRequest, tmp_path: Path) -> ArchiveFiles:
    return PLACES[request.param](tmp_path)


def test_what_was_put_is_there(files: ArchiveFiles) -> None:
    files.put({"results/a.json": b"one", "results/b.json": b"two"})

    assert files.get("results/a.json") == b"one"
    assert files.names("results") == ["a.json", "b.json"]
    assert files.get_all(["results/a.json", "results/b.json"]) == {"results/a.json": b"one", "results/b.json": b"two"}


def test_what_is_put_again_is_replaced(files: ArchiveFiles) -> None:
    files.put({"runs/a.json": b"one"})
    files.put({"runs/a.json": b"two"})

    assert files.get("runs/a.json") == b"two"
    assert files.names("runs") == ["a.json"]


def test_what_is_not_there_is_none_and_not_an_error(files: ArchiveFiles) -> None:
    files.put({"runs/a.json": b"one"})

    assert files.get("runs/b.json") is None
    assert files.names("nowhere") == []
    assert files.get_all(["runs/a.json", "runs/b.json"]) == {"runs/a.json": b"one"}
    assert files.get_all([]) == {}


def test_what_is_removed_is_gone_and_may_have_been_before(files: ArchiveFiles) -> None:
    files.put({"runs/a.json": b"one"})

    files.remove(["runs/a.json", "runs/b.json"])

    assert files.names("runs") == []


def test_a_half_of_a_file_is_never_listed(tmp_path: Path) -> None:
    files = open_archive(str(tmp_path))
    files.put({"runs/a.json": b"one"})
    (tmp_path / "runs" / ".b.json.0a.part").write_bytes(b"ha")

    assert files.names("runs") == ["a.json"]


def test_results_are_spread_over_folders_by_the_beginning_of_their_marks() -> None:
    assert folder_of_result("abcdef01") == "results/ab/cd/abcdef01"


def test_an_archive_may_have_marks_of_patterns_in_its_path(tmp_path: Path) -> None:
    files = open_archive(str(tmp_path / "SG13 [2026] *"))
    files.put({"runs/a.json": b"one"})

    assert files.get_all(["runs/a.json"]) == {"runs/a.json": b"one"}
