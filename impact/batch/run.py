"""A batch from its sources to the records and reports in its output folder."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from time import monotonic
from uuid import uuid4

from impact.batch import cluster, local
from impact.batch.job import BatchJob, Done, Engine, Failed, FinishedJob, JobStream, Setup, Stop, Ticket
from impact.batch.ledger import Ledger, Passed
from impact.batch.naming import folder_of
from impact.batch.record import Record, RecordOutcome, record_in
from impact.batch.runlog import SKIPPED, UNCHANGED, DocumentEvent, Log
from impact.batch.sources import find
from impact.batch.status.keeper import StatusKeeper
from impact.batch.store import keep, opened, refused
from impact.batch.work import EXTRACT, versions_of
from impact.errors import ImpactError
from impact.extract import Limits, Options
from impact.provenance import provenance
from impact.reader.batchfile import checked_answer
from impact.reader.budget import NOTHING, ReaderBudget, SharedBudget
from impact.reader.cache import AnswerCache
from impact.reader.opinion import ReaderTerms
from impact.taxonomy import load

ENGINES: Mapping[str, Engine] = {"local": local.run, "dask": cluster.run}
"""Processes on this machine, or a cluster."""

ANSWERS = "answers"
"""Folder in the output with the answers of a second reader."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a batch is to do.

    Attributes:
        sources, out: See `impact.batch.sources.find`.
        now, by, seconds, memory: See `impact.batch.job.Setup`.
        engine: One of `ENGINES`.
        scheduler: Address of a dask scheduler; empty for a cluster on this machine.
        workers: Documents read at a time; 0 for one a core.
        terms: How a second reader is asked; the budget of its door is that of the whole run. None where there is none.
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
    terms: ReaderTerms | None = None


def run(
    plan: Plan, tell: Callable[[DocumentEvent], None], stop: Stop, keeper: StatusKeeper | None = None
) -> Counter[str]:
    """Do what a plan says and return how many documents had each outcome.

    What came of each document is told when it is on the disk. Once `stop`, which is asked often, says so, what is in
    flight is left and the rest is not begun. The keeper is told how far the run is.

    Raises:
        ImpactError: If a source or the output cannot be used, or the disk is full; what is finished is kept.
    """
    terms = plan.terms and plan.terms.keeping(plan.out / ANSWERS)
    versions = versions_of(provenance(plan.options, plan.by, plan.now), terms)
    setup = Setup(plan.options, tuple(plan.by), plan.now, versions, plan.seconds, plan.memory, uuid4().hex, terms)
    documents = find(plan.sources, plan.out)
    tally: Counter[str] = Counter()
    with opened(plan.out), closing(Log(plan.out)) as log:

        def note(event: DocumentEvent) -> None:
            log.document(event)
            tally[event.outcome] += 1
            tell(event)

        began, status = monotonic(), "failed"
        try:
            made_at = setup.now.isoformat(timespec="seconds")
            log.event("start", made_at=made_at, engine=plan.engine, workers=plan.workers, versions=versions)
            ledger = Ledger(plan.out, versions, fresh=plan.fresh, only_failed=plan.only_failed)
            results = _Results(plan.out, versions, note, _lender(plan.out, terms))
            jobs = results.jobs(ledger.go_through(documents, Limits().file_bytes), stop)
            jobs = keeper.counting(jobs) if keeper else jobs
            with closing(ENGINES[plan.engine](jobs, setup, plan.workers, plan.scheduler, stop)) as outcomes:
                for outcome in outcomes:
                    results.settle(outcome)
            status = "stopped" if stop() else "complete"
        finally:
            with suppress(ImpactError):
                log.event("end", status=status, seconds=round(monotonic() - began, 3), **tally)
    return tally


@dataclass(frozen=True, slots=True)
class _Results:
    """Where results go, the versions that make them, and who is told of each when it is on the disk.

    Attributes:
        lender: What a second reader may be asked and where its answers go; None where there is none.
    """

    out: Path
    versions: str
    note: Callable[[DocumentEvent], None]
    lender: "_Lender | None" = None

    def jobs(self, steps: Iterator[BatchJob | Record | Passed], stop: Stop) -> JobStream:
        """Yield the jobs, and settle what is no job on the way."""
        while not stop() and (step := next(steps, None)) is not None:
            if isinstance(step, BatchJob):
                yield from self.lender.funded(step, stop) if self.lender else (step,)
            elif isinstance(step, Record):
                keep(self.out, step, {})
                self.note(DocumentEvent(step.name, step.outcome.value))
            elif step.failed is None:
                self.note(DocumentEvent(step.name, SKIPPED if step.skipped else UNCHANGED))
            else:
                self.fail(Ticket(step.name, folder_of(step.name), ""), step.failed)

    def settle(self, outcome: FinishedJob) -> None:
        """Put what came of a job on the disk."""
        ticket, result = outcome.ticket, outcome.result
        if self.lender:
            self.lender.settle(outcome)
        if isinstance(result, Failed):
            self.fail(ticket, result, outcome.seconds, outcome.worker)
            return
        keep(self.out, replace(self._record(ticket, RecordOutcome.DONE), pending=result.pending), result.files)
        facts = (outcome.seconds, result.pages, result.level, result.firm_level, outcome.worker, result.unassessed)
        self.note(DocumentEvent(ticket.name, "done", "", "", "", *facts))

    def fail(self, ticket: Ticket, failed: Failed, seconds: float = 0.0, worker: str = "") -> None:
        """Keep why a document failed; a result of better days stays where that one cannot be opened, or was read again.

        It was read again for clauses without a second reading alone.
        """
        why = (failed.stage, failed.reason, failed.hint)
        prior = record_in(self.out, ticket.folder)
        same = prior and prior.pending and (prior.digest, prior.versions) == (ticket.digest, self.versions)
        if prior is None or prior.outcome is not RecordOutcome.DONE or (ticket.digest and not same):
            keep(self.out, self._record(ticket, RecordOutcome.FAILED, *why), {})
        self.note(DocumentEvent(ticket.name, "failed", *why, seconds=seconds, worker=worker))

    def _record(self, ticket: Ticket, outcome: RecordOutcome, *failure: str) -> Record:
        stage, reason, hint = failure or ("", "", "")
        record = Record(ticket.name, ticket.folder, ticket.digest, self.versions, outcome, stage, reason, hint)
        return replace(record, part_of=ticket.part_of, attached_to=ticket.attached_to, filed=ticket.filed)


@dataclass(frozen=True, slots=True)
class _Lender:
    """What a second reader may be asked in this run, and where answers go that a worker could not keep here."""

    shared_budget: SharedBudget
    answers: AnswerCache

    def funded(self, job: BatchJob, stop: Stop) -> JobStream:
        """Yield a job with its budget, and None as long as it has to wait for that."""
        while (budget := self.shared_budget.grant(job.ticket.folder)) is None:
            if stop():
                return
            yield None
        yield replace(job, budget=budget)

    def settle(self, outcome: FinishedJob) -> None:
        """Take back what was not spent; of a document that failed when it might have been asked about, nothing."""
        result = outcome.result
        if isinstance(result, Done):
            spent: ReaderBudget | None = result.spent
            with suppress(OSError):  # they would be asked for again
                self.answers.unpack(result.answers, partial(checked_answer, taxonomy=load()))
        else:
            spent = None if result.asked and result.stage != EXTRACT else NOTHING
        self.shared_budget.settle(outcome.ticket.folder, spent)


def _lender(out: Path, terms: ReaderTerms | None) -> _Lender | None:
    """Return who lends the budget of a run; make the folder of answers, by which workers know that they see it."""
    if terms is None:
        return None
    try:
        (out / ANSWERS).mkdir(exist_ok=True, mode=0o700)
    except OSError as error:
        raise refused(out, error) from error
    whole = ReaderBudget(terms.door.requests, terms.door.tokens)
    return _Lender(SharedBudget(whole), AnswerCache(out / ANSWERS, load()))
