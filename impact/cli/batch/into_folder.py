"""`impact batch --out`."""

import shlex
from contextlib import ExitStack
from itertools import takewhile
from pathlib import Path
from signal import SIGINT
from typing import TYPE_CHECKING

import click

from impact.cli.batch.words import counts, documents, shown_as, tell_failures
from impact.cli.messages import complain, failure_code, say
from impact.errors import ImpactError

if TYPE_CHECKING:
    from datetime import datetime

    from impact.batch.job import Stop
    from impact.batch.run import Plan
    from impact.batch.runlog import DocumentEvent
    from impact.batch.status.keeper import StatusKeeper


def run_into_folder(plan: "Plan", library: Path | None, watch: float | None, *, quiet: bool) -> int:
    """Run a batch with progress and a summary; return the exit code."""
    from impact.batch.progress import PROGRESS
    from impact.batch.run import run
    from impact.batch.stopping import listening
    from impact.sandbox.trial import warn_for_all

    warn_for_all()
    by_summary = f"To build a portfolio from the results so far: impact batch --summary {shlex.quote(str(plan.out))}"
    failures: list[DocumentEvent] = []
    keeper = _keeper(plan, library, watch)
    with listening() as wish:
        try:
            with keeper.keeping(wish), ExitStack() as stack:
                total = _number(plan, keeper, wish) if watch or not quiet else 0
                tell = stack.enter_context(PROGRESS[shown_as(quiet=quiet)](total, "documents"))
                keeper.begin(total)

                def hear(entry: "DocumentEvent") -> None:
                    if entry.outcome == "failed":
                        failures.append(entry)
                    _count(keeper, entry)
                    tell([entry])

                tally = run(plan, hear, keeper.beating(wish), keeper)
        finally:
            tell_failures(failures)
        if wish():
            complain(f"stopped after {documents(tally['done'])}. Run the same command again to continue")
            complain(by_summary)
            return 128 + wish.signal
    if not tally:
        complain(ImpactError("the sources contain no document", "Check the paths and addresses"))
        return 1
    try:
        if not quiet:
            click.echo(f"Building the portfolio in {plan.out}", err=True)
        summarize(plan.out, plan.now, library)
    except KeyboardInterrupt:
        complain("stopped while building the portfolio. All documents have been analyzed")
        complain(by_summary)
        return 128 + SIGINT
    if not quiet:
        say(f"{documents(tally.total())}: {counts(tally)}. Results: {plan.out}")
    return failure_code(tally["failed"], tally.total())


def _number(plan: "Plan", keeper: "StatusKeeper", stop: "Stop") -> int:
    """Return how many documents the sources have, while no other batch is at work in the output folder."""
    from impact.batch.sources import find
    from impact.batch.store import opened

    documents = find(plan.sources, plan.out)
    with opened(plan.out):
        return sum(1 for _ in takewhile(lambda _: not stop(), keeper.listing(documents)))


def _keeper(plan: "Plan", library: Path | None, watch: float | None) -> "StatusKeeper":
    """Return who writes how far a batch is, and renews its portfolio every `watch` seconds at most."""
    from datetime import UTC, datetime
    from uuid import uuid4

    from impact.batch.archive.files import open_archive
    from impact.batch.archive.statuses import FILE_NAME
    from impact.batch.portfolio.files import write
    from impact.batch.status.keeper import Renewal, StatusKeeper

    files, seconds = open_archive(str(plan.out)), round(watch or 0)
    renewal = Renewal(lambda: write(plan.out, datetime.now(UTC), library, refresh=seconds), watch) if watch else None
    return StatusKeeper(uuid4().hex, lambda data: files.put({FILE_NAME: data}), lambda: datetime.now(UTC), renewal)


def _count(keeper: "StatusKeeper", entry: "DocumentEvent") -> None:
    """Take in an event: what was not given to a worker was passed over, or could not be opened."""
    from impact.batch.runlog import SKIPPED
    from impact.batch.work import OPEN

    keeper.note(entry.outcome)
    if entry.outcome == SKIPPED:
        keeper.skip(1)
    elif entry.outcome == "done" or (entry.outcome == "failed" and entry.stage != OPEN):
        keeper.take(1)
    else:
        keeper.pass_over(1)


def summarize(out: Path, now: "datetime", library: Path | None) -> None:
    """Make the portfolio from the results in a folder, in which no batch is at work."""
    from impact.batch.portfolio.files import write
    from impact.batch.record import scan_records
    from impact.batch.store import opened

    if next(scan_records(out), None) is None:
        raise ImpactError(f"{out} contains no batch results", "Give the folder that was used as --out for the batch")
    with opened(out):
        write(out, now, library)
