"""A process that reads one document at a time and can be killed without harm to others."""

import signal
from concurrent.futures import CancelledError, Future
from concurrent.futures.process import BrokenProcessPool
from threading import Thread
from time import monotonic
from typing import Any

from impact.batch.forking import context
from impact.batch.job import BatchJob, Done, Failed, FinishedJob, Setup
from impact.batch.stopping import end_with_parent
from impact.batch.work import ANALYZE, MORE_MEMORY, MORE_TIME, perform, warm

TASKS = 200
"""Documents after which a process makes room for a fresh one, so that nothing piles up. Source: project judgment."""

_GRACE = 2.0
"""Seconds beyond the limit before a process is killed, so that the reader's own, plainer word on its limit comes first.
Source: project judgment."""

_PATIENCE = 120.0
"""Seconds beyond the limit in which a process must have started and answered. Source: project judgment."""

_STARTS = 3
"""How often a document is given to a process that ends before it has begun. Source: project judgment."""


class Slot:
    """A place for one worker process, which is started when first needed and replaced when it ends.

    Each slot has a pool of its own: a process that is killed while it talks to its pool leaves the pool unusable, and
    then that is nobody else's.
    """

    def __init__(self, setup: Setup) -> None:
        self._setup = setup
        self._pool = _open(setup)
        self._job: BatchJob | None = None
        self._starts, self._began = 0, 0.0
        self.future: Future[Any] = Future()

    @property
    def busy(self) -> bool:
        """Whether a document is in it."""
        return self._job is not None

    def begin(self, job: BatchJob) -> None:
        """Give it a document."""
        self._job, self._starts, self._began = job, 0, monotonic()
        self._schedule(job)

    def outcome(self) -> FinishedJob | None:
        """Return what came of its document, and be free for another; None while it is at work."""
        job, overdue = self._job, monotonic() - self._began > self._setup.seconds + _PATIENCE
        if job is None or not (self.future.done() or overdue):
            return None
        answer = self._answer(job)
        if answer is None:
            return None
        self._job = None
        return FinishedJob(job.ticket, *answer)

    def close(self) -> None:
        """Kill the process with all that it started."""
        self._pool.stop()
        self._pool.join()

    def _schedule(self, job: BatchJob) -> None:
        self._starts += 1
        if not self._pool.active:  # its process was killed while it had nothing to do
            self._renew()
        self.future = self._pool.schedule(perform, (job, self._setup), timeout=self._setup.seconds + _GRACE)

    def _answer(self, job: BatchJob) -> tuple[Done | Failed, float, str] | None:
        """Return result, seconds and process; None if the document had to be given to another process."""
        from pebble import ProcessExpired

        file, spent = job.ticket.file, monotonic() - self._began
        try:
            answer: tuple[Done | Failed, float, str] = self.future.result(timeout=0)
        except TimeoutError:
            if not self.future.done():
                self._renew()
            reason = f"{file} took longer than {self._setup.seconds:g} s"
            return Failed(ANALYZE, reason, MORE_TIME), spent, ""
        except ProcessExpired as death:
            self._renew()
            return _death(file, death.exitcode, self._setup), spent, str(death.pid or "")
        except (BrokenProcessPool, RuntimeError, CancelledError, OSError):
            self._renew()
            if self._starts < _STARTS:
                self._schedule(job)
                return None
            reason = f"{file} could not be analyzed: {_STARTS} workers stopped before they started"
            hint = "Find out what stops processes on this machine; it may be out of memory"
            return Failed(ANALYZE, reason, hint), spent, ""
        return answer

    def _renew(self) -> None:
        """Leave the pool to itself, since what it shared with a killed process may be locked for ever."""
        old, self._pool = self._pool, _open(self._setup)
        old.stop()
        Thread(target=old.join, daemon=True).start()


def _death(file: str, code: int | None, setup: Setup) -> Failed:
    memory = f"{setup.memory // 2**20} MB"
    how = _signal(-code) if code is not None and code < 0 else f"exit status {code}"
    reason = f"{file} stopped its worker ({how}): it needs more than {memory}, or the process was killed"
    return Failed(ANALYZE, reason, MORE_MEMORY)


def _signal(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"


def _open(setup: Setup) -> Any:
    from pebble import ProcessPool

    return ProcessPool(1, max_tasks=TASKS, initializer=_begin, initargs=(setup,), context=context())


def _begin(setup: Setup) -> None:
    """Tie this process to the life of its parent, and warm it up."""
    end_with_parent()
    warm(setup)
