"""Files that take time and memory, made one at a time by a process beside the server."""

import atexit
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from signal import SIGKILL, Signals
from threading import BoundedSemaphore, Lock, Timer
from typing import Protocol

from impact.errors import ImpactError, LimitError, MissingError
from impact.records import ReviewRecord
from impact.records.report import Report
from impact.report.page import pdf
from impact.review.values.refusals import ConflictError
from impact.web.server import memory, process

LOG = logging.getLogger("impact.web")
NO_PDF = (
    "PDF files cannot be produced on this server",
    "Ask your IT department to install WeasyPrint and the Pango library on the server, or choose another format",
)
"""What a person is told where what makes a PDF is missing; the command line names the packages."""

HINT = "Try again, or choose another format"
PAGE_SECONDS = 120.0
"""That a page of the server as PDF may take. Source: project judgment; 40 pages took 12 s of one core."""

MOST_WAITING = 4
"""Files that are asked for at a time; a thread of the server waits for each. Source: project judgment."""

KEEPING = 60.0
"""Seconds for which the process waits for the next file, and keeps the last document: who saves one file of a proposal
often saves others, and making ready takes most of the time. Source: project judgment."""

MOST_MADE = 100
"""Files that one process makes. Source: project judgment."""

_TURN = Lock()
_DOOR = BoundedSemaphore(MOST_WAITING)


class FileTask(Protocol):
    """A file to be made, and how many seconds that may take."""

    @property
    def longest(self) -> float:
        """Seconds after which nobody waits for it any more."""

    def make(self) -> bytes:
        """Return the file."""


@dataclass(frozen=True, slots=True)
class OutgoingTask:
    """A file to send out of a proposal.

    Attributes:
        data: The whole original.
        report: What the program found in it.
        review: What reviewers decided; None for what the program found.
        name: Of the file, see `impact.report.outgoing`.
        seconds: Time that reading the original may take; the whole may take twice that.
    """

    data: bytes
    report: Report
    review: ReviewRecord | None
    name: str
    seconds: float

    @property
    def longest(self) -> float:
        """Twice the time of the reading."""
        return 2 * self.seconds

    def make(self) -> bytes:
        """Return the file; raises as `impact.pipeline.reissue`."""
        return _maker(self.data, self.report, self.review, self.seconds)(self.name)


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """A page of the server to be made a PDF; `styles` stand in place of the style sheets that it links to."""

    page: str
    styles: tuple[str, ...]
    longest: float = PAGE_SECONDS

    def make(self) -> bytes:
        """Return the PDF; raises as `impact.pipeline.print_page`."""
        from impact.pipeline import print_page

        return print_page(self.page, self.styles)


def produced(task: FileTask, *, patient: bool = False) -> bytes:
    """Return a file, made beside the server when it is its turn; whoever is patient waits however many others ask.

    Raises:
        ConflictError: If too many others are asked for, and it is not to wait.
        MissingError: If it is a PDF, and what makes it is not installed.
        LimitError: If it takes too long, or too much memory.
        ImpactError: As the making, or if that went wrong.
    """
    with _turn(patient=patient):
        answer = _WORKSHOP.ask(task)
    if isinstance(answer, MissingError) and not pdf.is_there():
        raise MissingError(*NO_PDF)
    if isinstance(answer, ImpactError):
        raise answer
    return bytes(answer)


def serve(pipe: Connection) -> None:
    """Make the files that a pipe asks for; send their bytes, or the error that says why there is none."""
    process.answer(pipe, _attempt)


class _Workshop:
    """The process that makes files; it is kept for a while, and replaced where anything went wrong with it."""

    def __init__(self) -> None:
        self._child: tuple[BaseProcess, Connection] | None = None
        self._made = self._asked = 0
        self._timer: Timer | None = None
        atexit.register(self.close)

    def ask(self, task: FileTask) -> bytes | ImpactError:
        """Return what comes of a task; raises as `produced`. It is for who has the turn alone."""
        self._asked += 1
        if self._timer:
            self._timer.cancel()
        child, pipe = self._open()
        try:
            answer = _answer(child, pipe, task)
        except BaseException:
            self.close()
            raise
        self._made += 1
        self._timer = Timer(KEEPING, self._expire, (self._asked,))
        self._timer.daemon = True
        self._timer.start()
        return answer

    def close(self) -> None:
        """End the process, if there is one."""
        if self._child:
            process.end(*self._child)
            self._child = None

    def forget(self) -> None:
        """End the process, which keeps the last document, unless it is at work: it ends soon after then."""
        if _TURN.acquire(blocking=False):
            try:
                self.close()
            finally:
                _TURN.release()

    def _open(self) -> tuple[BaseProcess, Connection]:
        if self._child and self._child[0].is_alive() and self._made < MOST_MADE:
            return self._child
        self.close()
        self._child = child = process.start(serve, "impact-file")
        self._made = 0
        return child

    def _expire(self, asked: int) -> None:
        with _TURN:
            if asked == self._asked:
                self.close()


def _answer(child: BaseProcess, pipe: Connection, task: FileTask) -> bytes | ImpactError:
    try:
        pipe.send(task)
        if not pipe.poll(task.longest):
            raise LimitError(f"the file took longer than {task.longest:g} seconds", HINT)
        made: bytes | ImpactError = pipe.recv()
    except (EOFError, OSError) as error:
        child.join(process.ENDING)
        raise _ended(child.exitcode) from error
    return made


_WORKSHOP = _Workshop()
memory.register(_WORKSHOP.forget)


@lru_cache(maxsize=1)
def _maker(data: bytes, report: Report, review: ReviewRecord | None, seconds: float) -> Callable[[str], bytes]:
    """Return what makes the files of a proposal; that of the last one is kept."""
    from impact.extract import Limits
    from impact.pipeline import reissue

    return reissue(data, report, review, Limits.within(seconds))


@contextmanager
def _turn(*, patient: bool) -> Iterator[None]:
    """Wait until no other file is being made.

    Raises:
        ConflictError: If too many others are asked for.
    """
    if not _DOOR.acquire(blocking=patient):
        raise ConflictError(f"{MOST_WAITING} files are already being produced", "Try again in a minute")
    try:
        with _TURN:
            yield
    finally:
        _DOOR.release()


def _attempt(task: FileTask) -> bytes | ImpactError:
    """Return a file or why there is none; the log of an error has no words of the document."""
    try:
        return task.make()
    except ImpactError as error:
        return error
    except MemoryError:
        return LimitError("the file needs more memory than the server has", HINT)
    except Exception as error:  # noqa: BLE001 (the door of a document: whatever is wrong with one stays with it)
        LOG.error("a file could not be produced: %s", type(error).__name__)  # noqa: TRY400
        return ImpactError(f"the file could not be produced: {type(error).__name__}", HINT)


def _ended(code: int | None) -> ImpactError:
    """Return what a process came to that ended without an answer."""
    if code == -SIGKILL:
        return LimitError("the process that produced the file was killed, perhaps for lack of memory", HINT)
    number = -(code or 0)
    how = f"by signal {Signals(number).name}" if number in list(Signals) else f"with exit code {code}"
    return ImpactError(f"the process that produced the file ended {how}", HINT)
