"""`impact batch --archive`."""

from contextlib import ExitStack
from datetime import UTC, datetime
from signal import SIGINT
from typing import TYPE_CHECKING
from uuid import uuid4

import click

from impact.cli.batch.words import MOST_FAILURES, counts, documents, shown_as, tell_failures
from impact.cli.messages import complain, failure_code, say
from impact.errors import ImpactError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from impact.batch.archive.run import ArchivePlan
    from impact.batch.runlog import DocumentEvent
    from impact.batch.status.keeper import Renewal


def run_into_archive(plan: "ArchivePlan", watch: float | None, *, quiet: bool) -> int:
    """Run a batch into an archive with progress and a summary; return the exit code."""
    from impact.batch.archive.run import RunHearer, run
    from impact.batch.progress import PROGRESS
    from impact.batch.stopping import listening
    from impact.sandbox.trial import warn_for_all

    warn_for_all()
    failures: list[DocumentEvent] = []
    with listening() as wish, ExitStack() as stack:
        tellers = []

        def begin(waiting: int) -> None:
            tellers.append(stack.enter_context(PROGRESS[shown_as(quiet=quiet)](waiting, "sources")))

        def hear(entries: "Sequence[DocumentEvent]") -> None:
            failures.extend(entry for entry in entries if entry.outcome == "failed")
            tellers[-1](entries)

        try:
            tally = run(plan, RunHearer(begin, hear), wish, _renewal(plan, watch))
        finally:
            stack.close()
            tell_failures(failures, MOST_FAILURES)
        if wish():
            complain(f"stopped after {documents(tally['done'])}. Run the same command again to continue")
            return 128 + wish.signal
    if not tally:
        complain(ImpactError("the sources contain no document", "Check the paths and addresses"))
        return 1
    try:
        _settle(plan, quiet=quiet)
    except KeyboardInterrupt:
        complain("stopped while making the pages. All documents are in the archive")
        complain("Run the same command again to make them")
        return 128 + SIGINT
    if not quiet:
        say(f"{documents(tally.total())}: {counts(tally)}. Archive: {plan.archive}")
    return failure_code(tally["failed"], tally.total())


def _renewal(plan: "ArchivePlan", watch: float | None) -> "Renewal | None":
    """Return how the pages of an archive are made anew every `watch` seconds at most; None without that."""
    from impact.batch.archive.files import open_archive
    from impact.batch.catalog.pages import make_pages
    from impact.batch.status.keeper import Renewal

    files = open_archive(plan.archive)

    def make() -> None:
        make_pages(files, datetime.now(UTC), running=True)

    return Renewal(make, watch) if watch else None


def _settle(plan: "ArchivePlan", *, quiet: bool) -> None:
    """Put small parts together and make the pages that have changed; there is nothing to do before the first part."""
    from impact.batch.archive.files import open_archive
    from impact.batch.catalog.compaction import compact
    from impact.batch.catalog.layout import DOCUMENTS
    from impact.batch.catalog.pages import make_pages

    files = open_archive(plan.archive)
    if not files.names(DOCUMENTS):
        return
    if not quiet:
        click.echo(f"Making the pages of {plan.archive}", err=True)
    try:
        compact(files, uuid4().hex)
    except (OSError, ImpactError) as error:  # another run may put them together
        complain(f"small parts of {plan.archive} were not put together; the next run tries again ({error})")
    make_pages(files, datetime.now(UTC))
