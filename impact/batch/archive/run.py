"""A run into an archive: sources are listed, those that changed go to workers in chunks, and receipts come back."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice, takewhile
from pathlib import Path
from uuid import uuid4

from impact import __version__
from impact.batch.archive.chunk import SourceChunk
from impact.batch.archive.engines import CHUNK_ENGINES
from impact.batch.archive.files import ArchiveFiles, open_archive
from impact.batch.archive.listing import ListedSource, list_sources
from impact.batch.archive.lists import with_rows
from impact.batch.archive.manifest import Manifest, manifest_of
from impact.batch.archive.results import WorkOrder
from impact.batch.archive.statuses import path_of
from impact.batch.job import Setup, Stop
from impact.batch.runlog import SKIPPED, UNCHANGED, DocumentEvent
from impact.batch.sources import check
from impact.batch.status.keeper import Renewal, StatusKeeper
from impact.batch.work import versions_of
from impact.extract import Options
from impact.provenance import provenance

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
        only_failed: Whether only those are read of which a document failed before.
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


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class RunHearer:
    """Who is told how a run goes.

    Attributes:
        begin: Told the number of sources that are to be read, once they are listed.
        tell: Told of the documents of each source when they are in the archive.
        clock: Returns the time.
    """

    begin: Callable[[int], None]
    tell: Callable[[Sequence[DocumentEvent]], None]
    clock: Callable[[], datetime] = _now


def run(plan: ArchivePlan, hearer: RunHearer, stop: Stop, renewal: Renewal | None = None) -> Counter[str]:
    """Do what a plan says and return how many documents had each outcome; a source that was never read counts as one.

    Once `stop`, which is asked often, says so, sources that are finished are settled and the rest is left.

    Raises:
        ImpactError: If a source, the archive or the cluster cannot be used; what is finished is kept.
    """
    versions = versions_of(provenance(plan.options, plan.by, plan.now))
    setup = Setup(plan.options, tuple(plan.by), plan.now, versions, plan.seconds, plan.memory, uuid4().hex)
    files = open_archive(plan.archive)
    order = WorkOrder(files.root if files.local else files.address, setup, __version__, plan.fresh)
    keeper = StatusKeeper(setup.batch, lambda data: files.put({path_of(setup.batch): data}), hearer.clock, renewal)
    check(plan.sources)
    with keeper.keeping(stop), _begun(files, plan, keeper) as manifest:
        sources = with_rows(list_sources(plan.sources, order.archive, plan.meeting), manifest)
        listed = takewhile(lambda _: not stop(), keeper.listing(sources))
        manifest.queue(listed, versions, fresh=plan.fresh, only_failed=plan.only_failed)
        queued, waiting = manifest.counts()
        keeper.begin(queued)
        (keeper.skip if plan.only_failed else keeper.pass_over)(queued - waiting)
        hearer.begin(waiting)
        return _left(plan, manifest) + _read(plan, order, manifest, keeper, hearer, stop)


@contextmanager
def _begun(files: ArchiveFiles, plan: ArchivePlan, keeper: StatusKeeper) -> Iterator[Manifest]:
    """Yield the manifest, once the archive says that a run goes on: nobody removes results then."""
    keeper.beat()
    with manifest_of(files, plan.state) as manifest:
        yield manifest


def _left(plan: ArchivePlan, manifest: Manifest) -> Counter[str]:
    """Return what is told of the documents of sources that are not read."""
    documents, lists = manifest.left()
    return Counter({SKIPPED if plan.only_failed else UNCHANGED: documents, "list": lists})


def _read(  # noqa: PLR0913, PLR0917 (the parts of a run)
    plan: ArchivePlan, order: WorkOrder, manifest: Manifest, keeper: StatusKeeper, hearer: RunHearer, stop: Stop
) -> Counter[str]:
    """Have the sources read that wait, and return how many documents had each outcome."""
    tally: Counter[str] = Counter()

    def given() -> Iterator[SourceChunk]:
        for chunk in chunks_of(manifest.waiting(), order.setup.batch, plan.workers or 1):
            keeper.give(len(chunk.sources))
            yield chunk

    with closing(
        CHUNK_ENGINES[plan.engine](given(), order, plan.workers, plan.scheduler, keeper.beating(stop))
    ) as receipts:
        for receipt in receipts:
            manifest.settle(receipt.token, receipt.sources)
            keeper.take(len(receipt.sources))
            for source in receipt.sources:
                for event in source.events:
                    tally[event.outcome] += 1
                    keeper.note(event.outcome)
                hearer.tell(source.events)
    return tally


def chunks_of(sources: Iterator[ListedSource], batch: str, workers: int) -> Iterator[SourceChunk]:
    """Yield sources in chunks, which grow with what was read: at most a quarter of a worker's part of it so far."""
    taken = number = 0
    while chunk := tuple(islice(sources, min(max(SMALLEST, taken // (4 * workers)), LARGEST))):
        yield SourceChunk(f"{batch}-{number:06}", chunk)
        taken, number = taken + len(chunk), number + 1
