"""The processes that a test has to see end."""

from collections.abc import Iterable
from time import monotonic, sleep

import psutil


def still_running(processes: Iterable[psutil.Process], seconds: float) -> list[psutil.Process]:
    """Return which of them have not ended in time; what only waits to be buried, as where no init runs, has ended."""
    end, left = monotonic() + seconds, list(processes)
    while (left := [process for process in left if _runs(process)]) and monotonic() < end:
        sleep(0.02)
    return left


def _runs(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
