"""The engine for one machine."""

import os
from collections import deque
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait

from impact.batch.job import BatchJob, FinishedJobs, JobStream, Setup, Stop, at_hand
from impact.batch.slot import Slot

_TICK = 0.2
"""Seconds between two looks at whether to stop."""


def run(jobs: JobStream, setup: Setup, workers: int, _scheduler: str, stop: Stop) -> FinishedJobs:
    """Yield outcomes as they come; at most two jobs a worker are held at a time. See `impact.batch.job.Engine`."""
    slots = [Slot(setup) for _ in range(workers or cores())]
    ahead: deque[BatchJob] = deque()
    try:
        while not stop():
            ahead.extend(at_hand(jobs, len(slots) - len(ahead)))
            _fill(slots, ahead)
            busy = [slot for slot in slots if slot.busy]
            if not busy:
                return
            wait([slot.future for slot in busy], timeout=_TICK, return_when=FIRST_COMPLETED)
            outcomes = [outcome for slot in busy if (outcome := slot.outcome())]
            _fill(slots, ahead)
            yield from outcomes
    finally:
        with ThreadPoolExecutor(len(slots)) as closers:
            list(closers.map(Slot.close, slots))


def cores() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _fill(slots: list[Slot], ahead: deque[BatchJob]) -> None:
    for slot in slots:
        if ahead and not slot.busy:
            slot.begin(ahead.popleft())
