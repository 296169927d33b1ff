"""The engine for a dask cluster."""

import logging
import signal
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import CancelledError
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from itertools import chain, islice
from multiprocessing import resource_tracker
from time import monotonic, sleep
from typing import Any, Generic, TypeVar

from impact.batch.job import BatchJob, Failed, FinishedJob, FinishedJobs, JobStream, Setup, Stop, Ticket, at_hand
from impact.batch.local import cores
from impact.batch.station import leave, read_here
from impact.batch.work import ANALYZE
from impact.errors import ImpactError

RETRIES = 3
"""How often a document goes to another worker when something fails on the way. Source: project judgment; dask gives up
a document after as many workers were lost with it."""

_TICK = 0.05
"""Seconds between two looks at what has come."""

_PATIENCE = 30
"""Seconds to wait for the scheduler, for a first worker, and for a result that is ready. Source: project judgment."""

_DESERTED = 300.0
"""Seconds that a cluster may be without any worker before the batch gives up. Source: project judgment; a worker that
is started anew is back in less."""

_LARGEST = "1GB"
"""Size of what is sent at which dask warns; a document is sent whole, on purpose."""

_AGAIN = "Check the cluster and run the same command again; completed results are kept"


Item = TypeVar("Item")
Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class ClusterTask(Generic[Item, Key]):
    """What workers do.

    Attributes:
        function: Takes an item and the argument; the same module is on all workers.
        key: Returns of an item what is kept of it while it is in the cluster, and by what it is told.
        batch: Name of the run, which leaves the workers at the end.
    """

    function: Callable[[Item, Any], Any]
    argument: Any
    key: Callable[[Item], Key]
    batch: str


def run(jobs: JobStream, setup: Setup, workers: int, scheduler: str, stop: Stop) -> FinishedJobs:
    """Yield outcomes as they come; at most two jobs a thread of the workers are in the cluster at a time.

    See `impact.batch.job.Engine`. Without the address of a scheduler a cluster is started on this machine, when the
    first job is there. With one, `workers` does not matter.

    Raises:
        ImpactError: If dask is not installed, the scheduler cannot be reached or goes away, or all workers do and stay
            away.
    """
    task = ClusterTask(read_here, setup, _ticket, setup.batch)
    with closing(distribute(jobs, task, workers, scheduler, stop)) as answers:
        for ticket, answer in answers:
            if isinstance(answer, Exception):
                reason = f"{ticket.file} failed on the cluster: {type(answer).__name__}"
                hint = "Check the worker logs, then run again with --only-failed"
                yield FinishedJob(ticket, Failed(ANALYZE, reason, hint), 0.0, "")
            else:
                yield FinishedJob(ticket, *answer)


def _ticket(job: BatchJob) -> Ticket:
    return job.ticket


def distribute(
    items: Iterator[Item | None], task: ClusterTask[Item, Key], workers: int, scheduler: str, stop: Stop
) -> Generator[tuple[Key, Any], None, None]:
    """Yield the key of each item with what the task returned, or the exception that it raised; see `run`."""
    first = list(islice(items, 1))
    if not first or stop():
        return
    with ExitStack() as stack:
        client = _client(workers or cores(), scheduler, stack)
        try:
            yield from _go_through(client, chain(first, items), task, stop)
        finally:
            with suppress(Exception):  # workers that are gone have left too
                client.run(leave, task.batch)


def _go_through(
    client: Any, items: Iterator[Item | None], task: ClusterTask[Item, Key], stop: Stop
) -> Iterator[tuple[Key, Any]]:
    import distributed

    keys: dict[Any, Key] = {}
    coming, alive = distributed.as_completed(loop=client.loop), monotonic()
    try:
        while not stop():
            threads = _threads(client)
            alive = monotonic() if threads else alive
            if monotonic() - alive > _DESERTED:  # its documents would wait for ever
                raise ImpactError(f"the Dask cluster has had no worker for {_DESERTED:g} s", _AGAIN)
            for item in at_hand(items, max(2 * max(threads, 1) - len(keys), 0)):
                future = client.submit(task.function, item, task.argument, pure=False, retries=RETRIES)
                keys[future] = task.key(item)
                coming.add(future)
            if not keys:
                return
            for future in coming.next_batch(block=False):
                answer = _answer(future)
                if answer is None:
                    coming.add(future)
                    continue
                key = keys.pop(future)
                future.release()
                yield key, answer
            if not coming.has_ready():
                sleep(_TICK)
    finally:
        with suppress(Exception):  # with the scheduler gone there is nothing to cancel
            client.cancel(list(keys), force=True)


def _threads(client: Any) -> int:
    """Return how many threads the workers have; an error if the scheduler is gone."""
    try:
        return sum(client.nthreads().values())
    except (OSError, ValueError, RuntimeError, AttributeError) as error:
        raise ImpactError(f"the Dask scheduler stopped responding ({type(error).__name__}: {error})", _AGAIN) from error


def _answer(future: Any) -> Any:
    """Return what a finished future holds, or what was raised; None if its worker was lost before that came here.

    Then it is done again. A cancelled one is an error, which happens when the scheduler goes away.
    """
    try:
        if future.status == "lost":
            return None
        error = future.exception(timeout=_PATIENCE)
        return future.result(timeout=_PATIENCE) if error is None else error
    except TimeoutError:
        return None
    except CancelledError as gone:
        raise ImpactError("the Dask scheduler dropped documents that were in the cluster", _AGAIN) from gone


def _client(workers: int, scheduler: str, stack: ExitStack) -> Any:
    """Return a client of the scheduler, or of a cluster on this machine that ends with the stack."""
    try:
        import dask
        import distributed
        from distributed.utils import silence_logging_cmgr
    except ImportError as error:
        message = "--engine dask needs Dask, which is not installed"
        raise ImpactError(message, "pip install 'impact-rights[cluster]', or leave out --engine") from error
    stack.enter_context(silence_logging_cmgr(logging.CRITICAL))  # what it complains of is told in our words
    stack.enter_context(dask.config.set({"distributed.admin.large-graph-warning-threshold": _LARGEST}))
    where: Any = scheduler
    if not scheduler:
        kind = {"threads_per_worker": 1, "dashboard_address": "127.0.0.1:0", "silence_logs": logging.CRITICAL}
        with _deaf_children():
            where = stack.enter_context(distributed.LocalCluster(n_workers=workers, **kind))
    try:
        client = stack.enter_context(distributed.Client(where, timeout=_PATIENCE, set_as_default=False))
        client.wait_for_workers(1, timeout=_PATIENCE)
    except (OSError, ValueError, TimeoutError) as error:
        message = f"no Dask cluster with a worker responds at {scheduler or 'this machine'}"
        raise ImpactError(message, "Check the address, tcp://HOST:8786, and that workers are running") from error
    return client


@contextmanager
def _deaf_children() -> Iterator[None]:
    """Let processes started now not hear Ctrl-C, which a terminal sends to all; this one hears it and ends them."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # starting it later would open the ears again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
