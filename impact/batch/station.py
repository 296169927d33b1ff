"""What runs inside a dask worker: documents go on to a process that can be killed without harm to the worker."""

import multiprocessing
from collections import defaultdict
from concurrent.futures import wait
from contextlib import suppress
from multiprocessing.util import Finalize
from threading import Lock
from time import monotonic

from impact.batch.job import BatchJob, Done, Failed, Setup
from impact.batch.slot import Slot
from impact.batch.work import ANALYZE

_TICK = 0.2
"""Seconds between two looks at a document."""

_LONG = 300.0
"""Seconds after which the idle processes of a batch whose command was killed, and so never took leave, are ended by
the next batch; if it lives after all, it gets new ones. Source: project judgment."""

_EARLY = 100
"""Priority at the end of the process: before `multiprocessing` waits for children."""

_lock = Lock()
_slots: dict[str, list[Slot]] = defaultdict(list)
_idle: dict[str, list[tuple[float, Slot]]] = defaultdict(list)
_left: set[str] = set()


def read_here(job: BatchJob, setup: Setup) -> tuple[Done | Failed, float, str]:
    """Return what came of a document, the seconds it took, and the number of the process that did it."""
    slot = _take(setup)
    slot.begin(job)
    while (outcome := slot.outcome()) is None:
        if has_left(setup.batch):
            return Failed(ANALYZE, f"{job.ticket.file} was left", "Run the batch again"), 0.0, ""
        wait([slot.future], timeout=_TICK)
    with _lock:
        _idle[setup.batch].append((monotonic(), slot))
    return outcome.result, outcome.seconds, outcome.worker


def has_left(batch: str) -> bool:
    """Return whether a batch has left: what comes of its documents since then means nothing."""
    return batch in _left


def leave(batch: str) -> None:
    """End the processes of a batch, also those at work."""
    _left.add(batch)
    _end(batch)


def _end(batch: str) -> None:
    with _lock:
        _idle.pop(batch, None)
        slots = _slots.pop(batch, [])
    for slot in slots:
        with suppress(Exception):  # it ends in any case
            slot.close()


def _take(setup: Setup) -> Slot:
    for batch in [batch for batch in list(_idle) if batch != setup.batch and _forsaken(batch)]:
        _end(batch)
    with _lock:
        if _idle[setup.batch]:
            return _idle[setup.batch].pop()[1]
        if not _slots:
            # A worker under a nanny is a daemon, which multiprocessing forbids to have children since it would not end
            # them; here they are ended, and end themselves when their parent is gone.
            multiprocessing.current_process()._config["daemon"] = False  # type: ignore[attr-defined]  # noqa: SLF001
            Finalize(None, _leave_all, exitpriority=_EARLY)
        slot = Slot(setup)
        _slots[setup.batch].append(slot)
        return slot


def _forsaken(batch: str) -> bool:
    with _lock:
        idle, slots = _idle.get(batch, []), _slots.get(batch, [])
        return len(idle) == len(slots) and all(monotonic() - since > _LONG for since, _ in idle)


def _leave_all() -> None:
    for batch in list(_slots):
        leave(batch)
