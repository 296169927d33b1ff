"""`impact batch` as a person uses it."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from impact.batch.store import opened
from impact.cli import main

BROKEN = b"%PDF-1.7 and then nothing"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["batch", *(str(argument) for argument in arguments), "--by", "cues"])


def test_a_batch_says_where_its_results_are(folder: Callable[..., Path], tmp_path: Path) -> None:
    result = run(folder("a.txt", "b.txt"), "--out", tmp_path / "out")

    assert result.exit_code == 0
    assert result.stdout.startswith("2 documents: 2 done, 0 unchanged, 0 duplicate, 0 failed.")
    *lines, last = result.stderr.splitlines()
    told = [line.split(" (")[0].split(" ", 1) for line in lines]
    assert [number for number, _ in told] == ["[1/2]", "[2/2]"]
    assert {what for _, what in told} == {"done a.txt", "done b.txt"}
    assert last == f"Building the portfolio in {tmp_path / 'out'}"
    assert (tmp_path / "out" / "index.html").exists()


def test_quiet_prints_nothing_but_failures_one_line_each(folder: Callable[..., Path], tmp_path: Path) -> None:
    root = folder("a.txt")
    (root / "broken.pdf").write_bytes(BROKEN)
    (root / "empty\n.pdf").touch()

    result = run(root, "--out", tmp_path / "out", "--quiet")

    assert result.exit_code == 4
    assert result.stdout == ""
    assert [line.split(":")[1:3] for line in result.stderr.splitlines()] == [
        [" broken.pdf", " failed to extract"],
        [" empty\ufffd.pdf", " failed to open"],
    ]


def test_it_is_an_error_if_all_failed_or_nothing_was_there(tmp_path: Path) -> None:
    root = tmp_path / "meeting"
    root.mkdir()

    assert run(root, "--out", tmp_path / "out").exit_code == 1
    (root / "broken.pdf").write_bytes(BROKEN)
    assert run(root, "--out", tmp_path / "out").exit_code == 1


def test_a_list_of_documents_can_be_given(
    folder: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder("a.txt", "b.txt")
    listed = tmp_path / "list.txt"
    listed.write_text("meeting/b.txt\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    result = run("--list", listed, "meeting/a.txt", "--out", tmp_path / "out")

    assert result.stdout.startswith("2 documents: 2 done")


def test_the_summary_is_made_anew_from_the_results(folder: Callable[..., Path], tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(folder("a.txt"), "--out", out)
    (out / "index.html").unlink()

    assert run("--summary", out).exit_code == 0
    assert (out / "index.html").exists()
    assert len((out / "run.jsonl").read_text(encoding="utf-8").splitlines()) == 3


def test_a_summary_counts_what_a_killed_run_had_moved_away_for_a_new_result(
    folder: Callable[..., Path], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    run(folder("a.txt", "b.txt"), "--out", out)
    kept = next(out.glob("a.txt-*"))
    kept.rename(out / f".old-{kept.name}")

    run("--summary", out)

    assert "a.txt" in (out / "portfolio.csv").read_text(encoding="utf-8-sig")


def test_a_summary_waits_for_a_batch_at_work(folder: Callable[..., Path], tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(folder("a.txt"), "--out", out)

    with opened(out):
        result = run("--summary", out)

    assert result.exit_code == 1
    assert "another batch is running" in result.stderr


def test_only_failed_says_what_it_skipped(folder: Callable[..., Path], tmp_path: Path) -> None:
    run(folder("a.txt"), "--out", tmp_path / "out")

    result = run(folder("b.txt"), "--out", tmp_path / "out", "--only-failed")

    assert result.stdout.startswith("2 documents: 0 done, 0 unchanged, 2 skipped, 0 duplicate, 0 failed.")


def test_a_summary_of_nothing_is_told(tmp_path: Path) -> None:
    result = run("--summary", tmp_path)

    assert result.exit_code == 1
    assert "contains no batch results" in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [["a.txt"], ["--out", "x"], ["a.txt", "--out", "x", "--fresh", "--only-failed"], ["--summary"],
     ["a.txt", "--out", "x", "--scheduler", "tcp://h:1"], ["a.txt", "--out", "x", "--time-limit", "0"]],
)  # fmt: skip
def test_what_makes_no_sense_is_wrong_usage(arguments: list[str]) -> None:
    assert run(*arguments).exit_code == 2


def test_the_log_says_who_did_what(folder: Callable[..., Path], tmp_path: Path) -> None:
    run(folder("a.txt"), "--out", tmp_path / "out", "--workers", 1)

    start, document, end = (
        json.loads(line) for line in (tmp_path / "out" / "run.jsonl").read_text(encoding="utf-8").splitlines()
    )
    assert (start["event"], start["engine"], end["event"], end["status"]) == ("start", "local", "end", "complete")
    assert int(document["worker"]) > 0
    assert document["pages"] == 1
    assert document["level"] in {"high", "medium", "low", "none"}
