"""A run into an archive: sources are listed, those that changed go to workers in chunks, and receipts come back."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path
from uuid import uuid4

from impact import __version__
from impact.batch.archive.chunk import SourceChunk
from impact.batch.archive.engines import CHUNK_ENGINES
from impact.batch.archive.files import open_archive
from impact.batch.archive.listing import ListedSource, list_sources
from impact.batch.archive.lists import with_rows
from impact.batch.archive.manifest import manifest_of
from impact.batch.archive.results import UNCHANGED, WorkOrder
from impact.batch.job import Setup, Stop
from impact.batch.runlog import DocumentEvent
from impact.batch.sources import check
from impact.batch.work import versions_of
from impact.extract import Options
from impact.pipeline import provenance

SMALLEST, LARGEST = 4, 64
"""Sources of a chunk. Source: project judgment: 64 documents of two seconds are what the end of a run may wait for, and
what a killed worker reads again, though it does not analyze again what it has written."""


@dataclass(frozen=True, slots=True)
class ArchivePlan:
    """What a run is to do.

    Attributes:
        sources, meeting: See `impact.batch.archive.listing.list_sources`.
        archive: Path or address of the archive.
        now, by, seconds, memory: See `impact.batch.job.Setup`.
        engine, scheduler, workers: See `impact.batch.run.Plan`.
        state: Folder of this machine's copy of the manifest; None for the user's cache.
        fresh: Whether all sources are read and analyzed anew.
        only_failed: Whether only those are read of which a document failed.
    """

    sources: Sequence[str]
    archive: str
    now: datetime
    options: Options = field(default_factory=Options)
    by: tuple[str, ...] = ("model",)
    meeting: str = ""
    engine: str = "local"
    scheduler: str = ""
    workers: int = 0
    seconds: float = 120.0
    memory: int = 1536 * 2**20
    state: Path | None = None
    fresh: bool = False
    only_failed: bool = False


def run(
    plan: ArchivePlan, tell: Callable[[DocumentEvent], None], begin: Callable[[int], None], stop: Stop
) -> Counter[str]:
    """Do what a plan says and return how many documents had each outcome; a source that is not read counts as one.

    `begin` is told the number of sources that are to be read, and then `tell` of each document that is in the archive.

    Raises:
        ImpactError: If a source, the archive or the cluster cannot be used; what is finished is kept.
    """
    versions = versions_of(provenance(plan.options, plan.by, plan.now))
    setup = Setup(plan.options, tuple(plan.by), plan.now, versions, plan.seconds, plan.memory, uuid4().hex)
    files = open_archive(plan.archive)
    order = WorkOrder(files.root if files.local else files.address, setup, __version__, plan.fresh)
    tally: Counter[str] = Counter()
    check(plan.sources)
    with manifest_of(files, plan.state) as manifest:
        sources = with_rows(list_sources(plan.sources, order.archive, plan.meeting), manifest)
        manifest.queue(sources, versions, fresh=plan.fresh, only_failed=plan.only_failed)
        queued, waiting = manifest.counts()
        tally[UNCHANGED] += queued - waiting
        begin(waiting)
        chunks = chunks_of(manifest.waiting(), setup.batch, plan.workers or 1)
        with closing(CHUNK_ENGINES[plan.engine](chunks, order, plan.workers, plan.scheduler, stop)) as receipts:
            for receipt in receipts:
                manifest.settle(receipt.token, receipt.sources)
                for event in (event for source in receipt.sources for event in source.events):
                    tally[event.outcome] += 1
                    tell(event)
    return +tally


def chunks_of(sources: Iterator[ListedSource], batch: str, workers: int) -> Iterator[SourceChunk]:
    """Yield sources in chunks, which grow with what was read: at most a quarter of a worker's part of it so far."""
    taken = number = 0
    while some := tuple(islice(sources, min(max(SMALLEST, taken // (4 * workers)), LARGEST))):
        yield SourceChunk(f"{batch}-{number:06}", some)
        taken, number = taken + len(some), number + 1
