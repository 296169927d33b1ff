"""`impact batch status`."""

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

import click

from impact.cli.installed import check_installed
from impact.cli.messages import say

if TYPE_CHECKING:
    from datetime import datetime

    from impact.batch.status.run_status import RunStatus


@click.command()
@click.argument("place")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, a line for each run.")
def status(place: str, *, as_json: bool) -> None:
    """Say how far a batch is, while it runs or after it.

    PLACE is the folder or address that was given as --out or --archive. It lists what is done, failed, in flight and
    waiting, and the time that remains; at first, how many sources were listed so far. Several runs into one archive
    are listed one after another.
    """
    import json
    from datetime import UTC, datetime

    from impact.batch.archive.files import open_archive
    from impact.batch.archive.statuses import statuses_in
    from impact.batch.status.run_status import to_json

    check_installed("impact batch", "batch")
    now = datetime.now(UTC)
    for found in statuses_in(open_archive(place), now):
        for line in [json.dumps(json.loads(to_json(found)))] if as_json else _words(found, now):
            say(line)


def _words(status: "RunStatus", now: "datetime") -> list[str]:
    """Return a status in lines for people."""
    origin = f"process {status.process} on {status.host}, since {status.started:%d %B %Y %H:%M} UTC"
    ago = _length(timedelta(seconds=round((now - status.updated).total_seconds())))
    lines = [f"{_state(status, now)}: {origin}; last update {ago} ago"]
    if status.is_silent(now):
        other = ", or be listing a very large folder" if status.is_listing else ""
        lines.append(f"  It may have been killed{other}. The same command continues; completed results are kept")
    return lines if status.is_listing else [*lines, *_counts(status)]


def _state(status: "RunStatus", now: "datetime") -> str:
    """Return in words how a run goes on, or how it ended."""
    listing = f"listing sources, {status.sources:,} so far" if status.is_listing else ""
    if status.is_silent(now):
        return ", ".join(filter(None, ("no recent update", listing)))
    return listing or status.state.value


def _counts(status: "RunStatus") -> Iterator[str]:
    """Yield lines on what is done, and how long the rest takes."""
    total = f"{status.sources:,} in all: " if status.sources else ""
    skipped = (("skipped", status.skipped),) if status.skipped else ()
    counts = (("unchanged", status.unchanged), *skipped, ("read", status.finished), ("in flight", status.in_flight))
    waiting = (("waiting", status.waiting),) if status.sources else ()
    yield f"  sources    {total}" + ", ".join(f"{number:,} {name}" for name, number in (*counts, *waiting))
    outcomes = ", ".join(f"{number:,} {name}" for name, number in sorted(status.documents.items()))
    yield f"  documents  {outcomes or 'none yet'}"
    left = f"; {_length(status.left)} left" if status.left is not None else ""
    yield f"  rate       {status.rate * 3600:,.0f} sources an hour{left}"


def _length(time: timedelta) -> str:
    """Return a length of time in its two largest units."""
    minutes, seconds = divmod(int(time.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    units = [(days, "d"), (hours, "h"), (minutes, "min"), (seconds, "s")]
    first = next((place for place, (number, _) in enumerate(units) if number), len(units) - 1)
    return " ".join(f"{number} {unit}" for number, unit in units[first : first + 2] if number) or "0 s"
