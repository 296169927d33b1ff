"""The process that makes one file to send: it may take memory and time, and the page stays up."""

import signal
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from threading import Thread

from impact.batch.stopping import end_with_parent
from impact.errors import ImpactError, LimitError, MissingError
from impact.records import ReviewRecord
from impact.records.report import Report
from impact.web.desk.pdf_process import NO_PDF, turn

ANNOTATED = "annotated"
AS_PDF = "-pdf"
"""What the name of a form ends in where its page is wanted as PDF."""


@dataclass(frozen=True, slots=True)
class OutgoingTask:
    """A file to be made.

    Attributes:
        data: The whole original, and `source` its file name.
        report: What the program found in it.
        review: What reviewers decided; None for what the program found.
        form: One of `impact.report.FILE_NAMES`, with `AS_PDF` for a page as PDF, or `ANNOTATED`.
        seconds: Time that reading the original may take; the whole may take twice that.
    """

    data: bytes
    source: str
    report: Report
    review: ReviewRecord | None
    form: str
    seconds: float


def produced(task: OutgoingTask) -> bytes:
    """Return the file, made in a process of its own when it is its turn.

    Raises:
        ConflictError: If too many others are asked for.
        MissingError: If it is a PDF, and what makes it is not installed.
        UnreadableError: If the original is read differently than when it was analyzed, or takes no notes.
        LimitError: If it takes too long, or too much memory.
    """
    with turn():
        ours, theirs = get_context("spawn").Pipe()
        process = get_context("spawn").Process(target=serve, args=(theirs,), name="impact-outgoing", daemon=False)
        process.start()
        theirs.close()
        try:
            return _answer(ours, task)
        finally:
            process.kill()
            process.join(5)
            ours.close()


def serve(pipe: Connection) -> None:
    """Make the file that a pipe asks for; send its bytes, or the error that says why there is none."""
    Thread(target=end_with_parent, daemon=True).start()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the server's to hear
    with suppress(EOFError, OSError):
        task: OutgoingTask = pipe.recv()
        try:
            pipe.send(_make(task))
        except ImpactError as error:
            pipe.send(error)


def _answer(pipe: Connection, task: OutgoingTask) -> bytes:
    hint = "Try again, or choose another format"
    try:
        pipe.send(task)
        if not pipe.poll(2 * task.seconds):
            raise LimitError(f"the file took longer than {2 * task.seconds:g} seconds", hint)
        answer = pipe.recv()
    except (EOFError, OSError) as error:
        raise LimitError("the file could not be produced; it may need too much memory", hint) from error
    if isinstance(answer, MissingError):
        raise MissingError(*NO_PDF)
    if isinstance(answer, ImpactError):
        raise answer
    return bytes(answer)


def _make(task: OutgoingTask) -> bytes:
    from impact import pipeline
    from impact.extract import Limits, Options, read_bytes

    chosen, bare = dict(task.report.provenance.options), Options()
    options = Options(chosen.get("pdf_engine", bare.pdf_engine), chosen.get("view", bare.view))
    limits = Limits(cpu_seconds=max(1, int(task.seconds)), wall_seconds=task.seconds)
    document = read_bytes(task.data, task.source, options, limits)
    assessment = pipeline.restore(document, task.report, task.review)
    if task.form == ANNOTATED:
        return pipeline.annotate(assessment, task.data)
    if task.form.endswith(AS_PDF):
        from impact.report.page.pdf import on_one_sheet

        return on_one_sheet(pipeline.render(assessment, task.form.removesuffix(AS_PDF)))
    return pipeline.export(assessment, task.form)
