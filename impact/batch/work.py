"""What a worker does with one document."""

import math
import os
import sys
from contextlib import suppress
from datetime import datetime
from functools import cache
from hashlib import sha256

from impact.batch.job import Done, Failed, Job, Setup
from impact.errors import ImpactError
from impact.extract import Limits, read_bytes
from impact.records import Document, Provenance

OPEN, EXTRACT, ANALYZE, WRITE = "open", "extract", "analyze", "write"
"""Where a document can fail."""

MORE_TIME = "Split the document, or allow more time with --time-limit"
MORE_MEMORY = "Split the document, or allow more memory with --memory-limit"
_HINT = "Open the document and save it again as PDF or DOCX"
_REPORT = "Report it with the name of the failure; the text can be saved as DOCX or plain text and read from there"
_SAME = "Install on all workers the version, taxonomy and models that are installed here"
_FORMS = ("html", "json")
_SAMPLE = (
    b"1 Requirements\n\nThe exchange shall encrypt all messages, and shall let each subscriber appeal to a court.\n"
)
_LEEWAY = 5
"""Seconds of processor time beyond the limit on the clock after which the system ends a worker that nobody watches any
more. Source: project judgement."""


def warm(setup: Setup) -> None:
    """Load what every document needs, so that none pays for it, and hold this process to its limit on memory."""
    document = read_bytes(_SAMPLE, "sample.txt", setup.options, jailed=False)
    _reports(document, setup)
    if sys.platform == "linux":
        import resource

        used = int(_first("/proc/self/statm")) * resource.getpagesize()
        _, most = resource.getrlimit(resource.RLIMIT_AS)
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (used + setup.memory, most))


def perform(job: Job, setup: Setup) -> tuple[Done | Failed, str]:
    """Return what comes of a document, and the number of this process; only the end of the process prevents it."""
    if _versions_here(setup) != setup.versions:
        return Failed(ANALYZE, f"the worker of {job.ticket.file} has another version of impact", _SAME), str(
            os.getpid()
        )
    _limit_processor(setup.seconds)
    stage = EXTRACT
    try:
        document = read_bytes(job.data, job.ticket.file, setup.options, _limits(setup))
        stage = ANALYZE
        result: Done | Failed = _reports(document, setup)
    except ImpactError as error:
        result = failed(stage, error)
    except MemoryError:
        message = f"{job.ticket.file} needs more than {setup.memory // 2**20} MB"
        result = Failed(stage, message, MORE_MEMORY)
    except Exception as error:  # noqa: BLE001 (the door of a document: whatever is wrong with one stays with it)
        message = f"{job.ticket.file} could not be analyzed: {type(error).__name__}"
        result = Failed(stage, message, _REPORT)
    return result, str(os.getpid())


def versions_of(made: Provenance) -> str:
    """Return the digest of tool, taxonomy, models and options: what a result depends on beside its document."""
    parts = (made.tool, made.taxonomy, *(f"{name}={value}" for name, value in (*made.models, *made.options)))
    return sha256("\0".join(parts).encode()).hexdigest()


def failed(stage: str, error: ImpactError) -> Failed:
    """Return an error as the failure of a document, with message and hint in one line each."""
    return Failed(stage, " ".join(error.message.split()) or type(error).__name__, " ".join(error.hint.split()) or _HINT)


@cache
def _versions_here(setup: Setup) -> str:
    from impact.pipeline import provenance

    by = dict(setup.made.options)["by"].split(",")
    return versions_of(provenance(setup.options, by, datetime.fromisoformat(setup.made.made_at)))


def _reports(document: Document, setup: Setup) -> Done:
    from impact import pipeline
    from impact.report import FILE_NAMES

    assessment = pipeline.analyze_document(document, setup.made)
    files = {FILE_NAMES[form]: pipeline.render(assessment, form).encode() for form in _FORMS}
    return Done(files, len(document.pages), assessment.level.value)


def _limits(setup: Setup) -> Limits:
    return Limits(
        cpu_seconds=math.ceil(setup.seconds),
        wall_seconds=setup.seconds,
        memory_bytes=setup.memory,
    )


def _limit_processor(seconds: float) -> None:
    """Let the system end this process if it computes on when its parent, who watches the clock, is gone."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        _, most = resource.getrlimit(resource.RLIMIT_CPU)
        soft = math.ceil(used.ru_utime + used.ru_stime + seconds) + _LEEWAY
        resource.setrlimit(resource.RLIMIT_CPU, (soft, most))


def _first(path: str) -> str:
    with open(path, encoding="ascii") as file:  # noqa: PTH123 (a file of the kernel)
        return file.read().split()[0]
