"""`impact batch`."""

import shlex
import sys
from pathlib import Path
from signal import SIGINT
from typing import TYPE_CHECKING, TypedDict, Unpack

import click

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
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Folder for the results.")
@click.option(
    "--list",
    "lists",
    multiple=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="A file with one path or address a line; like @FILE among the sources.",
)
@click.option(
    "--engine",
    type=click.Choice(["local", "dask"], case_sensitive=False),
    default="local",
    show_default=True,
    help="Processes on this machine, or a dask cluster.",
)
@click.option("--scheduler", default="", help="Address of a dask scheduler, tcp://...; without it one is started here.")
@click.option(
    "--workers",
    type=click.IntRange(min=1),
    callback=lambda _context, _parameter, value: value or 0,
    help="Documents read at a time.  [default: one a core]",
)
@click.option(
    "--time-limit",
    "seconds",
    type=click.FloatRange(min=0, min_open=True),
    default=120.0,
    show_default=True,
    help="Seconds that one document may take.",
)
@click.option(
    "--memory-limit",
    "memory",
    type=click.IntRange(min=64),
    default=1536,
    callback=lambda _context, _parameter, value: value * 2**20,
    show_default=True,
    help="MB that reading one document may take, and again its analysis.",
)
@click.option("--only-failed", is_flag=True, help="Do only what failed before; skip what is new or changed.")
@click.option("--fresh", is_flag=True, help="Do all again, also what is done.")
@click.option("--summary", is_flag=True, help="Read nothing; make the portfolio anew from the results in --out.")
@pdf_engine_option
@view_option
@by_option
@click.option(
    "--library",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="Known proposals: another batch, or what `impact match --add` made; re-issues of them are named.",
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
    """Read all documents of SOURCES and say in DIR/index.html where to look first.

    SOURCES are files, folders, ZIP files, addresses (s3://...) and lists of them (@FILE). Each document gets a folder
    in --out; a second run does only what is new, changed or failed before.

    With --reader, a language model that you trust reads the clauses that may matter a second time. Its answers are kept
    in DIR/answers; a second run goes on with clauses that were not read.

    Exit codes: 0 done; 1 could not do it, or nothing could be read; 2 wrong usage; 4 done, and some documents failed;
    130 or 143 stopped by a signal, what is finished is kept.
    """
    from datetime import UTC, datetime

    from impact.batch.run import Plan
    from impact.extract import Options

    now = datetime.now(UTC)
    if summary and (out or len(sources) == 1):
        _summarize(out or Path(sources[0]), now, library)
        return
    if summary or out is None or not (sources or lists):
        raise click.UsageError("give --summary DIR" if summary else "give --out DIR and at least one source")
    if options["only_failed"] and options["fresh"]:
        raise click.UsageError("--only-failed and --fresh exclude each other")
    if options["scheduler"] and options["engine"] != "dask":
        raise click.UsageError("--scheduler needs --engine dask")
    named = (*sources, *(f"@{path}" for path in lists))
    chosen = Options(pdf_engine=pdf_engine, view=view)
    plan = Plan(named, out, now, options=chosen, by=(by,), terms=terms_behind(door), **options)
    sys.exit(_run(plan, library, quiet=quiet))


def _run(plan: "Plan", library: Path | None, *, quiet: bool) -> int:
    """Run a batch with progress and last words; return the exit code."""
    from impact.batch.progress import PROGRESS
    from impact.batch.run import run
    from impact.batch.sources import find
    from impact.batch.stopping import listening

    by_summary = f"for a portfolio of what is there: impact batch --summary {shlex.quote(str(plan.out))}"
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
            complain(f"stopped; {_documents(tally['done'])} finished. Run the same command again to go on")
            complain(by_summary)
            return 128 + wish.signal
    if not tally:
        complain(ImpactError("no document was found in what was given", "Check the sources"))
        return 1
    try:
        if not quiet:
            click.echo(f"Making the portfolio of {plan.out}", err=True)
        _summarize(plan.out, plan.now, library)
    except KeyboardInterrupt:
        complain("stopped; all documents are finished")
        complain(by_summary)
        return 128 + SIGINT
    if not quiet:
        outcomes = ("done", "unchanged", *(["skipped"] if tally["skipped"] else []), "duplicate", "failed")
        counts = ", ".join(f"{tally[outcome]} {outcome}" for outcome in outcomes)
        say(f"{_documents(tally.total())}: {counts}. Results: {plan.out}")
    return failure_code(tally["failed"], tally.total())


def _documents(number: int) -> str:
    return f"{number} document{'s' * (number != 1)}"


def _summarize(out: Path, now: "datetime", library: Path | None) -> None:
    """Make the portfolio from the results in a folder, in which no batch is at work."""
    from impact.batch.portfolio.files import write
    from impact.batch.record import scan_records
    from impact.batch.store import opened

    if next(scan_records(out), None) is None:
        raise ImpactError(f"{out} holds no results of a batch", "Give the folder that was --out when the batch ran")
    with opened(out):
        write(out, now, library)
