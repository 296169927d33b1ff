"""What a worker does with one document."""

import math
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from time import monotonic, process_time

from impact.batch.job import BatchJob, Done, Failed, Setup
from impact.errors import ImpactError, MissingError
from impact.extract import Limits, Options, read_bytes
from impact.grammar.parser import load as load_parser
from impact.records import Assessment, Document, Provenance

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
_GRAVE_SAMPLE = (
    _SAMPLE + b"\nThe exchange shall shut off any subscriber in arrears, without notice to the subscriber.\n"
)
_LEEWAY = 5
"""Seconds of processor time beyond the limit on the clock after which the system ends a worker that nobody watches any
more. Source: project judgement."""


def load() -> None:
    """Load what every document needs, and the parser that most need, as far as it starts no threads."""
    load_parser()
    document = read_bytes(_SAMPLE, "sample.txt", jailed=False)
    _rendered(document, Options(), ("cues",), datetime.fromtimestamp(0, UTC))


def warm(setup: Setup) -> None:
    """Load the rest, and what a worker that was not forked has not loaded yet, so that no document pays for it."""
    load_parser()
    _reports(read_bytes(_GRAVE_SAMPLE, "sample.txt", setup.options, jailed=False), setup)
    _idle_data()


def perform(job: BatchJob, setup: Setup) -> tuple[Done | Failed, float, str]:
    """Return what comes of a document, the seconds it took, and the number of this process.

    Only the end of the process prevents it.
    """
    began = monotonic()
    if _versions_here(setup) != setup.versions:
        reason = f"the worker of {job.ticket.file} has another version of impact"
        return Failed(ANALYZE, reason, _SAME), 0.0, str(os.getpid())
    stage = EXTRACT
    try:
        _limit("RLIMIT_CPU", math.ceil(process_time() + setup.seconds) + _LEEWAY)
        document = _read(job, setup)
        stage = ANALYZE
        _limit("RLIMIT_DATA", _idle_data() + setup.memory)
        result: Done | Failed = _reports(document, setup)
    except ImpactError as error:
        result = failed(stage, error)
    except Exception as error:  # noqa: BLE001 (the door of a document: whatever is wrong with one stays with it)
        result = _failure(stage, job.ticket.file, error, setup)
    finally:
        _limit("RLIMIT_DATA", None)
    return result, monotonic() - began, str(os.getpid())


def _read(job: BatchJob, setup: Setup) -> Document:
    """Return the document, read in the jail, which has its own limit on memory.

    This process has none meanwhile: it starts threads, and `Thread.start` waits for ever for one that finds no memory.
    """
    if len(job.data) > setup.memory:
        raise MemoryError
    limits = Limits(cpu_seconds=math.ceil(setup.seconds), wall_seconds=setup.seconds, memory_bytes=setup.memory)
    return read_bytes(job.data, job.ticket.file, setup.options, limits)


def versions_of(provenance: Provenance) -> str:
    """Return the digest of tool, taxonomy, models and options: what a result depends on beside its document."""
    named = (f"{name}={value}" for name, value in (*provenance.models, *provenance.options))
    parts = (provenance.tool, provenance.taxonomy, *named)
    return sha256("\0".join(parts).encode()).hexdigest()


def failed(stage: str, error: ImpactError) -> Failed:
    """Return an error as the failure of a document, with message and hint in one line each."""
    return Failed(stage, " ".join(error.message.split()) or type(error).__name__, " ".join(error.hint.split()) or _HINT)


def _failure(stage: str, file: str, error: Exception, setup: Setup) -> Failed:
    if _short_of_memory(error):
        return Failed(stage, f"{file} needs more than {setup.memory // 2**20} MB", MORE_MEMORY)
    return Failed(stage, f"{file} could not be analyzed: {type(error).__name__}", _REPORT)


def _short_of_memory(error: BaseException | None) -> bool:
    """Return whether too little memory is behind an error; a thread that cannot be started says so in its own way."""
    while error is not None:
        if isinstance(error, MemoryError) or "can't start new thread" in str(error):
            return True
        error = error.__context__
    return False


@cache
def _versions_here(setup: Setup) -> str:
    from impact.pipeline import provenance

    return versions_of(provenance(setup.options, setup.by, setup.now))


def _reports(document: Document, setup: Setup) -> Done:
    from impact.match.sketch import sketch_of
    from impact.match.store import FILE_NAME, to_bytes

    assessment, files = _rendered(document, setup.options, setup.by, setup.now)
    with suppress(MissingError):  # whoever asks the cues alone can do without the models
        files[FILE_NAME] = to_bytes(sketch_of(assessment))
    return Done(files, len(document.pages), assessment.level.value, assessment.firm_level.value, assessment.unassessed)


def _rendered(
    document: Document, options: Options, by: Sequence[str], now: datetime
) -> tuple[Assessment, dict[str, bytes]]:
    from impact import pipeline
    from impact.report import FILE_NAMES

    assessment = pipeline.analyze_document(document, options, by, now)
    return assessment, {FILE_NAMES[form]: pipeline.render(assessment, form).encode() for form in _FORMS}


def _limit(name: str, most: int | None) -> None:
    """Set a limit of this process, or lift it, where the system has it.

    Memory is limited by data, not by address space, of which threads take much more than they use. The limit on
    processor time ends a process that computes on when its parent, who watches the clock, is gone.
    """
    with suppress(ImportError, AttributeError, ValueError, OSError):
        import resource

        code = getattr(resource, name)
        _, hard = resource.getrlimit(code)
        resource.setrlimit(code, (hard if most is None else most, hard))


@cache
def _idle_data() -> int:
    """Return the bytes of data that this process had when first asked; a huge number where the system says nothing."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return sys.maxsize >> 1
    return 1024 * next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmData:"))
