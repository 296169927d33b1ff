"""`impact batch`."""

import shlex
import sys
from collections import Counter
from pathlib import Path
from signal import SIGINT
from typing import TYPE_CHECKING, TypedDict, Unpack

import click

from impact.cli.installed import check_installed
from impact.cli.messages import complain, failure_code, say
from impact.cli.options import by_option, pdf_engine_option, quiet_option, run_reader_options, terms_behind, view_option
from impact.errors import ImpactError

if TYPE_CHECKING:
    from datetime import datetime

    from impact.batch.run import Plan
    from impact.batch.runlog import DocumentEvent
    from impact.reader import Door


class _BatchOptions(TypedDict):
    """Options that say how to work."""

    engine: str
    scheduler: str
    workers: int
    seconds: float
    memory: int
    only_failed: bool
    fresh: bool


@click.command()
@click.argument("sources", nargs=-1)
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Folder to write the results to.")
@click.option(
    "--list",
    "lists",
    multiple=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="File with one path or address per line; equivalent to @FILE in SOURCES.",
)
@click.option(
    "--engine",
    type=click.Choice(["local", "dask"], case_sensitive=False),
    default="local",
    show_default=True,
    help="Run in processes on this machine or on a Dask cluster.",
)
@click.option(
    "--scheduler", default="", help="Address of a Dask scheduler (tcp://...). Without it, a local scheduler is started."
)
@click.option(
    "--workers",
    type=click.IntRange(min=1),
    callback=lambda _context, _parameter, value: value or 0,
    help="Number of documents to process at the same time.  [default: one per core]",
)
@click.option(
    "--time-limit",
    "seconds",
    type=click.FloatRange(min=0, min_open=True),
    default=120.0,
    show_default=True,
    help="Maximum time for one document, in seconds.",
)
@click.option(
    "--memory-limit",
    "memory",
    type=click.IntRange(min=64),
    default=1536,
    callback=lambda _context, _parameter, value: value * 2**20,
    show_default=True,
    help="Maximum memory in MB for reading one document, and the same again for analyzing it.",
)
@click.option(
    "--only-failed", is_flag=True, help="Process only the documents that failed before; skip new and changed ones."
)
@click.option("--fresh", is_flag=True, help="Process all documents again, including those already completed.")
@click.option(
    "--summary", is_flag=True, help="Rebuild the portfolio from the results in --out without reading any document."
)
@pdf_engine_option
@view_option
@by_option
@click.option(
    "--library",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="Folder of known proposals: the results of another batch, or a library made with `impact match --add`. The "
    "portfolio lists documents that may be re-issues of them.",
)
@run_reader_options
@quiet_option
def batch(
    sources: tuple[str, ...],
    out: Path | None,
    lists: tuple[Path, ...],
    library: Path | None,
    pdf_engine: str,
    view: str,
    by: str,
    door: "Door | None",
    *,
    summary: bool,
    quiet: bool,
    **options: Unpack[_BatchOptions],
) -> None:
    """Analyze many documents and list which to read first.

    The list is DIR/index.html. SOURCES are files, folders, ZIP files, addresses (s3://...) and lists of these (@FILE).
    Each document has its own folder in --out. A second run processes only documents that are new, have changed or
    failed before.

    With --reader, a language model that you trust reads the relevant clauses a second time. Its answers are kept in
    DIR/answers. A second run continues with the clauses that have not been read.

    Exit codes: 0 completed; 1 failed, or no document could be read; 2 incorrect usage; 4 completed, but some documents
    failed; 130 or 143 stopped by a signal, with the completed results kept.
    """
    from datetime import UTC, datetime

    from impact.batch.run import Plan
    from impact.extract import Options

    check_installed("impact batch", "batch")
    now = datetime.now(UTC)
    if summary and (out or len(sources) == 1):
        _summarize(out or Path(sources[0]), now, library)
        return
    if summary or out is None or not (sources or lists):
        raise click.UsageError("give --summary DIR" if summary else "give --out DIR and at least one source")
    _check(options)
    named = (*sources, *(f"@{path}" for path in lists))
    chosen = Options(pdf_engine=pdf_engine, view=view)
    plan = Plan(named, out, now, options=chosen, by=(by,), terms=terms_behind(door), **options)
    sys.exit(_run(plan, library, quiet=quiet))


def _check(options: _BatchOptions) -> None:
    """Refuse options that do not go together."""
    if options["only_failed"] and options["fresh"]:
        raise click.UsageError("--only-failed and --fresh exclude each other")
    if options["scheduler"] and options["engine"] != "dask":
        raise click.UsageError("--scheduler needs --engine dask")


def _run(plan: "Plan", library: Path | None, *, quiet: bool) -> int:
    """Run a batch with progress and last words; return the exit code."""
    from impact.batch.progress import PROGRESS
    from impact.batch.run import run
    from impact.batch.sources import find
    from impact.batch.stopping import listening
    from impact.sandbox.trial import warn_for_all

    warn_for_all()
    by_summary = f"To build a portfolio from the results so far: impact batch --summary {shlex.quote(str(plan.out))}"
    failures: list[DocumentEvent] = []
    shown = "quiet" if quiet else "bar" if sys.stderr.isatty() else "lines"
    total = 0 if quiet else sum(1 for _ in find(plan.sources, plan.out))
    with listening() as wish:
        try:
            with PROGRESS[shown](total) as tell:

                def hear(entry: "DocumentEvent") -> None:
                    if entry.outcome == "failed":
                        failures.append(entry)
                    tell(entry)

                tally = run(plan, hear, wish)
        finally:
            for entry in sorted(failures, key=lambda failure: failure.name):
                complain(f"{entry.name}: failed to {entry.stage}: {ImpactError(entry.reason, entry.hint)}")
        if wish():
            complain(f"stopped after {_documents(tally['done'])}. Run the same command again to continue")
            complain(by_summary)
            return 128 + wish.signal
    if not tally:
        complain(ImpactError("the sources contain no document", "Check the paths and addresses"))
        return 1
    try:
        if not quiet:
            click.echo(f"Building the portfolio in {plan.out}", err=True)
        _summarize(plan.out, plan.now, library)
    except KeyboardInterrupt:
        complain("stopped while building the portfolio. All documents have been analyzed")
        complain(by_summary)
        return 128 + SIGINT
    if not quiet:
        say(f"{_documents(tally.total())}: {_counts(tally)}. Results: {plan.out}")
    return failure_code(tally["failed"], tally.total())


def _counts(tally: Counter[str]) -> str:
    outcomes = ("done", "unchanged", *(["skipped"] if tally["skipped"] else []), "duplicate", "failed")
    lists = tally["list"]
    ending = f", {lists} list{'s' * (lists != 1)} of documents" if lists else ""
    return ", ".join(f"{tally[outcome]} {outcome}" for outcome in outcomes) + ending


def _documents(number: int) -> str:
    return f"{number} document{'s' * (number != 1)}"


def _summarize(out: Path, now: "datetime", library: Path | None) -> None:
    """Make the portfolio from the results in a folder, in which no batch is at work."""
    from impact.batch.portfolio.files import write
    from impact.batch.record import scan_records
    from impact.batch.store import opened

    if next(scan_records(out), None) is None:
        raise ImpactError(f"{out} contains no batch results", "Give the folder that was used as --out for the batch")
    with opened(out):
        write(out, now, library)
