"""Where the system, or a container around it, lacks Landlock or seccomp: it is said once, and servers refuse files."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Landlock and seccomp are Linux's")
MADE = str(Path(__file__).parents[1] / "made")
TEXT = "1. Requirements\n\n1.1 The quay shall shut off any subscriber in arrears.\n"
WITHOUT = {
    "landlock": "from taken_over import LANDLOCK, forbid; forbid(LANDLOCK)\n",
    "seccomp": "from taken_over import SECCOMP, forbid; forbid(SECCOMP)\n",
    "both": "from taken_over import LANDLOCK, SECCOMP, forbid; forbid((*LANDLOCK, *SECCOMP, 272))\n",  # 272: unshare
}
COMMAND = "from impact.cli import main; import sys; main(sys.argv[1:])"


def _run(code: str, *words: str, cwd: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    own = {name: value for name, value in os.environ.items() if name != "IMPACT_SANDBOX"}
    return subprocess.run(
        [sys.executable, "-c", code, *words],
        cwd=cwd,
        env=own | {"PYTHONPATH": MADE} | environment,
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )


@pytest.fixture
def quay(tmp_path: Path) -> Path:
    path = tmp_path / "quay.txt"
    path.write_text(TEXT)
    return path


@pytest.mark.parametrize("missing", ["landlock", "both"])
def test_what_a_hostile_file_could_do_without_landlock_is_found_by_trying(missing: str, tmp_path: Path) -> None:
    code = (
        WITHOUT[missing]
        + "from impact.sandbox.trial import try_out; import json\nprint(json.dumps(try_out().succeeded))"
    )
    found = json.loads(_run(code, cwd=tmp_path).stdout)

    assert {"read files", "list the current folder", "read the list of accounts"} <= set(found)
    assert ("connect to the network" in found) == (missing == "both")
    assert ("start processes" in found) == (missing == "both")


def test_without_landlock_the_command_line_says_so_once(quay: Path) -> None:
    other = quay.with_name("other.txt")
    other.write_text(TEXT.replace("quay", "lock"))
    words = ("analyze", quay.name, other.name, "--by", "cues", "--out", "report", "--quiet")
    done = _run(WITHOUT["landlock"] + COMMAND, *words, cwd=quay.parent)

    assert done.returncode == 0
    assert done.stderr.count("cannot hide your files") == 1


def test_without_landlock_a_batch_with_several_workers_says_so_once(quay: Path) -> None:
    for number in range(3):
        quay.with_name(f"{number}.txt").write_text(TEXT.replace("quay", f"lock {number}"))
    words = ("batch", ".", "--by", "cues", "--out", "../results", "--workers", "2")
    done = _run(WITHOUT["landlock"] + COMMAND, *words, cwd=quay.parent)

    assert done.returncode == 0
    assert done.stderr.count("cannot hide your files") == 1


@pytest.mark.parametrize("missing", ["landlock", "seccomp"])
def test_where_only_a_whole_sandbox_will_do_files_are_refused(missing: str, quay: Path) -> None:
    words = ("analyze", quay.name, "--by", "cues", "--out", "report")
    done = _run(WITHOUT[missing] + COMMAND, *words, cwd=quay.parent, IMPACT_SANDBOX="strict")

    assert done.returncode == 1
    assert "was not opened: this system cannot confine the process" in done.stderr
    assert not (quay.parent / "report").exists()


def test_with_the_whole_sandbox_a_strict_command_reads(quay: Path) -> None:
    words = ("analyze", quay.name, "--by", "cues", "--out", "report")
    done = _run(COMMAND, *words, cwd=quay.parent, IMPACT_SANDBOX="strict")

    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("missing", ["landlock", "both"])
def test_a_server_does_not_start_in_a_weaker_sandbox(missing: str, tmp_path: Path) -> None:
    words = ("serve", "--store", str(tmp_path / "store"), "--port", "0")
    done = _run(WITHOUT[missing] + COMMAND, *words, cwd=tmp_path)

    assert done.returncode == 1
    assert "the server was not started because a hostile document could read files" in done.stderr
    assert "--allow-weaker-sandbox" in done.stderr


@pytest.mark.long
@pytest.mark.parametrize("allowed", [True, False])
def test_a_server_reads_files_in_a_weaker_sandbox_only_if_that_is_allowed(*, allowed: bool, tmp_path: Path) -> None:
    httpx = pytest.importorskip("httpx")
    # The sandbox is whole when the server starts, and Landlock is taken away then, or it was never there.
    later = (
        "import impact.sandbox.trial as trial; real = trial.checked\n"
        "def checked(**options):\n    found = real(**options)\n    from taken_over import LANDLOCK, forbid\n"
        "    forbid(LANDLOCK)\n    return found\ntrial.checked = checked\n"
    )
    option = ["--allow-weaker-sandbox"] if allowed else []
    words = ["serve", "--store", str(tmp_path / "store"), "--port", "0", "--by", "cues", *option]
    code = (WITHOUT["landlock"] if allowed else later) + COMMAND
    own = {name: value for name, value in os.environ.items() if name != "IMPACT_SANDBOX"} | {"PYTHONPATH": MADE}
    with subprocess.Popen([sys.executable, "-c", code, *words], stderr=subprocess.PIPE, text=True, env=own) as process:
        assert process.stderr is not None
        try:
            lines = [process.stderr.readline()]
            if allowed:
                lines.append(process.stderr.readline())
            assert lines[-1].startswith("impact is running at"), lines
            with httpx.Client(base_url=lines[-1].split()[4], timeout=60) as client:
                client.post("/api/v1/proposals", files=[("files", ("quay.txt", TEXT.encode()))])
                listed = _finished(client)
        finally:
            process.terminate()
            process.wait(60)

    assert listed["state"] == ("done" if allowed else "failed")
    assert ("sandbox is incomplete" in lines[0]) == allowed


def _finished(client: object) -> dict[str, str]:
    end = time.monotonic() + 90
    while time.monotonic() < end:
        (proposal,) = client.get("/api/v1/proposals").json()["proposals"]  # type: ignore[attr-defined]
        if proposal["state"] in {"done", "failed"}:
            return dict(proposal)
        time.sleep(0.3)
    raise AssertionError("the document was not read in time")


DEAD = """
import os, sys, time
from impact.sandbox import confinement
parent = os.getpid()
if os.fork():
    os._exit(0)
while os.getppid() == parent:
    time.sleep(.01)
confinement.die_with(parent)
print("alive")
"""


def test_a_child_whose_parent_ended_before_it_was_ready_ends(tmp_path: Path) -> None:
    assert _run(DEAD, cwd=tmp_path).stdout == ""


BUSY = """
import os, re, sys
from multiprocessing.connection import Connection
from impact.web.server import process

if __name__ == "__main__":
    import busy
    child, pipe = process.start(busy.serve, "busy")
    pipe.send("")
    print(child.pid, pipe.recv(), flush=True)
    import time
    time.sleep(300)
"""
SERVE = """
import re
from impact.web.server import process


def serve(pipe):
    def reply(_):
        pipe.send("busy")
        re.match("(a*)*$", "a" * 60 + "b")  # for years, without letting go of the interpreter

    process.answer(pipe, reply)
"""


def test_a_worker_that_is_busy_in_a_library_ends_with_the_server(tmp_path: Path) -> None:
    pytest.importorskip("fastapi")
    (tmp_path / "busy.py").write_text(SERVE)
    (tmp_path / "main.py").write_text(BUSY)
    words, own = [sys.executable, str(tmp_path / "main.py")], os.environ | {"PYTHONPATH": str(tmp_path)}
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True, env=own) as server:
        assert server.stdout is not None
        number = int(server.stdout.readline().split()[0])
        assert Path(f"/proc/{number}").exists()
        server.kill()
    end = time.monotonic() + 20
    while Path(f"/proc/{number}/fd").exists() and _lives(number):
        assert time.monotonic() < end
        time.sleep(0.1)


def _lives(number: int) -> bool:
    try:
        return Path(f"/proc/{number}/stat").read_text().split(")")[-1].split()[0] != "Z"
    except OSError:
        return False
