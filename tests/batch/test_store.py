"""The output folder: whole results or none, one batch at a time."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from shutil import which

import pytest

from impact.batch.record import Record, RecordOutcome, read_records, to_json
from impact.batch.store import keep, opened
from impact.errors import ImpactError

MOUNT, UMOUNT = which("mount") or "mount", which("umount") or "umount"
RECORD = Record("a.txt", "a.txt-1", "ab", "v", RecordOutcome.DONE)
HOLD = """
import pathlib, sys
from impact.batch.store import opened
with opened(pathlib.Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run([MOUNT, "-t", "tmpfs", "-o", "size=256k", "tmpfs", disk], capture_output=True, check=False)
    if mounted.returncode:
        pytest.skip(f"no small disk can be mounted here: {mounted.stderr.decode().strip()}")
    yield disk
    subprocess.run([UMOUNT, disk], check=True)


def test_a_folder_is_replaced_as_a_whole(tmp_path: Path) -> None:
    keep(tmp_path, RECORD, {"report.json": b"old", "sketch.npz": b"old"})

    keep(tmp_path, RECORD, {"report.json": b"new"})

    assert {path.name: path.read_bytes() for path in (tmp_path / "a.txt-1").iterdir()} == {
        "report.json": b"new",
        "record.json": to_json(RECORD).encode(),
    }
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt-1"]


def test_what_a_killed_run_left_is_swept(tmp_path: Path) -> None:
    keep(tmp_path, RECORD, {"report.json": b"old"})
    (tmp_path / "a.txt-1").rename(tmp_path / ".old-a.txt-1")  # killed between the two renames
    (tmp_path / ".part-b.txt-2").mkdir()
    (tmp_path / ".part-b.txt-2" / "report.json").write_bytes(b"half")
    (tmp_path / ".index.html.part").write_bytes(b"half")

    with opened(tmp_path):
        pass

    assert read_records(tmp_path) == [RECORD]
    assert sorted(path.name for path in tmp_path.iterdir()) == [".lock", "a.txt-1"]


def test_two_batches_do_not_share_an_output(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", HOLD, tmp_path], stdin=-1, stdout=-1) as other:
        assert other.stdout is not None
        other.stdout.readline()
        with pytest.raises(ImpactError, match=f"another batch is running .*process {other.pid}"), opened(tmp_path):
            pass
        other.kill()
        other.communicate()

    with opened(tmp_path):  # the lock of a killed batch holds nobody up
        pass


def test_a_full_disk_keeps_what_is_finished_and_leaves_no_half(small_disk: Path) -> None:
    keep(small_disk, RECORD, {"report.json": b"x" * 100_000})

    with pytest.raises(ImpactError, match="no disk space left"):
        keep(
            small_disk, Record("b.txt", "b.txt-2", "cd", "v", RecordOutcome.DONE), {"report.json": os.urandom(500_000)}
        )

    assert read_records(small_disk) == [RECORD]
    assert [path.name for path in small_disk.iterdir()] == ["a.txt-1"]


def test_a_full_disk_keeps_the_result_that_was_to_be_replaced(small_disk: Path) -> None:
    keep(small_disk, RECORD, {"report.json": b"old"})

    with pytest.raises(ImpactError, match="no disk space left"):
        keep(small_disk, RECORD, {"report.json": os.urandom(500_000)})

    assert (small_disk / "a.txt-1" / "report.json").read_bytes() == b"old"


def test_an_output_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "out").touch()

    with pytest.raises(ImpactError, match="cannot be written to"), opened(tmp_path / "out"):
        pass
