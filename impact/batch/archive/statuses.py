"""Where the status of runs lies: in an archive a file for each, in the output folder of a batch one file."""

from datetime import datetime

from impact.batch.archive.files import ArchiveFiles
from impact.batch.status.run_status import RunState, RunStatus, from_json
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
    statuses = []
    for data in contents.values():
        try:
            statuses.append(from_json(data))
        except ValueError:
            continue
    if not statuses:
        hint = "Give the folder or address that was used as --out or --archive of `impact batch`"
        raise ImpactError(f"{files.address} has no status of a run", hint)
    statuses.sort(key=lambda status: status.started)
    running = [status for status in statuses if status.state is RunState.RUNNING and not status.is_silent(now)]
    return running or [max(statuses, key=lambda status: status.updated)]
