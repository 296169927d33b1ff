"""PDF of pages of ours, each made by a process of its own, one at a time: it takes seconds and much memory."""

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import BoundedSemaphore, Lock

from impact.errors import LimitError, MissingError
from impact.review.values.refusals import ConflictError

SECONDS = 120
"""That one PDF may take. Source: project judgement; 40 pages took 12 s of one core."""

NO_PDF = (
    "PDF files cannot be produced on this server",
    "Ask your IT department to install WeasyPrint and the Pango library on the server, or choose another format",
)
"""What a person is told where what makes a PDF is missing; the command line names the packages."""

MOST_WAITING = 4
"""Files that are asked for at a time; a thread of the server waits for each. Source: project judgement."""

_TURN = Lock()
_DOOR = BoundedSemaphore(MOST_WAITING)


def pdf_of(page: str, styles: Sequence[str] = ()) -> bytes:
    """Return a page as PDF (`impact.report.page.pdf`); `styles` stand in place of the style sheets that it links to.

    Raises:
        ConflictError: If too many others are asked for.
        MissingError: If what makes it is not installed.
        LimitError: If it takes too long.
    """
    with turn():
        return _convert(json.dumps({"page": page, "styles": list(styles)}).encode())


@contextmanager
def turn() -> Iterator[None]:
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


def _convert(request: bytes) -> bytes:
    command = [sys.executable, "-m", "impact.report.page.pdf"]
    try:
        done = subprocess.run(command, input=request, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired as error:
        raise LimitError(
            f"the PDF took longer than {SECONDS} seconds", "Save it in another format and print that"
        ) from error
    if done.returncode:
        raise MissingError(*NO_PDF)
    return done.stdout
