"""The process that analyzes: it may die, hang or grow, and the page stays up."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from multiprocessing.connection import Connection
from time import monotonic
from typing import TYPE_CHECKING

from impact.reader.opinion import ReaderTerms, SecondOpinion
from impact.web.server.process import answer

if TYPE_CHECKING:
    from impact.reader.inquiry import Chances
    from impact.records import Assessment, Clause, ListedRow, Proposal, SecondReading

LOG = logging.getLogger("impact.web")
READ, JUDGE, ASK, WRITE = "read", "judge", "ask", "write"
"""Stages, in order; a document is judged on once a second reader was asked, where there is one."""

FORMS = ("html", "json")
OFFICE = ("docx", "xlsx", "review", "contribution", "amendments")
"""Formats that are made at once, beside findings.csv, so that a download is a file; a report stands without them."""

FOR_NOTES = 0.5
"""Part of the seconds of a reading that writing notes into the original may take. The worker waits for twice those
seconds, and for a second reader: reading may take them all, judging what is left. Source: project judgment."""


@dataclass(frozen=True, slots=True)
class Task:
    """A document to be analyzed.

    Attributes:
        source: Its file name, for messages.
        options: The judge among them.
        seconds: Time that its reading may take.
        listed: What a list of documents says of it.
        terms: How a second reader is asked; this process alone does that, the jail has no network. None where there
            is none.
    """

    data: bytes
    source: str
    options: tuple[tuple[str, str], ...]
    seconds: float
    terms: ReaderTerms | None = None
    listed: "ListedRow | None" = None

    @property
    def longest(self) -> float:
        """Seconds after which nobody waits for it any more."""
        return 2 * self.seconds + (self.terms.door.seconds if self.terms else 0)


@dataclass(frozen=True, slots=True)
class AnalysisFiles:
    """The reports, by file name."""

    files: dict[str, bytes]


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why there are none, and what to do."""

    reason: str
    hint: str


def serve(pipe: Connection) -> None:
    """Analyze what comes through a pipe; send stages, then an outcome."""
    answer(pipe, partial(_outcome, say=pipe.send))


def _outcome(task: Task, say: Callable[[str], None]) -> AnalysisFiles | Refusal:
    from impact.errors import ImpactError

    try:
        return AnalysisFiles(_reports(task, say))
    except ImpactError as error:
        return Refusal(error.message, error.hint)
    except MemoryError:
        return Refusal(f"{task.source} needs more memory than there is", "Split the document")
    except (BrokenPipeError, EOFError):
        raise
    except Exception as error:  # noqa: BLE001 (the door of a document: whatever is wrong with one stays with it)
        return Refusal(f"{task.source} could not be analyzed: {type(error).__name__}", "Save it as DOCX or plain text")


def _reports(task: Task, say: Callable[[str], None]) -> dict[str, bytes]:
    """Return the reports of a document, which is read in the jail."""
    from impact import pipeline
    from impact.extract import Limits, Options, read_bytes
    from impact.records import Filing
    from impact.report import FILE_NAMES

    began, choices = monotonic(), dict(task.options)
    options = Options.chosen(choices)
    say(READ)
    document = read_bytes(task.data, task.source, options, Limits.within(task.seconds))
    say(JUDGE)
    judge, asking = (choices.get("by", "model"),), _Asking(task.terms, say) if task.terms else None
    second = SecondOpinion(asking, asking.terms.calibration) if asking else None
    filing = Filing(listed=task.listed)
    assessment = pipeline.analyze_document(document, options, judge, datetime.now(UTC), second, filing)
    say(WRITE)
    reports = {FILE_NAMES[form]: pipeline.render(assessment, form).encode() for form in FORMS}
    spent = monotonic() - began - (asking.seconds if asking else 0)
    return reports | _exports(task, assessment) if spent < task.seconds else reports


@dataclass(slots=True)
class _Asking:
    """Asks a second reader, says so, and remembers how long that took."""

    terms: ReaderTerms
    say: Callable[[str], None]
    seconds: float = 0.0

    def __call__(self, proposal: "Proposal", clauses: "Sequence[Clause]", chances: "Chances | None") -> "SecondReading":
        from impact.taxonomy import load

        began = monotonic()
        self.say(ASK)
        reading = self.terms.opinion(load()).ask(proposal, clauses, chances)
        self.seconds += monotonic() - began
        self.say(JUDGE)
        return reading


def _exports(task: Task, assessment: "Assessment") -> dict[str, bytes]:
    """Return the files for office programs and the annotated original, without those that cannot be made."""
    from impact import pipeline
    from impact.extract import Limits
    from impact.report import ANNOTATORS, FILE_NAMES

    made = {FILE_NAMES[form]: data for form, data in _office_files(assessment).items()}
    made[FILE_NAMES["csv"]] = _file_or_none(partial(pipeline.export, assessment, "csv"), "csv")
    kind = assessment.document.format
    if kind in ANNOTATORS:
        room = Limits().answer_bytes + len(task.data)
        limits = replace(Limits.within(task.seconds * FOR_NOTES), answer_bytes=room)
        annotate = partial(pipeline.annotate, assessment, task.data, limits=limits)
        made[f"annotated.{kind}"] = _file_or_none(annotate, f"annotated.{kind}")
    return {name: data for name, data in made.items() if data is not None}


def _office_files(assessment: "Assessment") -> dict[str, bytes | None]:
    """Return the files for office programs, made in the jail by one child; a line in the log names those that fail."""
    from impact import pipeline
    from impact.errors import ImpactError

    try:
        made = pipeline.exports(assessment, OFFICE)
    except Exception as error:  # noqa: BLE001 (files that cannot be made cost the report nothing)
        made = dict.fromkeys(OFFICE, ImpactError(type(error).__name__))
    for form, file in made.items():
        if isinstance(file, ImpactError):
            LOG.warning("%s is left out: %s", form, type(file).__name__)
    return {form: None if isinstance(file, ImpactError) else file for form, file in made.items()}


def _file_or_none(make: Callable[[], bytes], name: str) -> bytes | None:
    """Return a file; None, and a line in the log without words of the document, where it cannot be made."""
    try:
        return make()
    except Exception as error:  # noqa: BLE001 (a file that cannot be made costs the report nothing)
        LOG.warning("%s is left out: %s", name, type(error).__name__)
        return None
