"""A dask scheduler and workers on loopback, each a process of its own that can be killed."""

import json
import subprocess
import sys
from pathlib import Path
from time import monotonic, sleep

import psutil

PATIENCE = 120


class DaskMachines:
    """A scheduler and its workers."""

    def __init__(self, folder: Path, workers: int = 2) -> None:
        self._file, self._folder = folder / "scheduler.json", folder
        self._processes: list[subprocess.Popen[bytes]] = []
        self.scheduler = self._begin("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
        end = monotonic() + PATIENCE
        while not self._file.exists():
            assert monotonic() < end, "the scheduler did not start"
            sleep(0.1)
        self.workers = [self.add_worker() for _ in range(workers)]

    @property
    def address(self) -> str:
        """The address of the scheduler."""
        address: str = json.loads(self._file.read_text(encoding="utf-8"))["address"]
        return address

    def add_worker(self) -> "subprocess.Popen[bytes]":
        """Start another worker, of one thread."""
        return self._begin("worker", "--nthreads", "1", "--no-dashboard", "--no-nanny")

    def end(self) -> None:
        """Kill all processes, and wait until what they started has ended."""
        for process in self._processes:
            below = psutil.Process(process.pid).children(recursive=True) if process.poll() is None else []
            process.kill()
            process.wait()
            psutil.wait_procs(below, timeout=PATIENCE)

    def _begin(self, kind: str, *options: str) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", f"distributed.cli.dask_{kind}", "--scheduler-file", str(self._file), *options]
        with (self._folder / f"{kind}-{len(self._processes)}.log").open("wb") as log:
            started = subprocess.Popen(command, stdout=log, stderr=log, cwd=self._folder)
        self._processes.append(started)
        return started
