"""Who reads the documents."""

from collections.abc import Iterator, Mapping

from impact.batch.job import Engine, Job, Outcomes, Setup, Stop


def _local(jobs: Iterator[Job], setup: Setup, workers: int, scheduler: str, stop: Stop) -> Outcomes:
    from impact.batch.local import run

    return run(jobs, setup, workers, scheduler, stop)


def _dask(jobs: Iterator[Job], setup: Setup, workers: int, scheduler: str, stop: Stop) -> Outcomes:
    from impact.batch.cluster import run

    return run(jobs, setup, workers, scheduler, stop)


ENGINES: Mapping[str, Engine] = {"local": _local, "dask": _dask}
"""Processes on this machine, or a cluster."""
