"""The worker and its child: a document may take too long or end its process, and the queue goes on."""

import json
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from impact.review.store import analyses, erasing, jobs, proposals
from impact.review.store.store import open_store
from impact.review.values.proposal import State, StoredProposal, Submission
from impact.review.values.users import Role, User
from impact.web.server.settings import Settings
from impact.web.server.state import ServerState, key_of
from impact.web.server.worker import Worker

PATIENCE = 240
"""Seconds; other processes may keep the machine busy."""

PETRA = User("petra", Role.ADMINISTRATOR)
TEXT = b"1. Requirements\n\n1.1 The quay master shall shut off any subscriber in arrears.\n"
LONG = TEXT + b"".join(b"\n1.%d The quay master shall open quay %d at noon.\n" % (n, n) for n in range(2, 5000))
"""A document that is at work for some seconds, so that something can happen to it there."""


@pytest.fixture
def state(tmp_path: Path) -> Iterator[Callable[..., ServerState]]:
    """Return what makes the state of a server that does not run."""
    store = open_store(tmp_path)
    yield lambda **given: ServerState(store, Settings(**given), key_of(store.files), lambda: datetime.now(UTC))
    store.close()


def _submit(state: ServerState, data: bytes) -> StoredProposal:
    options = (("by", "cues"),)
    return proposals.submit(state.store, PETRA, Submission("quay.txt", data, options), state.now())[0]


def _ended(state: ServerState, one: StoredProposal, meanwhile: Callable[[str], Any] = lambda _: None) -> StoredProposal:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        found = proposals.get(state.store, PETRA, one.id)
        if found.state in {State.DONE, State.FAILED}:
            return found
        job = jobs.latest_of(state.store, one.id)
        meanwhile(job.stage if job else "")
        time.sleep(0.02)
    pytest.fail("it takes too long")


def test_a_document_that_takes_too_long_fails_with_that_reason(state: Callable[..., ServerState]) -> None:
    here = state(seconds=0.0001)
    one = _submit(here, TEXT)
    worker = Worker(here, 0)
    worker.start()
    found = _ended(here, one)
    worker.stop()
    assert found.state is State.FAILED
    assert found.reason == "quay.txt took longer than 0.0002 s"


def test_a_child_that_is_killed_costs_its_document_alone(state: Callable[..., ServerState]) -> None:
    here = state()
    first = _submit(here, LONG)
    worker = Worker(here, 0)
    worker.start()

    def kill(stage: str) -> None:
        """Kill the child when it has begun; the worker may have buried it already."""
        child = worker._process
        if stage and child is not None:
            child.kill()

    killed = _ended(here, first, kill)
    second = _submit(here, TEXT + b"\n1.2 The quay master shall open at noon.\n")
    here.queued.set()
    found = _ended(here, second)
    worker.stop()
    assert killed.state is State.FAILED
    assert "ended the process" in killed.reason
    assert found.state is State.DONE
    assert json.loads(analyses.read_file(here.store, PETRA, second.id, analyses.REPORT))["schema"] == "impact-report/1"


def test_a_document_that_is_erased_at_work_leaves_nothing_to_the_next_one(state: Callable[..., ServerState]) -> None:
    here = state()
    first = _submit(here, LONG)
    second = _submit(here, TEXT + b"\n1.2 The quay master shall open at noon.\n")
    worker = Worker(here, 0)
    worker.start()
    end = time.monotonic() + PATIENCE
    while proposals.get(here.store, PETRA, first.id).state is State.QUEUED:
        assert time.monotonic() < end
        time.sleep(0.02)
    erasing.erase(here.store, PETRA, first.id, here.now())
    found = _ended(here, second)
    worker.stop()
    assert found.state is State.DONE
    assert (
        json.loads(analyses.read_file(here.store, PETRA, second.id, analyses.REPORT))["document"]["id"] == second.digest
    )


def test_a_server_that_is_stopped_puts_its_work_back(state: Callable[..., ServerState]) -> None:
    here = state()
    one = _submit(here, LONG)
    worker = Worker(here, 0)
    worker.start()
    end = time.monotonic() + PATIENCE
    while proposals.get(here.store, PETRA, one.id).state is State.QUEUED:
        assert time.monotonic() < end
        time.sleep(0.02)
    worker.stop()
    again = jobs.queue_again(here.store, here.now(), "local/")
    assert again == 1
    assert proposals.get(here.store, PETRA, one.id).state is State.QUEUED
