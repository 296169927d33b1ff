"""A batch on one machine: every document gets its result or its reason, and a second run does what is left."""

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from shutil import which
from typing import Any

import pytest

from impact.batch.naming import folder_of
from impact.batch.record import RecordOutcome, read_records
from impact.errors import ImpactError
from impact.extract import Options
from impact.paths import shelf

MOUNT, UMOUNT = which("mount") or "mount", which("umount") or "umount"
SAMPLES = shelf("corpora") / "proposals"
PATIENCE = 600
"""Seconds: a limit on time that no document reaches, on a busy machine either."""

Go = Callable[..., dict[str, Any]]
Said = Callable[[dict[str, Any]], dict[str, str]]


def test_each_document_gets_reports_and_a_record(folder: Callable[..., Path], go: Go, tmp_path: Path) -> None:
    go(folder("a.txt", "SG13/b.txt"))

    records = read_records(tmp_path / "out")
    assert [(record.name, record.outcome) for record in records] == [("SG13/b.txt", "done"), ("a.txt", "done")]
    for record in records:
        files = sorted(path.name for path in (tmp_path / "out" / record.folder).iterdir())
        assert files == ["record.json", "report.html", "report.json", "sketch.npz"]


def test_a_report_names_the_file_and_the_time_of_the_batch(folder: Callable[..., Path], go: Go, tmp_path: Path) -> None:
    go(folder("SG13/b.txt"))

    report = json.loads((tmp_path / "out" / folder_of("SG13/b.txt") / "report.json").read_text(encoding="utf-8"))
    assert report["document"]["source"] == "b.txt"
    assert report["provenance"]["made_at"] == "2026-01-02T03:04:05+00:00"


def test_a_file_that_cannot_be_read_is_named_with_stage_reason_and_hint(
    folder: Callable[..., Path], go: Go, tmp_path: Path
) -> None:
    root = folder("good.txt")
    (root / "broken.pdf").write_bytes(b"%PDF-1.7 and then nothing")
    (root / "empty.docx").touch()

    entries = go(root)

    assert {name: entry.stage for name, entry in entries.items()} == {
        "broken.pdf": "extract",
        "empty.docx": "open",
        "good.txt": "",
    }
    for record in read_records(tmp_path / "out"):
        assert record.outcome is RecordOutcome.DONE or (record.reason and record.hint)


def test_odd_names_are_no_trouble(text: Callable[[object], str], go: Go, tmp_path: Path) -> None:
    names = ["CON", "ä b.txt", "C.txt", "c.txt", "提案.txt", "n" * 240 + ".txt", "line\nbreak.txt", "-rf"]
    for name in [*names, os.fsdecode(b"no\xfftext.txt")]:
        path = tmp_path / "odd" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text(name.encode("utf-8", "replace")), encoding="utf-8")

    entries = go(tmp_path / "odd")

    assert {entry.outcome for entry in entries.values()} == {"done"}
    assert (
        sorted(entries)
        == sorted([*names, "no\ufffdtext.txt"])
        == sorted(record.name for record in read_records(tmp_path / "out"))
    )


def test_the_same_bytes_are_read_once_and_linked(
    folder: Callable[..., Path], go: Go, said: Said, tmp_path: Path
) -> None:
    root = folder("a.txt", "b.txt")
    (root / "c.txt").write_bytes((root / "a.txt").read_bytes())

    assert said(go(root)) == {"a.txt": "done", "b.txt": "done", "c.txt": "duplicate"}
    assert read_records(tmp_path / "out")[2].same_as == "a.txt"
    assert set(said(go(root)).values()) == {"unchanged"}


def test_a_second_run_does_only_what_is_new_changed_or_failed(
    folder: Callable[..., Path], text: Callable[[object], str], go: Go, said: Said
) -> None:
    root = folder("same.txt", "changed.txt")
    (root / "failed.pdf").write_bytes(b"%PDF-1.7 and then nothing")
    go(root)
    folder("new.txt")
    (root / "changed.txt").write_text(text("another"), encoding="utf-8")

    assert said(go(root)) == {"changed.txt": "done", "failed.pdf": "failed", "new.txt": "done", "same.txt": "unchanged"}


def test_only_failed_does_nothing_else(
    folder: Callable[..., Path], text: Callable[[object], str], go: Go, said: Said
) -> None:
    root = folder("same.txt", "changed.txt")
    (root / "failed.txt").touch()
    go(root)
    folder("new.txt")
    for name in ("changed.txt", "failed.txt"):
        (root / name).write_text(text(f"now {name}"), encoding="utf-8")

    assert said(go(root, only_failed=True)) == {
        "changed.txt": "skipped",
        "failed.txt": "done",
        "new.txt": "skipped",
        "same.txt": "skipped",
    }


def test_fresh_and_other_options_do_all_again(folder: Callable[..., Path], go: Go, said: Said) -> None:
    root = folder("a.txt")
    go(root)

    assert said(go(root)) == {"a.txt": "unchanged"}
    assert said(go(root, fresh=True)) == {"a.txt": "done"}
    assert said(go(root, options=Options(pdf_engine="pdfminer"))) == {"a.txt": "done"}
    assert said(go(root)) == {"a.txt": "done"}


def test_duplicates_of_a_document_that_changed_are_read_themselves(
    folder: Callable[..., Path], text: Callable[[object], str], go: Go, said: Said
) -> None:
    root = folder("b.txt")
    go(root)
    (root / "a.txt").write_bytes((root / "b.txt").read_bytes())
    assert said(go(root)) == {"a.txt": "duplicate", "b.txt": "unchanged"}
    (root / "b.txt").write_text(text("another"), encoding="utf-8")

    assert said(go(root)) == {"a.txt": "done", "b.txt": "done"}


def test_a_renamed_document_is_linked_to_its_earlier_result(
    folder: Callable[..., Path], go: Go, said: Said, tmp_path: Path
) -> None:
    root = folder("b.txt")
    go(root)
    (root / "b.txt").rename(root / "a.txt")

    assert said(go(root)) == {"a.txt": "duplicate"}
    assert [record.same_as for record in read_records(tmp_path / "out")] == ["b.txt", ""]


def test_a_result_is_kept_when_its_document_cannot_be_opened_any_more(
    folder: Callable[..., Path], go: Go, said: Said, tmp_path: Path
) -> None:
    root = folder("a.txt")
    go(root)
    (root / "a.txt").write_bytes(b"")

    assert said(go(root)) == {"a.txt": "failed"}
    assert [record.outcome for record in read_records(tmp_path / "out")] == ["done"]


def test_a_result_whose_report_is_gone_is_made_again(
    folder: Callable[..., Path], go: Go, said: Said, tmp_path: Path
) -> None:
    root = folder("a.txt")
    go(root)
    (tmp_path / "out" / folder_of("a.txt") / "report.html").unlink()

    assert said(go(root)) == {"a.txt": "done"}


def test_the_log_has_a_line_a_document_and_outlives_runs(folder: Callable[..., Path], go: Go, tmp_path: Path) -> None:
    root = folder("a.txt")
    go(root)
    with (tmp_path / "out" / "run.jsonl").open("a", encoding="utf-8") as log:
        log.write('{"event": "docum')  # killed while it wrote
    go(root)

    whole = [
        line for line in (tmp_path / "out" / "run.jsonl").read_text(encoding="utf-8").splitlines() if line[-1] == "}"
    ]
    events = [json.loads(line) for line in whole]
    assert [event["event"] for event in events] == ["start", "document", "end"] * 2
    assert [event["outcome"] for event in events if event["event"] == "document"] == ["done", "unchanged"]
    assert events[1].keys() == {
        "event", "at", "name", "outcome", "stage", "reason", "hint", "seconds", "pages", "level", "firm_level", "worker"
    }  # fmt: skip


@pytest.mark.long
def test_any_number_of_workers_gives_the_same_bytes(
    folder: Callable[..., Path], go: Go, tree: Callable[[Path], dict[str, bytes]], tmp_path: Path
) -> None:
    root = folder(*(f"{number}.txt" for number in range(6)))
    (root / "broken.pdf").write_bytes(b"%PDF-1.7 and then nothing")

    for workers in (1, 3):
        go(root, SAMPLES / "new-network.pdf", out=tmp_path / str(workers), workers=workers)

    assert tree(tmp_path / "1") == tree(tmp_path / "3")


@pytest.mark.long
def test_a_document_beyond_the_time_limit_costs_itself_only(
    folder: Callable[..., Path], long_text: str, go: Go
) -> None:
    root = folder("good.txt")
    (root / "an hour.txt").write_text(long_text, encoding="utf-8")

    entries = go(root, seconds=10)

    assert entries["good.txt"].outcome == "done"
    assert "took longer than 10 s" in entries["an hour.txt"].reason
    assert "--time-limit" in entries["an hour.txt"].hint or "more time" in entries["an hour.txt"].hint


def test_a_document_that_is_larger_than_the_memory_limit_costs_itself_only(folder: Callable[..., Path], go: Go) -> None:
    root = folder("good.txt")
    (root / "an ocean.txt").write_text("The exchange shall log.\n" * 4_000_000, encoding="utf-8")

    entries = go(root, memory=64 * 2**20, seconds=PATIENCE)

    assert entries["good.txt"].outcome == "done"
    assert "needs more" in entries["an ocean.txt"].reason
    assert "--memory-limit" in entries["an ocean.txt"].hint


@pytest.mark.long
def test_a_document_whose_analysis_is_beyond_the_memory_limit_costs_itself_only(
    folder: Callable[..., Path], go: Go
) -> None:
    root = folder("good.txt")
    clauses = (f"The exchange shall shut off any subscriber {number} in arrears.\n\n" for number in range(18_000))
    (root / "a sea.txt").write_text("".join(clauses), encoding="utf-8")

    entries = go(root, memory=64 * 2**20, seconds=PATIENCE)

    assert entries["good.txt"].outcome == "done"
    assert entries["a sea.txt"].stage == "analyze"
    assert "needs more" in entries["a sea.txt"].reason
    assert "--memory-limit" in entries["a sea.txt"].hint


@pytest.mark.long
def test_a_full_disk_stops_the_batch_and_keeps_what_is_finished(
    folder: Callable[..., Path], go: Go, said: Said, tmp_path: Path
) -> None:
    root = folder(*(f"{number}.txt" for number in range(6)))
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run([MOUNT, "-t", "tmpfs", "-o", "size=200k", "tmpfs", disk], check=False).returncode:
        pytest.skip("no small disk can be mounted here")
    try:
        with pytest.raises(ImpactError, match="no disk space left"):
            go(root, out=disk)
        kept = read_records(disk)
        subprocess.run([MOUNT, "-o", "remount,size=8m", disk], check=True)

        assert 0 < len(kept) < 6
        assert list(said(go(root, out=disk)).values()).count("unchanged") == len(kept)
    finally:
        subprocess.run([UMOUNT, disk], check=True)
