"""Where the status of runs lies: in an archive a file for each, in the output folder of a batch one file."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime

from impact.batch.archive.files import ArchiveFiles
from impact.batch.status.run_status import RunStatus, from_json
from impact.errors import ImpactError

FOLDER, SUFFIX = "runs", ".json"
FILE_NAME = "status.json"
"""In the output folder of a batch."""


def path_of(run: str) -> str:
    """Return the path of the status of a run in an archive."""
    return f"{FOLDER}/{run}{SUFFIX}"


def statuses_in(files: ArchiveFiles, now: datetime) -> list[RunStatus]:
    """Return the runs that go on in an archive or an output folder, the first first; or else the last that there was.

    Raises:
        ImpactError: If there was none.
    """
    runs = [f"{FOLDER}/{name}" for name in files.names(FOLDER) if name.endswith(SUFFIX)]
    contents = files.get_all(runs) if runs else {FILE_NAME: files.get(FILE_NAME) or b""}
    statuses = _read(contents.values())
    if not statuses:
        hint = "Give the folder or address that was used as --out or --archive of `impact batch`"
        raise ImpactError(f"{files.address} has no status of a run", hint)
    statuses.sort(key=lambda status: status.started)
    running = [status for status in statuses if status.goes_on and not status.is_silent(now)]
    return running or [max(statuses, key=lambda status: status.updated)]


def check_idle(files: ArchiveFiles, since: datetime) -> None:
    """Refuse an archive into which a run may write: one that has not said that it ended, and said something since then.

    Raises:
        ImpactError: If there is one; it names its process.
    """
    runs = [f"{FOLDER}/{name}" for name in files.names(FOLDER) if name.endswith(SUFFIX)]
    for status in _read(files.get_all(runs).values()):
        if status.goes_on and status.updated > since:
            message = f"a batch may be at work in {files.address} (process {status.process} on {status.host})"
            hint = "Try again when it has ended; one that was killed counts as ended a day after its last update"
            raise ImpactError(message, hint)


def _read(contents: Iterable[bytes]) -> list[RunStatus]:
    """Return the statuses in files; those of another schema are passed over."""
    statuses = []
    for data in contents:
        with suppress(ValueError):
            statuses.append(from_json(data))
    return statuses
