"""What goes to a worker, and what comes back."""

from collections.abc import Callable, Generator, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import TypeVar

from impact.extract import Options
from impact.reader.budget import NOTHING, ReaderBudget
from impact.reader.opinion import ReaderTerms
from impact.records import Filing


@dataclass(frozen=True, slots=True)
class Setup:
    """What holds for all documents of a batch; each worker gets it once.

    Attributes:
        now: The one time that stands in all reports.
        versions: See `Record.versions`.
        seconds: Time that one document may take, reading and analysis together.
        memory: Bytes that one document may take, for its reading and again for its analysis.
        batch: Random name of this run, by which the workers of a shared cluster tell one from another.
        terms: How a second reader is asked; None where there is none.

    Raises:
        ValueError: If a limit is not positive.
    """

    options: Options
    by: tuple[str, ...]
    now: datetime
    versions: str
    seconds: float
    memory: int
    batch: str
    terms: ReaderTerms | None = None

    def __post_init__(self) -> None:
        if self.seconds <= 0 or self.memory <= 0:
            raise ValueError(f"limits of {self.seconds} s and {self.memory} bytes: both must be above 0")


@dataclass(frozen=True, slots=True)
class Ticket:
    """A document without its bytes: fields as in `Record`."""

    name: str
    folder: str
    digest: str
    part_of: str = ""
    attached_to: str = ""
    filed: str = ""

    @property
    def file(self) -> str:
        """Its name without folders."""
        return self.name.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class BatchJob:
    """A document to be read, with all its bytes, how it came, and what may be asked of a second reader for it."""

    ticket: Ticket
    data: bytes
    budget: ReaderBudget = NOTHING
    filing: Filing = field(default_factory=Filing)


@dataclass(frozen=True, slots=True)
class Done:
    """The finished reports.

    Attributes:
        level: The gravest level in it, doubtful findings too; not that of the document.
        firm_level: The level of the document: what firm findings alone give.
        unassessed: Code of the language of the document where it was not assessed for it, else empty.
        spent: What was asked of a second reader.
        pending: Number of clauses without a second reading, and of questions for points without an answer, for a
            reason that may not hold another time.
        answers: Answers of the second reader, by key, where they could not be kept with the results.
    """

    files: dict[str, bytes]
    pages: int
    level: str
    firm_level: str
    unassessed: str = ""
    spent: ReaderBudget = NOTHING
    pending: int = 0
    answers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Failed:
    """Why there are none; the words are those of `Record`, one line each.

    Attributes:
        asked: Whether a second reader may have been asked before.
    """

    stage: str
    reason: str
    hint: str
    asked: bool = True


@dataclass(frozen=True, slots=True)
class FinishedJob:
    """What came of one document.

    Attributes:
        seconds: How long it took on the clock.
        worker: Who did it: the number of a process, or an address in a cluster.
    """

    ticket: Ticket
    result: Done | Failed
    seconds: float
    worker: str


Stop = Callable[[], bool]
"""Says whether to take no more jobs and to let go of those in flight."""

FinishedJobs = Generator[FinishedJob, None, None]

JobStream = Iterator[BatchJob | None]
"""Jobs as they are wanted; None where the next one has to wait until another is finished, which is never the first."""

Work = TypeVar("Work")

Engine = Callable[[JobStream, Setup, int, str, Stop], FinishedJobs]
"""Takes jobs, the setup, the number of workers (0: as many as there are cores), the address of a scheduler (empty:
none) and when to stop; yields outcomes as they come and takes a job only when it has room for one. Closing it kills
what is in flight."""


def at_hand(jobs: Iterator[Work | None], most: int) -> Iterator[Work]:
    """Yield jobs, `most` of them at the most, as far as none has to wait."""
    for job in islice(jobs, most):
        if job is None:
            return
        yield job
