"""How a run learns that it is to stop, and a child process that its parent is gone."""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import parent_process
from multiprocessing.connection import wait
from threading import current_thread, main_thread
from types import FrameType
from typing import Any


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
    """Wait until the parent of this process is gone, and kill this one then."""
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os.kill(os.getpid(), signal.SIGTERM if sys.platform == "win32" else signal.SIGKILL)
