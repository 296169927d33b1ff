"""PDF of pages of ours, each made by a process of its own, one at a time: it takes seconds and much memory."""

import json
import subprocess
import sys
from collections.abc import Sequence
from threading import Lock

from impact.errors import LimitError, MissingError

SECONDS = 120
"""That one PDF may take. Source: project judgement; 40 pages took 12 s of one core."""

_TURN = Lock()


def pdf_of(page: str, styles: Sequence[str] = ()) -> bytes:
    """Return a page as PDF (`impact.report.pdffile`); `styles` stand in place of the style sheets that it links to.

    Raises:
        MissingError: If what makes it is not installed.
        LimitError: If it takes too long, or others before it do.
    """
    if not _TURN.acquire(timeout=SECONDS):
        msg = "another PDF is being made"
        raise LimitError(msg, "Try again in some minutes, or save it in another form")
    try:
        given = json.dumps({"page": page, "styles": list(styles)}).encode()
        command = [sys.executable, "-m", "impact.report.pdffile"]
        done = subprocess.run(command, input=given, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired as error:
        msg = f"the PDF took longer than {SECONDS} s"
        raise LimitError(msg, "Save it in another form, and print that") from error
    finally:
        _TURN.release()
    if done.returncode:
        msg = "the PDF could not be made"
        raise MissingError(msg, "Save it in another form; `impact analyze --format pdf` says what is missing")
    return done.stdout
