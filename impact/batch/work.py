"""What a worker does with one document."""

import math
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, process_time

from impact.batch.job import BatchJob, Done, Failed, Setup
from impact.errors import ImpactError, MissingError
from impact.extract import Limits, Options, read_bytes
from impact.grammar.parser import load as load_parser
from impact.reader.budget import ReaderBudget
from impact.reader.cache import AnswerCache
from impact.reader.door import BY_FILE
from impact.reader.opinion import ReaderTerms, SecondOpinion
from impact.reader.reasons import PASSING
from impact.records import Assessment, Document, Filing, Provenance
from impact.taxonomy import load as load_taxonomy

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
    b"\nThe exchange shall shut off any subscriber in arrears, without notice to the subscriber.\n"
)
_LEEWAY = 5
"""Seconds of processor time beyond the limit on the clock after which the system ends a worker that nobody watches any
more. Source: project judgment."""

ASKED_BY = 0.7
"""Part of the time of a document in which a second reader may be asked; rating and writing take what is left. Source:
project judgment; of 30 s with 400 clauses they take 3."""


def load() -> None:
    """Load what every document needs, and the parser that most need, as far as it starts no threads."""
    from impact.match.copied import load_datasketch

    load_parser()
    load_datasketch()
    document = read_bytes(_SAMPLE, "sample.txt", jailed=False)
    _rendered(document, Setup(Options(), ("cues",), datetime.fromtimestamp(0, UTC), "", 1, 1, ""))


def warm(setup: Setup) -> None:
    """Load the rest, and what a worker that was not forked has not loaded yet, so that no document pays for it."""
    load_parser()
    _reports(read_bytes(_SAMPLE, "sample.txt", setup.options, jailed=False), setup)
    if setup.terms and setup.terms.door.address != BY_FILE:
        from impact.reader import client

        with suppress(ImportError):  # said of each document
            client.load(setup.terms.door)
    _idle_data()


def perform(job: BatchJob, setup: Setup) -> tuple[Done | Failed, float, str]:
    """Return what comes of a document, the seconds it took, and the number of this process.

    Only the end of the process prevents it.
    """
    began = monotonic()
    if lack := lacking(setup):
        reason = f"the worker of {job.ticket.file} has {lack}"
        return Failed(ANALYZE, reason, _SAME, asked=False), 0.0, str(os.getpid())
    stage = EXTRACT
    try:
        _limit("RLIMIT_CPU", math.ceil(process_time() + setup.seconds) + _LEEWAY)
        document = _read(job, setup)
        stage = ANALYZE
        _limit("RLIMIT_DATA", _idle_data() + setup.memory)
        result: Done | Failed = _done(document, job, setup, began + ASKED_BY * setup.seconds)
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
    limits = replace(Limits.within(setup.seconds), cpu_seconds=math.ceil(setup.seconds), memory_bytes=setup.memory)
    return read_bytes(job.data, job.ticket.file, setup.options, limits)


def versions_of(provenance: Provenance, terms: ReaderTerms | None = None) -> str:
    """Return the digest of tool, taxonomy, models and options: what a result depends on beside its document.

    With a second reader, its model and host, the wording of its questions and what its answers weigh are among them.
    """
    if terms:
        from impact.provenance import with_reader

        provenance = with_reader(provenance, terms.reader(load_taxonomy()), terms.calibration)
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
def lacking(setup: Setup) -> str:
    """Return in what this worker differs from what the batch goes by; empty where it does not."""
    from impact.provenance import provenance

    if versions_of(provenance(setup.options, setup.by, setup.now), setup.terms) != setup.versions:
        return "another version of impact"
    asks = setup.terms is not None and setup.terms.door.address != BY_FILE
    return "no openai, which a second reader needs" if asks and find_spec("openai") is None else ""


def _done(document: Document, job: BatchJob, setup: Setup, end: float) -> Done:
    """Return the reports, with the answers of a second reader, who is asked until `end`, where there is one."""
    if setup.terms is None:
        return _reports(document, setup, filing=job.filing)
    with _keeping(setup.terms.granted(job.budget)) as (terms, answers):
        reports = _reports(document, setup, terms.opinion(load_taxonomy(), end), job.filing)
        return replace(reports, answers=answers.packed())


@contextmanager
def _keeping(terms: ReaderTerms) -> Iterator[tuple[ReaderTerms, AnswerCache]]:
    """Yield terms by which answers are kept, and those that have to be sent: all, where their folder is not seen here.

    A worker on another machine may not see the output of the batch.
    """
    with TemporaryDirectory(prefix="impact-") as aside:
        cache = AnswerCache(Path(aside), load_taxonomy())
        seen = terms.door.address == BY_FILE or terms.door.answers.is_dir()
        yield (terms if seen else terms.keeping(Path(aside))), cache


def _reports(
    document: Document, setup: Setup, second: SecondOpinion | None = None, filing: Filing | None = None
) -> Done:
    from impact.match.sketch import sketch_of
    from impact.match.store import FILE_NAME, to_bytes

    assessment, files = _rendered(document, setup, second, filing)
    with suppress(MissingError):  # whoever asks the cues alone can do without the models
        files[FILE_NAME] = to_bytes(sketch_of(assessment))
    done = Done(files, len(document.pages), assessment.level.value, assessment.firm_level.value, assessment.unassessed)
    if assessment.second is None:
        return done
    spent = ReaderBudget(assessment.second.requests, assessment.second.tokens)
    reasons = [clause.reason for clause in assessment.second.unread]
    for part in (assessment.second.choice, assessment.second.raising):
        reasons += part.unread if part else ()
    return replace(done, spent=spent, pending=sum(reason in PASSING for reason in reasons))


def _rendered(
    document: Document, setup: Setup, second: SecondOpinion | None = None, filing: Filing | None = None
) -> tuple[Assessment, dict[str, bytes]]:
    from impact import pipeline
    from impact.report import FILE_NAMES

    assessment = pipeline.analyze_document(document, setup.options, setup.by, setup.now, second, filing)
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
