"""Takes jobs from the queue of the store and has a child process do them, one after another."""

import logging
from datetime import timedelta
from threading import Event, Thread
from time import monotonic, time
from typing import Any

from impact.errors import ImpactError
from impact.present.cleaning import plain
from impact.review.decide import count, summary
from impact.review.store import analyses, blobs, erasing, filing, jobs
from impact.review.store.proposals import get
from impact.review.store.store import Store
from impact.review.values.proposal import AnalysisJob
from impact.review.values.refusals import ConflictError, UnknownError
from impact.web.server import briefs, memory, process
from impact.web.server.child import AnalysisFiles, Refusal, Task, serve
from impact.web.server.leftovers import drop_leftovers
from impact.web.server.state import ServerState

LOG = logging.getLogger("impact.web")
TICK = 1.0
"""Seconds between two looks at the queue; another server, or the command line, may have put something there."""

EXPIRY = timedelta(hours=1)
"""Between two looks at what is to be erased."""

LOOK = timedelta(minutes=1)
"""Between two looks at what others erased. Source: project judgment; the look asks the database for one number."""


class Worker:
    """A thread with a child process that is killed and replaced where a document takes too long or ends it."""

    def __init__(self, server: ServerState, number: int) -> None:
        self._server, self._name = server, f"{server.settings.server}/{number}/"
        self._stop = Event()
        self._thread = Thread(target=self._run, name=f"impact-worker-{number}", daemon=True)
        self._process: Any = None
        self._pipe: Any = None

    def start(self) -> None:
        """Begin to take jobs."""
        self._thread.start()

    def stop(self) -> None:
        """Take no more jobs; the one at work waits again when the server starts."""
        self._stop.set()
        self._server.queued.set()
        self._thread.join(timeout=10)
        self._kill()

    def _run(self) -> None:
        lost = False
        while not self._stop.is_set():
            try:
                if lost:
                    jobs.queue_again(self._server.store, self._server.now(), self._name)
                    lost = False
                job = jobs.claim(self._server.store, self._name, self._server.now())
                if job:
                    self._do(job)
                    continue
            except ConflictError as error:
                LOG.info("%s", error)
                # an erased document may have got answers of a second reader since
                filing.sweep(self._server.store, self._server.now() - filing.GRACE)
            except ImpactError as error:
                LOG.error("a worker could not go on; it tries again: %s", error)  # noqa: TRY400 (the message says it)
                lost = True
            except Exception:
                LOG.exception("a worker could not go on; it tries again")
                lost = True
            self._server.queued.wait(TICK)
            self._server.queued.clear()

    def _do(self, job: AnalysisJob) -> None:
        server = self._server
        try:
            stored = get(server.store, briefs.ITSELF, job.proposal)
            data = blobs.get(server.store.files, stored.digest)
        except UnknownError:
            return  # erased meanwhile
        except ImpactError as error:
            jobs.fail(server.store, job, error.message, error.hint, server.now())
            return
        source = plain(stored.source)
        terms = server.settings.terms
        if terms:
            terms = terms.keeping(blobs.answers_of(server.store.files, stored.digest))
        result = self._answer(
            job, Task(data, source, job.options, server.settings.seconds, terms, stored.listed), source
        )
        if isinstance(result, AnalysisFiles):
            self._keep(job, result)
        elif isinstance(result, Refusal):
            jobs.fail(server.store, job, plain(result.reason), plain(result.hint), server.now())

    def _keep(self, job: AnalysisJob, analysis: AnalysisFiles) -> None:
        try:
            analyses.save(self._server.store, job, analysis.files, self._server.now())
        except UnknownError:
            return  # erased meanwhile
        except ConflictError:
            raise
        except ImpactError as error:
            LOG.error("%s: %s", job.proposal, error)  # noqa: TRY400 (the message says it)
            jobs.fail(self._server.store, job, error.message, error.hint, self._server.now())
        else:
            self._summarize(job)

    def _summarize(self, job: AnalysisJob) -> None:
        """Store what lists show of the proposal of a job that is done; a page works it out where this fails."""
        try:
            briefs.summaries(self._server.store, [get(self._server.store, briefs.ITSELF, job.proposal)])
        except UnknownError:
            return  # erased meanwhile
        except ImpactError as error:
            LOG.error("%s: %s", job.proposal, error)  # noqa: TRY400 (the message says it)

    def _answer(self, job: AnalysisJob, task: Task, source: str) -> AnalysisFiles | Refusal | None:
        """Return what came of a task; None if the server stops meanwhile."""
        end, answer = monotonic() + task.longest, None
        try:
            self._open().send(task)
            while not self._stop.is_set():
                if monotonic() > end:
                    return Refusal(f"{source} took longer than {task.longest:g} s", "Split the document")
                if not self._pipe.poll(TICK / 4):
                    continue
                message = self._pipe.recv()
                if not isinstance(message, str):
                    answer = message
                    break
                jobs.report_stage(self._server.store, job, message)
        except (EOFError, OSError):
            return Refusal(f"{source} ended the process that analyzed it; it may need too much memory", "Split it")
        finally:
            if answer is None:  # what the child still has to say is not for the next document
                self._kill()
        return answer

    def _open(self) -> Any:
        if self._process is None or not self._process.is_alive():
            self._kill()
            self._process, self._pipe = process.start(serve, "impact-analysis")
        return self._pipe

    def _kill(self) -> None:
        if self._process is not None:
            process.end(self._process, self._pipe)
        self._process = self._pipe = None


class Sweeper:
    """A thread that erases what is kept no longer, after it has kept what lists need of older proposals.

    It also forgets what this process has in memory whenever a command or another server erased something.
    """

    def __init__(self, server: ServerState) -> None:
        self._server = server
        self._stop = Event()
        self._thread = Thread(target=self._run, name="impact-sweeper", daemon=True)

    def start(self) -> None:
        """Erase what is due, now and once an hour, and look once a minute what others erased."""
        self._thread.start()

    def stop(self) -> None:
        """Erase no more."""
        self._stop.set()
        self._thread.join(timeout=10)

    def _run(self) -> None:
        try:
            keep_missing(self._server.store)
        except Exception:
            LOG.exception("what lists need could not be kept; they answer more slowly")
        due, seen = monotonic(), -1
        while not self._stop.is_set():
            if monotonic() >= due:
                self._expire()
                due = monotonic() + EXPIRY.total_seconds()
            seen = self._forget_erased(seen)
            self._stop.wait(LOOK.total_seconds())

    def _expire(self) -> None:
        try:
            drop_leftovers(time())
            for proposal in erasing.expire(self._server.store, self._server.now()):
                LOG.info("erased %s, whose time had come or which a backup had brought back", proposal)
        except ImpactError as error:
            LOG.error("what is due could not be erased; it is tried again: %s", error)  # noqa: TRY400 (as above)
        except Exception:
            LOG.exception("what is due could not be erased; it is tried again")

    def _forget_erased(self, seen: int) -> int:
        """Return the last erasure in the chain; forget what is in memory if it is another than the one seen before."""
        try:
            last = erasing.latest(self._server.store)
        except ImpactError as error:
            LOG.error("whether others erased something is unknown: %s", error)  # noqa: TRY400 (as above)
            last = -1
        if last != seen:
            memory.forget()
        return last


def keep_missing(store: Store) -> None:
    """Keep what lists need of proposals that another version of the program, or a command, stored."""
    summary.keep_all(store)
    count.keep_items(store)
    briefs.keep_all(store)
