"""Files that take time and memory, each made by a process of its own, one at a time."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from signal import SIGKILL, Signals
from threading import BoundedSemaphore, Lock
from typing import Protocol

from impact.errors import ImpactError, LimitError, MissingError
from impact.records import ReviewRecord
from impact.records.report import Report
from impact.report.page import pdf
from impact.review.values.refusals import ConflictError
from impact.web.server import process

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
        from impact.extract import Limits
        from impact.pipeline import reissue

        return reissue(self.data, self.report, self.review, Limits.within(self.seconds))(self.name)


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """A page of the server to be made a PDF; `styles` stand in place of the style sheets that it links to."""

    page: str
    styles: tuple[str, ...]
    longest: float = PAGE_SECONDS

    def make(self) -> bytes:
        """Return the PDF; raises as `impact.report.page.pdf.from_page`."""
        from impact.report.page.pdf import from_page

        return from_page(self.page, self.styles)


def produced(task: FileTask) -> bytes:
    """Return a file, made in a process of its own when it is its turn.

    Raises:
        ConflictError: If too many others are asked for.
        MissingError: If it is a PDF, and what makes it is not installed.
        LimitError: If it takes too long, or too much memory.
        ImpactError: As the making, or if that went wrong.
    """
    with _turn():
        child, pipe = process.start(serve, "impact-file")
        try:
            pipe.send(task)
            if not pipe.poll(task.longest):
                raise LimitError(f"the file took longer than {task.longest:g} seconds", HINT)
            made = pipe.recv()
        except (EOFError, OSError) as error:
            child.join(process.ENDING)
            raise _ended(child.exitcode) from error
        finally:
            process.end(child, pipe)
    if isinstance(made, MissingError) and not pdf.is_there():
        raise MissingError(*NO_PDF)
    if isinstance(made, ImpactError):
        raise made
    return bytes(made)


def serve(pipe: Connection) -> None:
    """Make the files that a pipe asks for; send their bytes, or the error that says why there is none."""
    process.answer(pipe, _attempt)


@contextmanager
def _turn() -> Iterator[None]:
    """Wait until no other file is being made.

    Raises:
        ConflictError: If too many others are asked for.
    """
    if not _DOOR.acquire(blocking=False):
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
