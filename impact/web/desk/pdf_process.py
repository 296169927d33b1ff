"""PDF of pages of ours, each made by a process of its own, one at a time: it takes seconds and much memory."""

import json
import subprocess
import sys
from collections.abc import Sequence
from threading import BoundedSemaphore, Lock

from impact.errors import LimitError, MissingError
from impact.review.values.refusals import ConflictError

SECONDS = 120
"""That one PDF may take. Source: project judgement; 40 pages took 12 s of one core."""

MOST_WAITING = 4
"""PDFs that are asked for at a time; a thread of the server waits for each. Source: project judgement."""

_TURN = Lock()
_DOOR = BoundedSemaphore(MOST_WAITING)


def pdf_of(page: str, styles: Sequence[str] = ()) -> bytes:
    """Return a page as PDF (`impact.report.page.pdf`); `styles` stand in place of the style sheets that it links to.

    Raises:
        ConflictError: If too many others are asked for.
        MissingError: If what makes it is not installed.
        LimitError: If it takes too long.
    """
    if not _DOOR.acquire(blocking=False):
        raise ConflictError(
            f"{MOST_WAITING} PDF files are already being produced",
            "Try again in a minute, or save it in another format",
        )
    try:
        with _TURN:
            return _convert(json.dumps({"page": page, "styles": list(styles)}).encode())
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
        msg = "the PDF could not be made"
        raise MissingError(msg, "Save it in another format; `impact analyze --format pdf` names what is missing")
    return done.stdout
