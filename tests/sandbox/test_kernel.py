"""What the kernel does for the sandbox: Landlock by its version, and the end of a child with its parent."""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Landlock and PDEATHSIG are Linux's")

LANDLOCKED = """
import os, signal, socket, sys
from impact.sandbox import landlock
known = landlock.version()
landlock.version = lambda: min(known, int(sys.argv[1]))
landlock.confine(landlock.Grounds(write=(sys.argv[2],)))
def attempt(name, action):
    try:
        action()
    except PermissionError:
        return
    print(name)
attempt("read", lambda: open("/etc/passwd"))
attempt("list", lambda: os.listdir("/"))
attempt("write outside", lambda: open(sys.argv[3], "w"))
open(os.path.join(sys.argv[2], "inside"), "w").close()
os.truncate(os.path.join(sys.argv[2], "inside"), 0)
attempt("truncate outside", lambda: os.truncate(sys.argv[4], 0))
attempt("signal", lambda: os.kill(os.getppid(), 0))
attempt("abstract socket", lambda: socket.socket(socket.AF_UNIX).connect(sys.argv[5]))
"""


@pytest.mark.parametrize("version", range(1, 8))
def test_landlock_alone_holds_what_its_version_promises(version: int, tmp_path: Path) -> None:
    from impact.sandbox import landlock

    if landlock.version() < version:
        pytest.skip(f"this kernel has version {landlock.version()} of Landlock")
    inside, kept, name = tmp_path / "inside", tmp_path / "kept", f"impact-{os.getpid()}-{version}"
    inside.mkdir()
    kept.write_text("kept")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("\0" + name)
        listening.listen()
        code = LANDLOCKED.replace("sys.argv[5]", repr("\0" + name))
        words = [sys.executable, "-c", code, str(version), str(inside), str(tmp_path / "new"), str(kept)]
        done = subprocess.run(words, capture_output=True, text=True, check=True)

    expected = {1: {"truncate outside"}, 2: {"truncate outside"}}.get(version, set[str]())
    expected |= {"signal", "abstract socket"} if version < landlock.SCOPING else set()
    assert set(done.stdout.splitlines()) == expected


LONG = """
import pathlib, sys
from impact.extract import read
read(pathlib.Path(sys.argv[1]))
"""


def test_a_child_that_is_at_work_ends_when_its_parent_is_killed(tmp_path: Path) -> None:
    path = tmp_path / "slow.html"
    path.write_text("<!DOCTYPE html><body>" + "<p>The operator shall log.</p>" * 900_000)
    with subprocess.Popen([sys.executable, "-c", LONG, str(path)]) as parent:
        children = Path(f"/proc/{parent.pid}/task/{parent.pid}/children")
        while not (found := children.read_text().split()):
            time.sleep(0.02)
        time.sleep(1)
        (child,) = found
        assert _is_at_work(child)
        parent.kill()
    end = time.monotonic() + 10
    while _is_at_work(child):
        assert time.monotonic() < end
        time.sleep(0.05)


def _is_at_work(number: str) -> bool:
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
