"""Stopped at any moment: nothing finished is lost, nothing half is left, nothing runs on."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import wait
from datetime import UTC, datetime
from multiprocessing import active_children
from pathlib import Path
from time import monotonic, sleep

import psutil
import pytest
from processes import still_running

from impact.batch.job import BatchJob, Done, Failed, FinishedJob, Setup, Ticket
from impact.batch.record import read_records
from impact.batch.slot import Slot
from impact.batch.work import versions_of
from impact.extract import Options
from impact.provenance import provenance

NOW = datetime(2026, 1, 2, tzinfo=UTC)
PATIENCE = 120
MANY = 16


PAUSED = """
import os, signal, sys
from impact.cli import main

paused = []

def pause(event, values):
    path = str(values[0]) if event == "open" else ""
    if path.endswith(".part") and "status" not in path and not paused:
        paused.append(path)
        os.kill(os.getpid(), signal.SIGSTOP)

sys.addaudithook(pause)
signal.signal(signal.SIGINT, signal.default_int_handler)  # which a shell in the background takes away
sys.exit(main())
"""
"""The program, which stops itself once it begins to write a file of the portfolio, so that a signal finds it there."""


def start(root: Path, out: Path, *program: str) -> "subprocess.Popen[str]":
    words = program or ("-m", "impact")
    command = [sys.executable, *words, "batch", root, "--out", out, "--by", "cues", "--workers", "2"]
    return subprocess.Popen(
        command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, start_new_session=True
    )


def wait_for(happened: Callable[[], object]) -> None:
    end = monotonic() + PATIENCE
    while not happened():
        assert monotonic() < end
        sleep(0.02)


def gone(processes: list[psutil.Process]) -> None:
    assert not still_running(processes, PATIENCE)


def middle(root: Path, out: Path) -> tuple["subprocess.Popen[str]", list[psutil.Process]]:
    """Start a batch and return it, with all its processes, when some documents are finished."""
    started = start(root, out)
    wait_for(lambda: len(read_records(out)) >= 3)
    return started, psutil.Process(started.pid).children(recursive=True)


@pytest.fixture
def many(folder: Callable[..., Path]) -> Path:
    return folder(*(f"{number:02}.txt" for number in range(MANY)))


def test_after_kill_9_only_what_was_in_flight_is_done_again(
    many: Path, go: Callable[..., dict[str, object]], said: Callable[..., dict[str, str]], tmp_path: Path
) -> None:
    started, processes = middle(many, tmp_path / "out")

    os.killpg(started.pid, signal.SIGKILL)
    started.communicate()

    gone(processes)
    finished = {record.name for record in read_records(tmp_path / "out")}
    assert 3 <= len(finished) < MANY
    outcomes = said(go(many))
    assert {name for name, outcome in outcomes.items() if outcome == "unchanged"} == finished
    assert list(outcomes.values()).count("done") == MANY - len(finished)
    assert not [path for path in (tmp_path / "out").iterdir() if path.name.startswith((".part-", ".old-"))]


def test_kill_9_of_the_parent_alone_ends_its_workers_and_their_children(many: Path, tmp_path: Path) -> None:
    started, processes = middle(many, tmp_path / "out")

    started.kill()
    started.communicate()

    gone(processes)


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), pytest.param(signal.SIGTERM, 143, marks=pytest.mark.long)]
)
def test_a_signal_keeps_what_is_finished_and_says_how_to_go_on(
    many: Path, tmp_path: Path, number: signal.Signals, code: int
) -> None:
    started, processes = middle(many, tmp_path / "out")

    os.killpg(started.pid, number)
    _, said = started.communicate()

    assert started.returncode == code
    assert "Run the same command again" in said
    assert "impact batch --summary" in said
    assert "Traceback" not in said
    gone(processes)
    assert len(read_records(tmp_path / "out")) >= 3


@pytest.mark.long
def test_a_signal_while_the_portfolio_is_made_says_how_to_make_it(folder: Callable[..., Path], tmp_path: Path) -> None:
    started = start(folder("00.txt"), tmp_path / "out", "-c", PAUSED)
    wait_for(lambda: psutil.Process(started.pid).status() == psutil.STATUS_STOPPED)

    os.killpg(started.pid, signal.SIGINT)
    os.killpg(started.pid, signal.SIGCONT)
    _, said = started.communicate(timeout=PATIENCE)

    assert "Building the portfolio" in said
    assert started.returncode == 128 + signal.SIGINT
    assert "impact batch --summary" in said
    assert "Traceback" not in said
    assert not [path for path in (tmp_path / "out").iterdir() if path.name.endswith(".part")]


def outcome(slot: Slot, name: str, text: str) -> FinishedJob:
    slot.begin(BatchJob(Ticket(name, name, ""), text.encode()))
    while (came := slot.outcome()) is None:
        wait([slot.future], timeout=0.1)
    return came


@pytest.fixture
def setup() -> Setup:
    versions = versions_of(provenance(Options(), ("cues",), NOW))
    return Setup(Options(), ("cues",), NOW, versions, 600, 1 << 30, "test")


def test_a_worker_that_is_killed_costs_its_document_only(
    setup: Setup, text: Callable[[object], str], long_text: str
) -> None:
    slot, others = Slot(setup), set(active_children())
    slot.begin(BatchJob(Ticket("killed.txt", "killed.txt-1", ""), long_text.encode()))
    wait_for(slot.future.running)
    (worker,) = set(active_children()) - others
    assert worker.pid is not None
    jail = psutil.Process(worker.pid).children()

    os.kill(worker.pid, signal.SIGKILL)
    wait_for(slot.future.done)

    result = getattr(slot.outcome(), "result", None)
    assert isinstance(result, Failed)
    assert "SIGKILL" in result.reason
    gone(jail)
    assert isinstance(outcome(slot, "next.txt", text("next")).result, Done)
    slot.close()


def test_a_worker_that_is_killed_while_it_waits_costs_nothing(setup: Setup, text: Callable[[object], str]) -> None:
    slot = Slot(setup)
    first = outcome(slot, "first.txt", text("first"))
    os.kill(int(first.worker), signal.SIGKILL)

    second = outcome(slot, "second.txt", text("second"))

    assert isinstance(second.result, Done)
    assert second.worker != first.worker
    slot.close()


def test_a_worker_of_another_version_refuses(setup: Setup, text: Callable[[object], str]) -> None:
    from dataclasses import replace

    slot = Slot(replace(setup, versions="of another time"))

    result = outcome(slot, "a.txt", text("a")).result

    assert isinstance(result, Failed)
    assert "another version" in result.reason
    slot.close()


def test_workers_make_room_for_fresh_ones(
    setup: Setup, text: Callable[[object], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("impact.batch.slot.TASKS", 2)
    slot = Slot(setup)

    came = [outcome(slot, f"{number}.txt", text(number)) for number in range(5)]

    assert all(isinstance(each.result, Done) for each in came)
    assert len({each.worker for each in came}) == 3
    slot.close()
