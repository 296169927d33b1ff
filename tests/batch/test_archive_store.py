"""A batch into an archive on an S3-compatible store, killed at any moment, with workers in a dask cluster."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import pytest
from dask_machines import DaskMachines
from object_store import ObjectStore, object_store

from impact.batch.archive.files import open_archive

pytestmark = pytest.mark.long

PATIENCE = 240
MANY = 24
Text = Callable[[object], str]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ObjectStore]:
    with object_store(tmp_path_factory.mktemp("store")) as started, pytest.MonkeyPatch.context() as patch:
        for name, value in started.environment.items():
            patch.setenv(name, value)
        yield started


@pytest.fixture
def bucket(store: ObjectStore, request: pytest.FixtureRequest, text: Text) -> str:
    """Return the address of a bucket with a meeting of documents, of which one is damaged."""
    assert store.endpoint
    files, name = remote(), f"bucket{abs(hash(request.node.name)) % 10**8}"
    files.mkdir(name)
    files.pipe({f"{name}/meeting/SG{n % 2}/{n:02}.txt": text(n).encode() for n in range(MANY)})
    files.pipe_file(f"{name}/meeting/SG0/broken.pdf", b"%PDF-1.7 and then nothing")
    return name


def remote() -> Any:
    from s3fs import S3FileSystem

    return S3FileSystem(use_listings_cache=False)


def begin(bucket: str, state: Path, *options: str) -> "subprocess.Popen[str]":
    archive = ("--archive", f"s3://{bucket}/archive", "--by", "cues", "--state", str(state))
    command = [sys.executable, "-m", "impact", "batch", f"s3://{bucket}/meeting", *archive, *options]
    return subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True)


def run(bucket: str, state: Path, *options: str) -> str:
    """Run a batch to its end and return what it prints last."""
    out, said = begin(bucket, state, *options).communicate(timeout=PATIENCE)
    return out or said


def results(bucket: str) -> list[str]:
    return list(remote().glob(f"{bucket}/archive/results/*/*/*/record.json"))


def sources(bucket: str) -> set[str]:
    """Return the sources of which the archive has receipts."""
    files = remote()
    texts = (files.cat_file(path).decode() for path in files.glob(f"{bucket}/archive/manifest/*"))
    return {line.split('"address": "')[1].split('"')[0] for text in texts for line in text.splitlines()}


def wait_for(happened: Callable[[], object]) -> None:
    end = monotonic() + PATIENCE
    while not happened():
        assert monotonic() < end
        sleep(0.1)


def test_a_store_says_when_results_were_written_and_has_no_more_of_them_once_removed(bucket: str) -> None:
    files, folder = open_archive(f"s3://{bucket}/archive"), "results/ab/cd/abcd"
    files.put({f"{folder}/report.html": b"<html>", f"{folder}/record.json": b"{}"})

    before = files.times_below("results/ab")
    files.remove_folder(folder, list(before))

    assert set(before) == {f"{folder}/report.html", f"{folder}/record.json"}
    assert all(time and abs(time - datetime.now(UTC)) < timedelta(hours=1) for time in before.values())
    assert files.times_below("results/ab") == {}


@pytest.fixture
def machines(store: ObjectStore, tmp_path: Path) -> Iterator[Callable[[], DaskMachines]]:
    """Return a way to start a scheduler and two workers."""
    assert store.endpoint
    clusters: list[DaskMachines] = []

    def start() -> DaskMachines:
        folder = tmp_path / f"cluster{len(clusters)}"
        folder.mkdir()
        clusters.append(DaskMachines(folder))
        return clusters[-1]

    yield start
    for cluster in clusters:
        cluster.end()


def test_an_unchanged_second_run_reads_no_source(bucket: str, store: ObjectStore, tmp_path: Path) -> None:
    first = run(bucket, tmp_path / "state")
    read = len(store.requests("GET", f"{bucket}/meeting/"))

    second = run(bucket, tmp_path / "another machine")

    assert first.startswith(f"{MANY + 1} documents: {MANY} done, 0 unchanged, 0 duplicate, 1 failed.")
    assert second.startswith(f"{MANY + 1} documents: 0 done, {MANY + 1} unchanged, 0 duplicate, 0 failed.")
    assert read == MANY + 1
    assert len(store.requests("GET", f"{bucket}/meeting/")) == read


def test_after_kill_9_of_the_client_nothing_that_is_written_is_analyzed_again(bucket: str, tmp_path: Path) -> None:
    started = begin(bucket, tmp_path / "state")
    wait_for(lambda: len(results(bucket)) >= 6)
    os.killpg(started.pid, signal.SIGKILL)
    started.communicate()
    written = len(results(bucket))

    said = run(bucket, tmp_path / "state")

    assert f"{MANY - written} done" in said
    assert len(results(bucket)) == MANY
    assert len(sources(bucket)) == MANY + 1


def test_two_runs_at_once_do_not_harm_each_other(bucket: str, tmp_path: Path) -> None:
    both = [begin(bucket, tmp_path / name) for name in ("one", "other")]

    said = [started.communicate(timeout=PATIENCE)[0] for started in both]

    assert all(line.startswith(f"{MANY + 1} documents: ") and line.count(" 1 failed") for line in said)
    assert len(results(bucket)) == MANY
    assert run(bucket, tmp_path / "one").startswith(f"{MANY + 1} documents: 0 done, {MANY + 1} unchanged")


def test_a_cluster_whose_worker_is_killed_finishes(
    bucket: str, machines: Callable[[], DaskMachines], tmp_path: Path
) -> None:
    cluster = machines()
    started = begin(bucket, tmp_path / "state", "--engine", "dask", "--scheduler", cluster.address)
    wait_for(lambda: len(results(bucket)) >= 4)

    cluster.workers[0].kill()

    assert started.communicate(timeout=PATIENCE)[0].startswith(f"{MANY + 1} documents: ")
    assert len(results(bucket)) == MANY
    assert len(sources(bucket)) == MANY + 1


def test_a_run_whose_scheduler_is_killed_says_so_and_goes_on_with_another(
    bucket: str, machines: Callable[[], DaskMachines], tmp_path: Path
) -> None:
    cluster = machines()
    started = begin(bucket, tmp_path / "state", "--engine", "dask", "--scheduler", cluster.address)
    wait_for(lambda: len(results(bucket)) >= 4)
    cluster.scheduler.kill()
    said = started.communicate(timeout=PATIENCE)[1]
    written = len(results(bucket))

    after = run(bucket, tmp_path / "state", "--engine", "dask", "--scheduler", machines().address)

    assert "Dask scheduler" in said
    assert "Traceback" not in said
    assert written < MANY
    assert after.startswith(f"{MANY + 1} documents: ")
    assert len(results(bucket)) == MANY
    assert len(sources(bucket)) == MANY + 1
