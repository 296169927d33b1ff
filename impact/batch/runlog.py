"""The log of all runs in an output folder, JSON Lines."""

import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from impact.batch.store import refused

FILE_NAME = "run.jsonl"

UNCHANGED, SKIPPED = "unchanged", "skipped"
"""Outcomes of a document whose result was there already, and of one that was not looked at."""


@dataclass(frozen=True, slots=True)
class DocumentEvent:
    """What a run has to say of one document.

    Attributes:
        name, stage, reason, hint: As in `Record`.
        outcome: As in `Record`, or `UNCHANGED` or `SKIPPED`.
        seconds, worker: As in `FinishedJob`.
        pages, level, firm_level, unassessed: As in `Done`, where it was done; a line has the last only where it says
            something.
    """

    name: str
    outcome: str
    stage: str = ""
    reason: str = ""
    hint: str = ""
    seconds: float = 0.0
    pages: int = 0
    level: str = ""
    firm_level: str = ""
    worker: str = ""
    unassessed: str = ""


class Log:
    """Lines at the end of the file, with the time, each written whole and at once.

    A line that a killed run left half is closed.

    Raises:
        ImpactError: Here and on writing, if the disk is full or cannot be written to.
    """

    def __init__(self, out: Path) -> None:
        self._out, path = out, out / FILE_NAME
        try:
            self._file = path.open("ab+", buffering=0)
            if self._file.tell():
                self._file.seek(-1, os.SEEK_END)
                if self._file.read(1) != b"\n":
                    self._file.write(b"\n")
        except OSError as error:
            raise refused(out, error) from error

    def document(self, event: DocumentEvent) -> None:
        """Write what came of a document."""
        facts = asdict(event) | {"seconds": round(event.seconds, 3)}
        unassessed = facts.pop("unassessed")
        self._write({"event": "document"} | facts | ({"unassessed": unassessed} if unassessed else {}))

    def event(self, name: str, **facts: Any) -> None:
        """Write a line on the run itself: "start" or "end"."""
        self._write({"event": name} | facts)

    def close(self) -> None:
        """Make sure that the lines are on the disk, and close."""
        with suppress(OSError), self._file:
            os.fsync(self._file.fileno())

    def _write(self, line: dict[str, Any]) -> None:
        try:
            now = datetime.now(UTC).isoformat(timespec="milliseconds")
            timed = {"event": line.pop("event"), "at": now} | line
            self._file.write(json.dumps(timed, ensure_ascii=False).encode() + b"\n")
        except OSError as error:
            raise refused(self._out, error) from error
