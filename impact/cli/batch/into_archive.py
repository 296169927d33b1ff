"""`impact batch --archive`."""

from contextlib import ExitStack
from typing import TYPE_CHECKING

from impact.cli.batch.words import MOST_FAILURES, counts, documents, shown_as, tell_failures
from impact.cli.messages import complain, failure_code, say
from impact.errors import ImpactError

if TYPE_CHECKING:
    from impact.batch.archive.run import ArchivePlan
    from impact.batch.runlog import DocumentEvent


def run_into_archive(plan: "ArchivePlan", *, quiet: bool) -> int:
    """Run a batch into an archive with progress and last words; return the exit code."""
    from impact.batch.archive.run import RunHearer, run
    from impact.batch.progress import PROGRESS
    from impact.batch.stopping import listening
    from impact.sandbox.trial import warn_for_all

    warn_for_all()
    failures: list[DocumentEvent] = []
    with listening() as wish, ExitStack() as stack:
        tellers = []

        def begin(waiting: int) -> None:
            tellers.append(stack.enter_context(PROGRESS[shown_as(quiet=quiet)](waiting)))

        def hear(entry: "DocumentEvent") -> None:
            if entry.outcome == "failed":
                failures.append(entry)
            tellers[-1](entry)

        try:
            tally = run(plan, RunHearer(begin, hear), wish)
        finally:
            stack.close()
            tell_failures(failures, MOST_FAILURES)
        if wish():
            complain(f"stopped after {documents(tally['done'])}. Run the same command again to continue")
            return 128 + wish.signal
    if not tally:
        complain(ImpactError("the sources contain no document", "Check the paths and addresses"))
        return 1
    if not quiet:
        say(f"{documents(tally.total())}: {counts(tally)}. Archive: {plan.archive}")
    return failure_code(tally["failed"], tally.total())
