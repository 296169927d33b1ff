"""Results of an archive that no list has any more: of earlier versions of documents or of the program."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from impact.batch.archive.files import ArchiveFiles, folder_of_result
from impact.batch.archive.statuses import check_idle
from impact.batch.catalog.catalog import ArchiveCatalog, ask, parts_of
from impact.batch.record import FILE_NAME
from impact.errors import ImpactError

AGE = timedelta(days=1)
"""Age of what may be removed, and time after which a run that says nothing has ended. Source: project judgment; a
worker writes the rows of its results after 200 documents, hours at the most."""

RESULTS = "results"
_NAMED = "CREATE TABLE named AS SELECT DISTINCT folder FROM documents WHERE folder <> ''"
_BELOW = "SELECT folder FROM named WHERE starts_with(folder, $shard)"


def remove_unused(files: ArchiveFiles, now: datetime) -> int:
    """Remove the results that no document of the lists has and that are older than a day; return how many.

    A run may take up a result that no list has, and only later write the row that names it. So nothing is removed while
    a run may be at work; whether one has begun is asked again before each part of the tree.

    Raises:
        ImpactError: If a run may be at work, parts are being put together, there is no archive, or it cannot be read or
            written to.
    """
    check_idle(files, now - AGE)
    parts = parts_of(files)
    return ask(files, lambda catalog: _remove(catalog, files, parts, now - AGE))


def _remove(catalog: ArchiveCatalog, files: ArchiveFiles, parts: tuple[list[str], list[str]], before: datetime) -> int:
    catalog.database.run(_NAMED)
    if parts_of(files) != parts:  # some of them may have been seen neither before nor after
        raise ImpactError("another process is putting the parts together", "Try again later")
    number = 0
    for name in files.names(RESULTS):
        shard = f"{RESULTS}/{name}/"
        named = {row["folder"] for row in catalog.database.rows(_BELOW, {"shard": shard})}
        check_idle(files, before)
        for folder, paths in _old_results(files, shard, before):
            if folder not in named:
                files.remove_folder(folder, paths)
                number += 1
    return number


def _old_results(files: ArchiveFiles, shard: str, before: datetime) -> Iterator[tuple[str, Sequence[str]]]:
    """Yield results all of whose files are older, with these: first the record, without which a result is not whole."""
    results: dict[str, list[str]] = {}
    times = files.times_below(shard.rstrip("/"))
    for path in times:
        folder = path.rpartition("/")[0]
        if folder == folder_of_result(folder.rpartition("/")[2]):
            results.setdefault(folder, []).append(path)
    for folder, paths in results.items():
        if all((time := times[path]) is not None and time < before for path in paths):
            yield folder, sorted(paths, key=lambda path: not path.endswith(f"/{FILE_NAME}"))
