"""How far a run is: a value, and its JSON."""

import json
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

SCHEMA = "impact-run/1"

FRESH = timedelta(minutes=2)
"""Time without a word after which a run that goes on may have been killed. Source: project judgment; it writes every
ten seconds, or when pages are renewed."""


class RunState(StrEnum):
    """How a run goes on, or how it ended."""

    LISTING = "listing"
    RUNNING = "running"
    COMPLETE = "complete"
    STOPPED = "stopped"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class RunStatus:
    """How far a run is.

    Attributes:
        run: Its random name.
        host, process: The machine and the process of the command.
        started: When the reading began, after the sources were listed; until then, when the listing began.
        updated: When this was written.
        sources: Number of sources, or of documents where a batch has no archive; so far, while they are listed; 0
            where it is not known.
        unchanged: Those that needed no reading.
        skipped: Those that are left out, since only what failed before is read.
        finished: Those that were read.
        in_flight: Those that were given to workers.
        documents: Number of documents read, by outcome.

    Raises:
        ValueError: If a number is below 0 or a time is of no time zone.
    """

    run: str
    host: str
    process: int
    state: RunState
    started: datetime
    updated: datetime
    sources: int = 0
    unchanged: int = 0
    finished: int = 0
    in_flight: int = 0
    documents: dict[str, int] = field(default_factory=dict)
    skipped: int = 0

    def __post_init__(self) -> None:
        numbers = (self.sources, self.unchanged, self.skipped, self.finished, self.in_flight)
        if min(numbers) < 0:
            raise ValueError(f"a run with a number of sources below 0: {numbers}")
        if self.started.tzinfo is None or self.updated.tzinfo is None:
            raise ValueError("the times of a run need a time zone")

    @property
    def goes_on(self) -> bool:
        """Whether the run has not said that it ended."""
        return self.state in {RunState.LISTING, RunState.RUNNING}

    @property
    def is_listing(self) -> bool:
        """Whether the sources are being listed, and none is read yet."""
        return self.state is RunState.LISTING

    @property
    def waiting(self) -> int:
        """Number of sources that no worker has yet; 0 while they are listed."""
        if self.is_listing:
            return 0
        return max(self.sources - self.unchanged - self.skipped - self.finished - self.in_flight, 0)

    @property
    def rate(self) -> float:
        """Sources read in a second."""
        return self.finished / max((self.updated - self.started).total_seconds(), 1.0)

    @property
    def left(self) -> timedelta | None:
        """The time that remains at the rate so far; None where it is not known, or the run has ended."""
        open_sources = self.waiting + self.in_flight
        if self.state is not RunState.RUNNING or not (self.sources and self.finished):
            return None
        return timedelta(seconds=round(open_sources / self.rate))

    def is_silent(self, now: datetime) -> bool:
        """Return whether a run that goes on has said nothing for longer than it should."""
        return self.goes_on and now - self.updated > FRESH


def to_json(status: RunStatus) -> bytes:
    """Return a status as JSON."""
    values = asdict(status) | {name: getattr(status, name).isoformat() for name in ("started", "updated")}
    return json.dumps({"schema": SCHEMA} | values, indent=1).encode()


def from_json(data: bytes) -> RunStatus:
    """Return the status in a file.

    Raises:
        ValueError: If it is none of this schema.
    """
    try:
        values = json.loads(data)
        if values.pop("schema") != SCHEMA:
            raise ValueError(f"a status of another schema than {SCHEMA}")
        times = {name: datetime.fromisoformat(values[name]) for name in ("started", "updated")}
        return RunStatus(**values | times | {"state": RunState(values["state"])})
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"no status of a run: {error}") from error
