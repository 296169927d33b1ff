"""Who reads the documents."""

from collections.abc import Iterator, Mapping

from impact.batch.job import BatchJob, Engine, FinishedJobs, Setup, Stop


def _local(jobs: Iterator[BatchJob], setup: Setup, workers: int, scheduler: str, stop: Stop) -> FinishedJobs:
    from impact.batch.local import run

    return run(jobs, setup, workers, scheduler, stop)


def _dask(jobs: Iterator[BatchJob], setup: Setup, workers: int, scheduler: str, stop: Stop) -> FinishedJobs:
    from impact.batch.cluster import run

    return run(jobs, setup, workers, scheduler, stop)


ENGINES: Mapping[str, Engine] = {"local": _local, "dask": _dask}
"""Processes on this machine, or a cluster."""
