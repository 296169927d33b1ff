"""The process that analyzes hostile files."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Timer
from typing import Any

import pytest

SECONDS = 240
"""Time on the clock for one file, on a machine that has much else to do; only what hangs takes as long."""


class Analyst:
    """One process for many files, started anew after it had to be ended. `folder` is where it could write."""

    def __init__(self, folder: Path, **environment: str) -> None:
        self.folder = folder
        self._environment = environment
        self._child: subprocess.Popen[str] | None = None

    def analyze(self, path: Path) -> dict[str, Any]:
        """Return what came of the file; fails the test where that takes too long or ends in a traceback."""
        if self._child is None:
            self._child = self._start()
        assert self._child.stdin is not None
        assert self._child.stdout is not None
        timer = Timer(SECONDS, self._child.kill)
        timer.start()
        self._child.stdin.write(json.dumps(str(path)) + "\n")
        self._child.stdin.flush()
        answer = self._child.stdout.readline()
        timer.cancel()
        if not answer:
            self.close()
            pytest.fail(f"{path.name}: the analysis ended without an answer, by a failure or after {SECONDS} s")
        found: dict[str, Any] = json.loads(answer)
        return found

    def close(self) -> None:
        if self._child is not None:
            self._child.kill()
            self._child.communicate()
            self._child = None

    def _start(self) -> "subprocess.Popen[str]":
        kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
        places = dict.fromkeys(("HOME", "TMPDIR"), str(self.folder))
        return subprocess.Popen(
            [sys.executable, "-P", str(Path(__file__).with_name("attempt.py"))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=self.folder,
            env=kept | places | self._environment,
        )


@pytest.fixture(scope="session")
def analyst(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Analyst]:
    """Return the process of this worker."""
    started = Analyst(tmp_path_factory.mktemp("analyst"), ORT_DISABLE_TELEMETRY="1")
    yield started
    started.close()
