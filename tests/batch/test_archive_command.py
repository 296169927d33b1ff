"""`impact batch --archive` as a person uses it."""

import json
from collections.abc import Callable
from pathlib import Path
from shutil import rmtree
from zipfile import ZipFile

import pytest
from click.testing import CliRunner, Result

from impact.cli import main


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["batch", *(str(argument) for argument in arguments)])


def test_a_batch_into_an_archive_says_what_came_of_it_and_makes_its_pages(
    folder: Callable[..., Path], tmp_path: Path
) -> None:
    root, archive = folder("SG13/a.txt", "SG13/b.txt"), tmp_path / "archive"
    (root / "SG13" / "broken.pdf").write_bytes(b"%PDF-1.7 and then nothing")
    options = ("--archive", archive, "--state", tmp_path / "state", "--by", "cues", "--watch", 1)

    first, second = run(root, *options), run(root, *options)

    assert (first.exit_code, second.exit_code) == (4, 0)
    assert first.stdout.startswith("3 documents: 2 done, 0 unchanged, 0 duplicate, 1 failed.")
    assert "broken.pdf: failed to extract" in first.stderr
    assert second.stdout.startswith("3 documents: 0 done, 3 unchanged, 0 duplicate, 0 failed.")
    assert 'http-equiv="refresh"' not in (archive / "index.html").read_text(encoding="utf-8")
    found = json.loads(run("status", archive, "--json").stdout)
    assert (found["state"], found["sources"], found["unchanged"]) == ("complete", 3, 3)


def test_results_go_into_a_folder_or_an_archive(folder: Callable[..., Path], tmp_path: Path) -> None:
    root = folder("a.txt")

    neither, both = run(root), run(root, "--out", tmp_path / "out", "--archive", tmp_path / "archive")

    assert neither.exit_code == both.exit_code == 2
    assert "--archive ADDRESS" in neither.stderr


def test_an_archive_without_a_document_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "meeting").mkdir()

    result = run(tmp_path / "meeting", "--archive", tmp_path / "archive", "--state", tmp_path / "state")

    assert result.exit_code == 1
    assert "contain no document" in result.stderr


@pytest.mark.parametrize(
    ("options", "refusal"),
    [
        (("--library", "."), "--library needs --out"),
        (("--reader", "file", "--reader-model", "m"), "--reader needs --out"),
        (("--summary",), "--summary needs --out"),
    ],
)
def test_what_an_archive_does_not_have_is_refused(
    folder: Callable[..., Path], tmp_path: Path, options: tuple[str, ...], refusal: str
) -> None:
    result = run(folder("a.txt"), "--archive", tmp_path / "archive", *options)

    assert result.exit_code == 2
    assert refusal in result.stderr
    assert not (tmp_path / "archive").exists()


@pytest.mark.parametrize("option", ["--meeting", "--state"])
def test_what_only_an_archive_has_is_refused_without_one(
    folder: Callable[..., Path], tmp_path: Path, option: str
) -> None:
    result = run(folder("a.txt"), "--out", tmp_path / "out", option, "x")

    assert result.exit_code == 2
    assert f"{option} needs --archive" in result.stderr
    assert not (tmp_path / "out").exists()


def test_progress_counts_sources_however_many_documents_each_has(tmp_path: Path, text: Callable[[object], str]) -> None:
    (tmp_path / "in").mkdir()
    with ZipFile(tmp_path / "in" / "late.zip", "w") as packed:
        for name in ("a.txt", "b.txt", "c.txt"):
            packed.writestr(name, text(name))
    (tmp_path / "in" / "z.txt").write_text(text("z"), encoding="utf-8")

    result = run(tmp_path / "in", "--archive", tmp_path / "archive", "--state", tmp_path / "state", "--by", "cues")

    shown = [line.split(" (")[0] for line in result.stderr.splitlines() if line.startswith("[")]
    assert shown == ["[1/2] done late.zip/a.txt", "[1/2] done late.zip/b.txt", "[1/2] done late.zip/c.txt",
                     "[2/2] done z.txt"]  # fmt: skip


def test_documents_of_unchanged_sources_are_counted_as_when_they_were_read(
    tmp_path: Path, text: Callable[[object], str]
) -> None:
    with ZipFile(tmp_path / "late.zip", "w") as packed:
        packed.writestr("a.txt", text("a"))
        packed.writestr("b.txt", text("b"))
    (tmp_path / "list.csv").write_text("TDoc,Title,Source\nC-83,On arrears,Exchange\n", encoding="utf-8")
    options = (tmp_path / "late.zip", tmp_path / "list.csv", "--archive", tmp_path / "archive", "--by", "cues")
    run(*options, "--state", tmp_path / "state")

    result = run(*options, "--state", tmp_path / "state")

    assert "0 done, 2 unchanged, 0 duplicate, 0 failed, 1 list of documents." in result.stdout


def test_only_failed_leaves_new_changed_and_unchanged_sources_alone(
    folder: Callable[..., Path], tmp_path: Path, text: Callable[[object], str]
) -> None:
    root = folder("changed.txt", "same.txt")
    (root / "broken.pdf").write_bytes(b"%PDF-1.7 and then nothing")
    options = ("--archive", tmp_path / "archive", "--state", tmp_path / "state", "--by", "cues")
    run(root, *options)
    (root / "changed.txt").write_text(text("another"), encoding="utf-8")
    (root / "new.txt").write_text(text("new"), encoding="utf-8")

    result = run(root, *options, "--only-failed")

    assert result.stdout.startswith("4 documents: 0 done, 0 unchanged, 3 skipped, 0 duplicate, 1 failed.")
    found = json.loads(run("status", tmp_path / "archive", "--json").stdout)
    assert (found["skipped"], found["unchanged"], found["finished"]) == (3, 0, 1)


def test_pages_that_an_earlier_run_did_not_make_are_made_though_nothing_is_read(
    folder: Callable[..., Path], tmp_path: Path
) -> None:
    root, options = folder("a.txt"), ("--archive", tmp_path / "archive", "--state", tmp_path / "state", "--by", "cues")
    run(root, *options)
    rmtree(tmp_path / "archive" / "pages")
    (tmp_path / "archive" / "index.html").unlink()

    result = run(root, *options)

    assert (result.exit_code, (tmp_path / "archive" / "index.html").is_file()) == (0, True)


def test_sources_that_are_only_lists_are_no_error(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("TDoc,Title,Source\nC-83,On arrears,Exchange\n", encoding="utf-8")

    result = run(tmp_path / "list.csv", "--archive", tmp_path / "archive", "--state", tmp_path / "state")

    assert (result.exit_code, "1 list of documents" in result.stdout) == (0, True)
