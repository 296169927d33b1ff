"""Processes beside the server: they may die, hang or grow, and the page stays up."""

import signal
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

from impact.batch.forking import context
from impact.batch.stopping import end_with_parent

ENDING = 5
"""Seconds that a process may take to end once it is killed."""


def start(serve: Callable[[Connection], None], name: str) -> tuple[BaseProcess, Connection]:
    """Return a process that serves one end of a pipe, with the other end."""
    ours, theirs = Pipe()
    process: BaseProcess = context().Process(target=serve, args=(theirs,), name=name, daemon=False)
    process.start()
    theirs.close()
    return process, ours


def end(process: BaseProcess, pipe: Connection) -> None:
    """End a process, whatever it is at."""
    with suppress(OSError, ValueError):
        process.kill()
        process.join(ENDING)
    pipe.close()


def answer(pipe: Connection, reply: Callable[[Any], Any]) -> None:
    """Reply to what comes through a pipe, in a process of its own, until nothing more comes or the server ends."""
    end_with_parent()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the server's to hear
    with suppress(EOFError, OSError):
        while True:
            pipe.send(reply(pipe.recv()))
