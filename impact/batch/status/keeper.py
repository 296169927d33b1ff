"""Who writes how far a run is, and does what is due while it goes on."""

import os
import socket
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from time import monotonic
from typing import TypeVar

from impact.batch.status.run_status import RunState, RunStatus, to_json
from impact.errors import ImpactError

EVERY = 10.0
"""Seconds between two writings. Source: project judgment."""

SHARE = 20
"""Part of the time, one in so many, that the pages may take while a run goes on. Source: project judgment."""


@dataclass(frozen=True, slots=True)
class Renewal:
    """What is made anew while a run goes on.

    Attributes:
        make: Makes it anew.
        seconds: Least time between two makings.

    Raises:
        ValueError: If there is no time between them.
    """

    make: Callable[[], None]
    seconds: float

    def __post_init__(self) -> None:
        if self.seconds <= 0:
            raise ValueError(f"pages renewed every {self.seconds} s")


Given = TypeVar("Given")


class StatusKeeper:
    """Counts what a run does, and now and then writes the counts and renews pages."""

    def __init__(
        self, run: str, write: Callable[[bytes], None], clock: Callable[[], datetime], renewal: Renewal | None = None
    ) -> None:
        self._write, self._clock, self._renewal = write, clock, renewal
        self._documents: Counter[str] = Counter()
        now = clock()
        self.status = RunStatus(run, socket.gethostname(), os.getpid(), RunState.LISTING, now, now)
        self._next, self._written = 0.0, False
        self._renew_at = monotonic() + (renewal.seconds if renewal else 0.0)
        self._changed = False

    def begin(self, sources: int) -> None:
        """Take in how many sources there are, 0 where that is not known; the reading begins now."""
        self.status = replace(self.status, state=RunState.RUNNING, sources=sources, started=self._clock())
        self._next = 0.0

    def listing(self, sources: Iterable[Given]) -> Iterator[Given]:
        """Yield sources as they are listed, and now and then write how many there are so far."""
        for source in sources:
            self.status = replace(self.status, sources=self.status.sources + 1)
            self.beat()
            yield source

    def give(self, sources: int) -> None:
        """Take in that sources were given to a worker."""
        self.status = replace(self.status, in_flight=self.status.in_flight + sources)

    def pass_over(self, sources: int) -> None:
        """Take in sources that needed no worker."""
        self.status = replace(self.status, unchanged=self.status.unchanged + sources)

    def skip(self, sources: int) -> None:
        """Take in sources that are left out, since only what failed before is read."""
        self.status = replace(self.status, skipped=self.status.skipped + sources)

    def counting(self, jobs: Iterator[Given | None]) -> Iterator[Given | None]:
        """Yield jobs, a source each, and take in that they were given to a worker."""
        for job in jobs:
            if job is not None:
                self.give(1)
            yield job

    def take(self, sources: int) -> None:
        """Take in that sources came back from a worker."""
        flying = max(self.status.in_flight - sources, 0)
        self.status = replace(self.status, in_flight=flying, finished=self.status.finished + sources)
        self._changed = True

    def note(self, outcome: str) -> None:
        """Take in the outcome of a document."""
        self._documents[outcome] += 1

    def beat(self) -> None:
        """Do what is due; called often. What fails is tried again the next time: it is no reason to end a run."""
        if monotonic() >= self._next:
            with suppress(ImpactError, OSError):
                self._put(self.status.state)
            self._next = monotonic() + EVERY
        if self._renewal and self._changed and monotonic() >= self._renew_at:
            began = monotonic()
            with suppress(ImpactError, OSError):
                self._renewal.make()
                self._changed = False
            self._renew_at = monotonic() + max(self._renewal.seconds, SHARE * (monotonic() - began))

    def beating(self, stop: Callable[[], bool]) -> Callable[[], bool]:
        """Return a way to ask whether to stop, which does what is due too."""

        def asked() -> bool:
            self.beat()
            return stop()

        return asked

    @contextmanager
    def keeping(self, stop: Callable[[], bool]) -> Iterator[None]:
        """Write at the end how the run ended, if anything was written of it before."""
        state = RunState.FAILED
        try:
            yield
            state = RunState.STOPPED if stop() else RunState.COMPLETE
        finally:
            if self._written:
                with suppress(ImpactError, OSError):  # what ended the run is said
                    self._put(state)

    def _put(self, state: RunState) -> None:
        status = replace(self.status, state=state, updated=self._clock(), documents=dict(self._documents))
        self.status = status if status.goes_on else replace(status, in_flight=0)
        self._written = True
        self._write(to_json(self.status))
