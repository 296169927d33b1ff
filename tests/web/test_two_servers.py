"""Two servers that share a PostgreSQL: one is killed in the middle of its work, and nothing is lost or doubled."""

import getpass
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Thread
from typing import Any

import httpx
import pytest

from impact.review.decide import reading
from impact.review.store import analyses, proposals
from impact.review.store.store import open_store
from impact.review.values.proposal import ProposalQuery, State
from impact.review.values.users import Role, User

pytestmark = pytest.mark.long

DOCUMENTS = 12
TEXT = "1. Requirements\n\n1.1 The lock keeper of canal {0} shall shut off any subscriber of canal {0} in arrears.\n"
ME = User(getpass.getuser(), Role.ADMINISTRATOR)
SECONDS = 240


@contextmanager
def _running(place: str, files: Path, name: str) -> Iterator[tuple["subprocess.Popen[str]", httpx.Client]]:
    """Run `impact serve` on a free port, under a name of its own."""
    words = [sys.executable, "-m", "impact", "serve", "--store", place, "--files", str(files), "--port", "0"]
    words += ["--by", "cues", "--name", name, "--allow-weaker-sandbox"]
    with subprocess.Popen(words, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        try:
            line = next(line for line in process.stderr if "sandbox" not in line)
            Thread(target=process.stderr.read, daemon=True).start()
            with httpx.Client(base_url=line.split()[4], timeout=60) as client:
                yield process, client
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(120)


def _submit(client: httpx.Client, numbers: range) -> None:
    files: Any = [("files", (f"{n}.txt", TEXT.format(n).encode())) for n in numbers]
    assert client.post("/api/v1/proposals", files=files).status_code == 200


def _total(client: httpx.Client, **query: str) -> int:
    total: int = client.get("/api/v1/proposals", params=query).json()["total"]
    return total


def _wait(until: Callable[[], bool]) -> None:
    end = time.monotonic() + SECONDS
    while not until():
        assert time.monotonic() < end
        time.sleep(0.1)


def _notes(client: httpx.Client, proposal: str, taken: list[str]) -> None:
    """Note one thing after another until the server is gone; those that it acknowledged are `taken`."""
    page = client.get(f"/p/{proposal}/desk").text
    csrf, subject = (re.search(rf'{name}="([^"]+)"', page) for name in ('name="csrf" value', "data-id"))
    assert csrf
    assert subject
    for number in range(10_000):
        form = {"csrf": csrf[1], "action": "note", "subject": subject[1], "text": f"Note {number}"}
        try:
            if client.post(f"/p/{proposal}/desk/decide", data=form).status_code == 303:
                taken.append(f"Note {number}")
        except httpx.TransportError:
            return


def test_one_of_two_servers_is_killed_and_nothing_is_lost_or_doubled(
    postgresql: Callable[[], str], tmp_path: Path
) -> None:
    place, files, taken = postgresql(), tmp_path / "files", list[str]()
    with ExitStack() as stack:
        _, other = stack.enter_context(_running(place, files, "other"))
        with _running(place, files, "killed") as (process, killed):
            _submit(killed, range(1))
            _wait(lambda: _total(other, state="done") == 1)
            proposal = other.get("/api/v1/proposals").json()["proposals"][0]["id"]
            writer = Thread(target=_notes, args=(killed, proposal, taken))
            writer.start()
            _submit(killed, range(1, DOCUMENTS // 2))
            _submit(other, range(DOCUMENTS // 2, DOCUMENTS))
            _wait(lambda: _total(other, state="done") > 3 and len(taken) > 5)
            os.kill(process.pid, signal.SIGKILL)
            process.wait(120)
            writer.join(60)
        at_kill = _total(other, state="done")
        stack.enter_context(_running(place, files, "killed"))
        _wait(lambda: _total(other, state="done") == DOCUMENTS)
        failed = _total(other, state="failed")
    with_all = open_store(place, files)
    stored = proposals.find(with_all, ME, ProposalQuery()).proposals
    analyzed = [len(analyses.list_all(with_all, ME, one.id)) for one in stored]
    noted = [event.decision.text for event in reading.list_events(with_all, ME, (proposal,))]
    with_all.close()
    words = [sys.executable, "-m", "impact", "review", "verify", "--store", place]
    verified = subprocess.run(words, capture_output=True, text=True, check=False)
    assert 3 < at_kill < DOCUMENTS
    assert failed == 0
    assert [one.state for one in stored] == [State.DONE] * DOCUMENTS
    assert analyzed == [1] * DOCUMENTS
    assert noted[: len(taken)] == taken
    assert len(noted) == len(set(noted)) <= len(taken) + 1  # the one that was on its way may have been saved
    assert verified.returncode == 0, verified.stdout + verified.stderr
