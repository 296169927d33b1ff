"""What goes to a worker, and what comes back."""

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from datetime import datetime

from impact.extract import Options


@dataclass(frozen=True, slots=True)
class Setup:
    """What holds for all documents of a batch; each worker gets it once.

    Attributes:
        now: The one time that stands in all reports.
        versions: See `Record.versions`.
        seconds: Time that one document may take, reading and analysis together.
        memory: Bytes that one document may take, for its reading and again for its analysis.
        batch: Random name of this run, by which the workers of a shared cluster tell one from another.

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

    def __post_init__(self) -> None:
        if self.seconds <= 0 or self.memory <= 0:
            raise ValueError(f"limits of {self.seconds} s and {self.memory} bytes: both must be above 0")


@dataclass(frozen=True, slots=True)
class Ticket:
    """A document without its bytes: name, folder and digest as in `Record`."""

    name: str
    folder: str
    digest: str

    @property
    def file(self) -> str:
        """Its name without folders."""
        return self.name.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class BatchJob:
    """A document to be read, with all its bytes."""

    ticket: Ticket
    data: bytes


@dataclass(frozen=True, slots=True)
class Done:
    """The finished reports.

    Attributes:
        level: The gravest level in it, doubtful findings too; not that of the document.
        firm_level: The level of the document: what firm findings alone give.
        unassessed: Code of the language of the document where it was not assessed for it, else empty.
    """

    files: dict[str, bytes]
    pages: int
    level: str
    firm_level: str
    unassessed: str = ""


@dataclass(frozen=True, slots=True)
class Failed:
    """Why there are none; the words are those of `Record`, one line each."""

    stage: str
    reason: str
    hint: str


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

Engine = Callable[[Iterator[BatchJob], Setup, int, str, Stop], FinishedJobs]
"""Takes jobs, the setup, the number of workers (0: as many as there are cores), the address of a scheduler (empty:
none) and when to stop; yields outcomes as they come and takes a job only when it has room for one. Closing it kills
what is in flight."""
