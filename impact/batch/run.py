"""A batch from its sources to the records and reports in its output folder."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from time import monotonic
from uuid import uuid4

from impact.batch.engines import ENGINES
from impact.batch.job import BatchJob, Done, Failed, FinishedJob, Setup, Stop
from impact.batch.ledger import Ledger, Passed
from impact.batch.naming import folder_of
from impact.batch.record import Record, RecordOutcome
from impact.batch.runlog import DocumentEvent, Log
from impact.batch.sources import find
from impact.batch.store import keep, opened, record_in
from impact.batch.work import versions_of
from impact.errors import ImpactError
from impact.extract import Limits, Options
from impact.pipeline import provenance

UNCHANGED, SKIPPED = "unchanged", "skipped"
"""What the log says of a document whose result was there already, and of one that was not looked at."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a batch is to do.

    Attributes:
        sources: See `impact.batch.sources.find`.
        out: The output folder.
        now: The time that stands in all reports.
        options: How to read.
        by: Names of the judges.
        engine: One of `impact.batch.engines.ENGINES`.
        scheduler: Address of a dask scheduler; empty for a cluster on this machine.
        workers: Documents read at a time; 0 for one a core.
        seconds: Time that one document may take.
        memory: Bytes that one document may take.
        fresh: Whether to do all again.
        only_failed: Whether to do only what failed before.
    """

    sources: Sequence[str]
    out: Path
    now: datetime
    options: Options = field(default_factory=Options)
    by: tuple[str, ...] = ("model",)
    engine: str = "local"
    scheduler: str = ""
    workers: int = 0
    seconds: float = 120.0
    memory: int = 1536 * 2**20
    fresh: bool = False
    only_failed: bool = False


def run(plan: Plan, tell: Callable[[DocumentEvent], None], stop: Stop) -> Counter[str]:
    """Do what a plan says and return how many documents had each outcome.

    Args:
        plan: The plan.
        tell: Called with what came of each document, when it is on the disk.
        stop: Asked often; once it says so, what is in flight is left and the rest is not begun.

    Raises:
        ImpactError: If a source or the output cannot be used, or the disk is full; what is finished is kept.
    """
    setup = _setup(plan)
    documents = find(plan.sources, plan.out)
    tally: Counter[str] = Counter()
    with opened(plan.out), closing(Log(plan.out)) as log:

        def note(event: DocumentEvent) -> None:
            log.document(event)
            tally[event.outcome] += 1
            tell(event)

        began, status = monotonic(), "failed"
        try:
            log.event(
                "start",
                made_at=setup.now.isoformat(timespec="seconds"),
                engine=plan.engine,
                workers=plan.workers,
                versions=setup.versions,
            )
            ledger = Ledger(plan.out, setup.versions, fresh=plan.fresh, only_failed=plan.only_failed)
            jobs = _jobs(ledger.go_through(documents, Limits().file_bytes), plan.out, setup.versions, note, stop)
            with closing(ENGINES[plan.engine](jobs, setup, plan.workers, plan.scheduler, stop)) as outcomes:
                for outcome in outcomes:
                    note(_settle(outcome, plan.out, setup.versions))
            status = "stopped" if stop() else "complete"
        finally:
            with suppress(ImpactError):
                log.event("end", status=status, seconds=round(monotonic() - began, 3), **tally)
    return tally


def _setup(plan: Plan) -> Setup:
    versions = versions_of(provenance(plan.options, plan.by, plan.now))
    return Setup(plan.options, tuple(plan.by), plan.now, versions, plan.seconds, plan.memory, uuid4().hex)


def _jobs(
    steps: Iterator[BatchJob | Record | Passed],
    out: Path,
    versions: str,
    note: Callable[[DocumentEvent], None],
    stop: Stop,
) -> Iterator[BatchJob]:
    """Yield the jobs, and note what is no job on the way."""
    while not stop() and (step := next(steps, None)) is not None:
        if isinstance(step, BatchJob):
            yield step
        elif isinstance(step, Record):
            keep(out, step, {})
            note(DocumentEvent(step.name, step.outcome.value))
        elif step.failed is None:
            note(DocumentEvent(step.name, SKIPPED if step.skipped else UNCHANGED))
        else:
            _keep_unopened(step.name, step.failed, out, versions)
            note(_failure(step.name, step.failed))


def _keep_unopened(name: str, failed: Failed, out: Path, versions: str) -> None:
    """Keep the record of a document that cannot be opened, unless a result of better days is there."""
    prior = record_in(out, folder_of(name))
    if prior is None or prior.outcome is not RecordOutcome.DONE:
        reason = (failed.stage, failed.reason, failed.hint)
        keep(out, Record(name, folder_of(name), "", versions, RecordOutcome.FAILED, *reason), {})


def _settle(outcome: FinishedJob, out: Path, versions: str) -> DocumentEvent:
    """Put what came of a job on the disk and return what to say of it."""
    ticket, result = outcome.ticket, outcome.result
    facts = (ticket.name, ticket.folder, ticket.digest, versions)
    if isinstance(result, Done):
        keep(out, Record(*facts, RecordOutcome.DONE), result.files)
        return DocumentEvent(
            ticket.name,
            RecordOutcome.DONE.value,
            seconds=outcome.seconds,
            pages=result.pages,
            level=result.level,
            firm_level=result.firm_level,
            worker=outcome.worker,
        )
    keep(out, Record(*facts, RecordOutcome.FAILED, result.stage, result.reason, result.hint), {})
    return _failure(ticket.name, result, outcome.seconds, outcome.worker)


def _failure(name: str, failed: Failed, seconds: float = 0.0, worker: str = "") -> DocumentEvent:
    return DocumentEvent(
        name, RecordOutcome.FAILED.value, failed.stage, failed.reason, failed.hint, seconds=seconds, worker=worker
    )
