"""A server that is killed in the middle of its work, as one process from outside."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

pytestmark = pytest.mark.long

DOCUMENTS = 6
TEXT = "1. Requirements\n\n1.1 The lock keeper of canal {} shall shut off any subscriber in arrears.\n"


@contextmanager
def _running(store: Path) -> Iterator[tuple["subprocess.Popen[str]", httpx.Client]]:
    """Run `impact serve` on a free port."""
    words = [sys.executable, "-m", "impact", "serve", "--store", str(store), "--port", "0", "--by", "cues"]
    words += ["--allow-weaker-sandbox"]
    with subprocess.Popen(words, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        try:
            line = next(line for line in process.stderr if "sandbox" not in line)
            assert line.startswith("impact is running at http://127.0.0.1:"), line
            with httpx.Client(base_url=line.split()[4], timeout=60) as client:
                yield process, client
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(120)


def _states(client: httpx.Client, state: str) -> int:
    total: int = client.get("/api/v1/proposals", params={"state": state}).json()["total"]
    return total


def _wait(until: Callable[[], bool], seconds: float) -> None:
    end = time.monotonic() + seconds
    while not until():
        assert time.monotonic() < end
        time.sleep(0.1)


def test_a_server_that_is_killed_finishes_all_when_it_starts_again(tmp_path: Path) -> None:
    files: Any = [("files", (f"{n}.txt", TEXT.format(n).encode())) for n in range(DOCUMENTS)]
    with _running(tmp_path) as (process, client):
        assert len(client.post("/api/v1/proposals", files=files).json()["files"]) == DOCUMENTS
        _wait(lambda: _states(client, "done") > 0, 120)
        os.kill(process.pid, signal.SIGKILL)
        process.wait(120)
    with _running(tmp_path) as (_, client):
        before = _states(client, "done")
        _wait(lambda: _states(client, "done") == DOCUMENTS, 240)
        failed = _states(client, "failed")
    assert before < DOCUMENTS
    assert failed == 0
