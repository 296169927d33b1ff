"""Where chunks of sources are read: in processes of this machine, or on a dask cluster."""

from collections.abc import Callable, Generator, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import closing
from itertools import islice

from impact.batch.archive.chunk import SourceChunk, process
from impact.batch.archive.receipt import ChunkReceipt
from impact.batch.archive.results import WorkOrder
from impact.batch.cluster import ClusterTask, distribute
from impact.batch.job import Stop
from impact.batch.local import cores
from impact.batch.station import leave
from impact.errors import ImpactError

_TICK = 0.2
"""Seconds between two looks at whether to stop."""

SourceChunks = Iterator[SourceChunk]
ChunkReceipts = Generator[ChunkReceipt, None, None]
ChunkEngine = Callable[[SourceChunks, WorkOrder, int, str, Stop], ChunkReceipts]
"""Takes chunks, what holds for all, the number of workers, the address of a scheduler and when to stop, as
`impact.batch.job.Engine`; yields receipts as they come, of which a few chunks are ahead at a time."""


def run_here(chunks: SourceChunks, order: WorkOrder, workers: int, _scheduler: str, stop: Stop) -> ChunkReceipts:
    """Yield receipts of chunks that threads of this process go through; a child process each analyzes for them.

    Raises:
        ImpactError: If the archive cannot be used.
    """
    number = workers or cores()
    with ThreadPoolExecutor(number) as pool:
        at_work: set[Future[ChunkReceipt]] = set()
        try:
            while not stop():
                at_work |= {pool.submit(process, chunk, order) for chunk in islice(chunks, number - len(at_work))}
                if not at_work:
                    return
                finished, at_work = wait(at_work, timeout=_TICK, return_when=FIRST_COMPLETED)
                for future in finished:
                    yield future.result()
            leave(order.setup.batch)
            for future in at_work:
                yield future.result()  # of the sources that were finished
        finally:
            leave(order.setup.batch)


def run_on_cluster(chunks: SourceChunks, order: WorkOrder, workers: int, scheduler: str, stop: Stop) -> ChunkReceipts:
    """Yield receipts of chunks that the workers of a dask cluster go through; see `impact.batch.cluster.run`.

    Raises:
        ImpactError: If the cluster or, from its workers, the archive cannot be used.
    """
    task = ClusterTask(process, order, _token, order.setup.batch)
    with closing(distribute(chunks, task, workers, scheduler, stop)) as answers:
        for token, answer in answers:
            if isinstance(answer, ImpactError):
                raise answer
            if isinstance(answer, Exception):
                message = f"a worker of the cluster failed at chunk {token} ({type(answer).__name__}: {answer})"
                raise ImpactError(message, "Check the worker logs and run the same command again") from answer
            yield answer


def _token(chunk: SourceChunk) -> str:
    return chunk.token


CHUNK_ENGINES: Mapping[str, ChunkEngine] = {"local": run_here, "dask": run_on_cluster}
"""By the names of `impact.batch.run.ENGINES`."""
