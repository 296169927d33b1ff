"""The queue of analyses: it outlasts a restart, and no two workers ever take the same job."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from impact.review.store.store import Store
from impact.review.store.tables import JobRow, ProposalRow, value_of
from impact.review.values.proposal import AnalysisJob, State
from impact.review.values.refusals import ConflictError

MOST_ATTEMPTS = 3
"""How often a job is begun that never came to an end. Source: project judgment; a file that kills the whole server
should do so seldom."""


def queue(session: Session, proposal: str, options: Mapping[str, str], now: datetime) -> None:
    """Put a job at the end of the queue."""
    chosen = dict(sorted(options.items()))
    session.add(JobRow(proposal=proposal, state=State.QUEUED.value, options=chosen, queued_at=now))


def claim(store: Store, worker: str, now: datetime, proposal: str = "") -> AnalysisJob | None:
    """Take the oldest job that waits (of this proposal, if given), for this worker alone; None if none waits.

    The name of the worker is any text that no other worker has.
    """
    query = select(JobRow).where(JobRow.state == State.QUEUED.value).order_by(JobRow.id).limit(1)
    if proposal:
        query = query.where(JobRow.proposal == proposal)
    with store.writing() as session:
        row = session.scalars(query.with_for_update(skip_locked=True)).first()
        if row is None:
            return None
        row.state, row.worker, row.started_at = State.RUNNING.value, worker, now
        row.attempts += 1
        _set_state(session, row.proposal, State.RUNNING, now)
        session.flush()
        return _value(row)


def report_stage(store: Store, job: AnalysisJob, stage: str) -> None:
    """Say what a job is at, for those who wait."""
    with store.writing() as session:
        _running(session, job).stage = stage


def fail(store: Store, job: AnalysisJob, reason: str, hint: str, now: datetime) -> None:
    """End a job without an analysis.

    Raises:
        ConflictError: If the job is no longer this worker's.
    """
    with store.writing() as session:
        row = _running(session, job)
        row.state = State.FAILED.value
        _set_state(session, row.proposal, State.FAILED, now, (reason or "unknown", hint))


def finish(session: Session, job: AnalysisJob) -> None:
    """Mark a job as done, within the session in which its analysis is kept.

    Raises:
        ConflictError: If the job is no longer this worker's.
    """
    _running(session, job).state = State.DONE.value


def queue_again(store: Store, now: datetime, worker: str | None = None) -> int:
    """Put back into the queue what was running when a server stopped; return how many jobs that were.

    A job that was begun `MOST_ATTEMPTS` times fails instead. If `worker` is given, only what workers took whose names
    begin with it: those of the server that starts again where several share a database.
    """
    query = select(JobRow).where(JobRow.state == State.RUNNING.value).order_by(JobRow.id).with_for_update()
    if worker is not None:
        query = query.where(JobRow.worker.startswith(worker, autoescape=True))
    count = 0
    with store.writing() as session:
        for row in session.scalars(query):
            if row.attempts >= MOST_ATTEMPTS:
                row.state = State.FAILED.value
                reason = f"the program stopped {row.attempts} times while reading this file"
                hint = "Save the document in another format"
                _set_state(session, row.proposal, State.FAILED, now, (reason, hint))
                continue
            row.state, row.worker, row.stage = State.QUEUED.value, "", ""
            _set_state(session, row.proposal, State.QUEUED, now)
            count += 1
    return count


def latest_of(store: Store, proposal: str) -> AnalysisJob | None:
    """Return the latest job of a proposal; None if it has none. The caller has asked whether one may see it."""
    with store.reading() as session:
        query = select(JobRow).where(JobRow.proposal == proposal).order_by(JobRow.id.desc())
        row = session.scalars(query).first()
        return _value(row) if row else None


def running_of(store: Store, proposals: Collection[str]) -> dict[str, AnalysisJob]:
    """Return the latest job of each of these proposals that has one, by id; as `latest_of` has it."""
    if not proposals:
        return {}
    with store.reading() as session:
        query = select(JobRow).where(JobRow.proposal.in_(tuple(proposals))).order_by(JobRow.id)
        return {row.proposal: _value(row) for row in session.scalars(query)}


def _running(session: Session, job: AnalysisJob) -> JobRow:
    row = session.scalars(select(JobRow).where(JobRow.id == job.id).with_for_update()).first()
    if row is None or row.state != State.RUNNING.value or row.worker != job.worker:
        hint = "Discard the result; another worker has the job, or the proposal was erased"
        raise ConflictError(f"job {job.id} is no longer assigned to {job.worker}", hint)
    return row


def _set_state(session: Session, proposal: str, state: State, now: datetime, why: tuple[str, str] = ("", "")) -> None:
    row = session.get_one(ProposalRow, proposal)
    row.state, row.updated, (row.reason, row.hint) = state.value, now, why


def _value(row: JobRow) -> AnalysisJob:
    return value_of(AnalysisJob, row, state=State(row.state), options=tuple(sorted(row.options.items())))
