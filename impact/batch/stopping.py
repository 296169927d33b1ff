"""How a run learns that it is to stop, and a child process that its parent is gone."""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing import parent_process
from multiprocessing.connection import wait
from threading import Thread, current_thread, main_thread
from types import FrameType
from typing import Any

_F_SETSIG = 10  # Source: Linux `asm-generic/fcntl.h`


class Wish:
    """The signal that asked for the end; 0 while none did."""

    signal = 0

    def __call__(self) -> bool:
        """Return whether to stop."""
        return bool(self.signal)


@contextmanager
def listening() -> Iterator[Wish]:
    """Turn the first SIGINT or SIGTERM into a wish; a second one is as before. Signals reach the main thread only."""
    wish = Wish()
    before: dict[int, Any] = {}

    def heard(number: int, _frame: FrameType | None) -> None:
        wish.signal = number
        for code, handler in before.items():
            signal.signal(code, handler)

    if current_thread() is main_thread():
        before = {code: signal.signal(code, heard) for code in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield wish
    finally:
        for code, handler in before.items():
            signal.signal(code, handler)


def end_with_parent() -> None:
    """From now on, end this process when its parent is gone.

    A thread waits for that. A process that is busy in a library may give it no time, so the system is asked too to kill
    the process when the line to its parent is cut.
    """
    parent = parent_process()
    if parent is not None:
        with suppress(ImportError, OSError):  # the thread is left
            _have_killed(parent.sentinel)
        Thread(target=_outlive, args=(parent.sentinel,), daemon=True).start()


def _have_killed(line: int) -> None:
    """Have the system kill this process when something happens to a line on which nothing is sent."""
    import fcntl

    if sys.platform == "linux":  # elsewhere the signal is SIGIO, which ends a process too
        fcntl.fcntl(line, _F_SETSIG, signal.SIGKILL)
    fcntl.fcntl(line, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(line, fcntl.F_SETFL, fcntl.fcntl(line, fcntl.F_GETFL) | os.O_ASYNC)


def _outlive(sentinel: int) -> None:
    """Wait until the parent of this process is gone, and kill this one then."""
    wait([sentinel])
    os.kill(os.getpid(), signal.SIGTERM if sys.platform == "win32" else signal.SIGKILL)
