"""A batch in a dask cluster: the same bytes, and a lost worker loses nothing."""

import os
import signal
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from time import sleep
from typing import Any

import psutil
import pytest
from processes import still_running

from impact.batch.job import BatchJob, Done, Setup, Ticket
from impact.batch.record import read_records
from impact.batch.run import ENGINES
from impact.batch.station import leave, read_here
from impact.batch.work import versions_of
from impact.errors import ImpactError
from impact.extract import Options
from impact.provenance import provenance
from tests.hostile.make import make

pytestmark = pytest.mark.long

HOSTILE = {"cyclic-forms.pdf", "empty.pdf", "encrypted.pdf", "truncated.docx", "xxe.docx", "zip-bomb.docx"}
Go = Callable[..., dict[str, Any]]
Tree = Callable[[Path], dict[str, bytes]]

NOW = datetime(2026, 1, 2, tzinfo=UTC)


def test_a_cluster_gives_the_same_bytes(
    folder: Callable[..., Path], go: Go, tree: Tree, cluster: Any, tmp_path: Path
) -> None:
    root = folder(*(f"{number}.txt" for number in range(6)))
    (root / "broken.pdf").write_bytes(b"%PDF-1.7 and then nothing")
    (root / "copy.txt").write_bytes((root / "0.txt").read_bytes())

    go(root, out=tmp_path / "local")
    go(root, out=tmp_path / "dask", engine="dask", scheduler=cluster.scheduler_address)

    assert tree(tmp_path / "local") == tree(tmp_path / "dask")


@pytest.mark.parametrize("engine", ["local", "dask"])
def test_no_more_documents_are_held_than_two_a_worker(engine: str, cluster: Any, text: Callable[[object], str]) -> None:
    versions = versions_of(provenance(Options(), ("cues",), NOW))
    setup = Setup(Options(), ("cues",), NOW, versions, 600, 1 << 30, engine)
    taken, held = 0, []

    def jobs() -> Iterator[BatchJob]:
        nonlocal taken
        for number in range(10):
            taken += 1
            yield BatchJob(Ticket(f"{number}.txt", f"{number}.txt-1", ""), text(number).encode())

    for came, _ in enumerate(ENGINES[engine](jobs(), setup, 2, cluster.scheduler_address, lambda: False)):
        held.append(taken - came)

    assert len(held) == 10
    assert max(held) <= 2 * 2


@pytest.mark.parametrize("engine", ["local", "dask"])
def test_hostile_files_fail_by_name_and_leave_the_good_ones_as_they_are(
    engine: str, folder: Callable[..., Path], go: Go, tree: Tree, cluster: Any
) -> None:
    root = folder("a.txt", "b.txt", "c.txt")
    go(root, out=root.parent / "alone")
    for name in HOSTILE:
        make(name, root)
    scheduler = cluster.scheduler_address if engine == "dask" else ""

    entries = go(root, out=root.parent / "out", engine=engine, scheduler=scheduler)

    failed = {name: entry for name, entry in entries.items() if entry.outcome == "failed"}
    assert failed.keys() == HOSTILE
    assert all(entry.stage and entry.reason and entry.hint for entry in failed.values())
    assert tree(root.parent / "alone").items() <= tree(root.parent / "out").items()


def test_a_hostile_document_leaves_the_dask_worker_alone(
    folder: Callable[..., Path], long_text: str, go: Go, cluster: Any
) -> None:
    root = folder("a.txt", "b.txt")
    (root / "an hour.txt").write_text(long_text, encoding="utf-8")
    before = {nanny.pid for nanny in cluster.workers.values()}

    entries = go(root, engine="dask", scheduler=cluster.scheduler_address, seconds=20)

    assert {name: entry.outcome for name, entry in entries.items()} == {
        "a.txt": "done",
        "an hour.txt": "failed",
        "b.txt": "done",
    }
    assert {nanny.pid for nanny in cluster.workers.values()} == before


def test_a_dask_worker_killed_in_the_middle_loses_nothing(
    folder: Callable[..., Path], go: Go, cluster: Any, tmp_path: Path
) -> None:
    root = folder(*(f"{number:02}.txt" for number in range(10)))
    victim = next(iter(cluster.workers.values())).pid
    below = psutil.Process(victim).children(recursive=True)

    def stop() -> bool:
        if len(read_records(tmp_path / "out")) >= 2 and psutil.pid_exists(victim):
            os.kill(victim, signal.SIGKILL)
        return False

    entries = go(root, engine="dask", scheduler=cluster.scheduler_address, stop=stop)

    assert not psutil.pid_exists(victim)
    assert [entry.outcome for entry in entries.values()] == ["done"] * 10
    assert not still_running(below, 120)


def test_a_result_that_is_lost_before_it_is_fetched_is_made_again(cluster: Any, text: Callable[[object], str]) -> None:
    from distributed import Client

    versions = versions_of(provenance(Options(), ("cues",), NOW))
    setup = Setup(Options(), ("cues",), NOW, versions, 600, 1 << 30, "lost")
    jobs = (BatchJob(Ticket(f"{number}.txt", f"{number}.txt-1", ""), text(number).encode()) for number in range(6))
    outcomes = ENGINES["dask"](jobs, setup, 0, cluster.scheduler_address, lambda: False)
    came = [next(outcomes)]
    with Client(cluster.scheduler_address, set_as_default=False) as client:
        while any(client.processing().values()):
            sleep(0.1)
        assert any(client.has_what().values())

    for nanny in cluster.workers.values():
        os.kill(nanny.pid, signal.SIGKILL)
    sleep(0.5)  # the scheduler hears of it at once; new workers take longer
    came += outcomes

    assert sorted(one.ticket.name for one in came) == [f"{number}.txt" for number in range(6)]
    assert all(isinstance(one.result, Done) for one in came)


def test_a_cluster_whose_workers_are_gone_for_good_is_told(
    folder: Callable[..., Path], go: Go, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from distributed import LocalCluster

    monkeypatch.setattr("impact.batch.cluster._DESERTED", 1)
    root = folder(*(f"{number:02}.txt" for number in range(10)))
    with LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address="127.0.0.1:0", silence_logs=50) as left:

        def stop() -> bool:
            if read_records(tmp_path / "out"):
                left.scale(0)
            return False

        with pytest.raises(ImpactError, match="no worker"):
            go(root, engine="dask", scheduler=left.scheduler_address, stop=stop)

    assert read_records(tmp_path / "out")


def test_stopping_leaves_no_process_of_the_batch_in_the_cluster(
    folder: Callable[..., Path], go: Go, cluster: Any, tmp_path: Path
) -> None:
    root = folder(*(f"{number:02}.txt" for number in range(10)))

    entries = go(
        root, engine="dask", scheduler=cluster.scheduler_address, stop=lambda: len(read_records(tmp_path / "out")) >= 2
    )

    assert 2 <= len(entries) < 10
    names = [
        child.name()
        for nanny in cluster.workers.values()
        for child in psutil.Process(nanny.pid).children(recursive=True)
    ]
    assert len(names) <= 2 * len(cluster.workers)  # what forks and what counts semaphores stays


def test_the_next_batch_ends_the_processes_of_one_that_was_killed(
    text: Callable[[object], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("impact.batch.station._LONG", -1)
    versions = versions_of(provenance(Options(), ("cues",), NOW))
    first, second = (Setup(Options(), ("cues",), NOW, versions, 600, 1 << 30, name) for name in ("first", "second"))
    job = BatchJob(Ticket("a.txt", "a.txt-1", ""), text("a").encode())

    left, stays = (int(read_here(job, setup)[2]) for setup in (first, second))

    psutil.wait_procs([psutil.Process(left)] if psutil.pid_exists(left) else [], timeout=120)
    assert (psutil.pid_exists(left), psutil.pid_exists(stays)) == (False, True)
    leave("second")


def test_a_scheduler_that_does_not_answer_is_told(
    folder: Callable[..., Path], go: Go, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("impact.batch.cluster._PATIENCE", 1)

    with pytest.raises(ImpactError, match="no Dask cluster"):
        go(folder("a.txt"), engine="dask", scheduler="tcp://127.0.0.1:9")


def test_without_dask_it_is_said_what_to_install(
    folder: Callable[..., Path], go: Go, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)

    with pytest.raises(ImpactError, match=r"pip install 'impact-rights\[cluster\]'"):
        go(folder("a.txt"), engine="dask")
