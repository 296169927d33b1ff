"""The process that analyzes: it may die, hang or grow, and the page stays up."""

import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from threading import Thread

READ, JUDGE, WRITE = "read", "judge", "write"
"""Stages, in order."""

FORMS = ("html", "json")


@dataclass(frozen=True, slots=True)
class Task:
    """A document to be analyzed, its file name for messages, the judge, and the seconds that its reading may take."""

    data: bytes
    source: str
    options: tuple[tuple[str, str], ...]
    seconds: float


@dataclass(frozen=True, slots=True)
class Stage:
    """What the child is at."""

    name: str


@dataclass(frozen=True, slots=True)
class Made:
    """The reports, by file name."""

    files: dict[str, bytes]


@dataclass(frozen=True, slots=True)
class Refused:
    """Why there are none, and what to do."""

    reason: str
    hint: str


def serve(pipe: Connection) -> None:
    """Analyze what comes through a pipe until nothing more comes or the server ends."""
    Thread(target=_end_with_parent, daemon=True).start()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the server's to hear
    with suppress(EOFError, OSError):
        while True:
            task: Task = pipe.recv()
            pipe.send(_outcome(task, lambda stage: pipe.send(Stage(stage))))


def _outcome(task: Task, say: Callable[[str], None]) -> Made | Refused:
    from impact.errors import ImpactError

    try:
        return Made(_reports(task, say))
    except ImpactError as error:
        return Refused(error.message, error.hint)
    except MemoryError:
        return Refused(f"{task.source} needs more memory than there is", "Split the document")
    except (BrokenPipeError, EOFError):
        raise
    except Exception as error:  # noqa: BLE001 (the door of a document: whatever is wrong with one stays with it)
        return Refused(f"{task.source} could not be analyzed: {type(error).__name__}", "Save it as DOCX or plain text")


def _reports(task: Task, say: Callable[[str], None]) -> dict[str, bytes]:
    """Return the reports of a document, which is read in the jail."""
    from impact import pipeline
    from impact.extract import Limits, Options, read_bytes
    from impact.report import FILE_NAMES

    given = dict(task.options)
    bare = Options()
    options = Options(given.get("pdf_engine", bare.pdf_engine), given.get("view", bare.view))
    say(READ)
    limits = Limits(cpu_seconds=max(1, int(task.seconds)), wall_seconds=task.seconds)
    document = read_bytes(task.data, task.source, options, limits)
    say(JUDGE)
    made = pipeline.provenance(options, (given.get("by", "model"),), datetime.now(UTC))
    assessment = pipeline.analyze_document(document, made)
    say(WRITE)
    return {FILE_NAMES[form]: pipeline.render(assessment, form).encode() for form in FORMS}


def _end_with_parent() -> None:
    from multiprocessing import parent_process
    from multiprocessing.connection import wait

    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os.kill(os.getpid(), signal.SIGTERM if sys.platform == "win32" else signal.SIGKILL)
