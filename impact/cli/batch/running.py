"""`impact batch SOURCES`: into a folder, or into an archive."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

import click

from impact.cli.batch.into_archive import run_into_archive
from impact.cli.batch.into_folder import run_into_folder, summarize
from impact.cli.installed import check_installed
from impact.cli.options import by_option, pdf_engine_option, quiet_option, run_reader_options, terms_behind, view_option

if TYPE_CHECKING:
    from datetime import datetime

    from impact.batch.archive.run import ArchivePlan
    from impact.batch.run import Plan
    from impact.reader import Door


class _Course(TypedDict):
    """How a batch runs, wherever it writes."""

    engine: str
    scheduler: str
    workers: int
    seconds: float
    memory: int
    fresh: bool
    only_failed: bool


class _BatchOptions(_Course):
    """Options that say how to work, and where an archive is."""

    archive: str
    meeting: str
    state: Path | None
    pdf_engine: str
    view: str
    by: str


@click.command("run")
@click.argument("sources", nargs=-1)
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Folder to write the results to.")
@click.option(
    "--archive",
    default="",
    help="Folder or address (s3://...) of an archive to write the results to, instead of --out.",
)
@click.option(
    "--meeting", default="", help="Name of the meeting in --archive.  [default: the folder below each source]"
)
@click.option(
    "--state",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder for what this machine knows of --archive.  [default: in the user's cache]",
)
@click.option(
    "--watch",
    type=click.FloatRange(min=1),
    help="Renew the portfolio while the batch runs, every so many seconds at most. Its pages reload themselves.",
)
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
    "--only-failed",
    is_flag=True,
    help="Process only the documents that failed before; skip all others, new and changed ones too.",
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
def run(
    sources: tuple[str, ...],
    out: Path | None,
    lists: tuple[Path, ...],
    library: Path | None,
    watch: float | None,
    door: "Door | None",
    *,
    summary: bool,
    quiet: bool,
    **options: Unpack[_BatchOptions],
) -> None:
    """Analyze many documents and list which to read first.

    The list is DIR/index.html. How far a batch is: impact batch status DIR.

    SOURCES are files, folders, ZIP files, addresses (s3://...) and lists of these (@FILE). Each document has its own
    folder in --out. A second run processes only documents that are new, have changed or failed before. Use --archive
    for many meetings: workers read and write there themselves (docs/archive.md).

    With --reader, a language model that you trust reads the relevant clauses a second time. Its answers are kept in
    DIR/answers. A second run continues with the clauses that have not been read.

    Exit codes: 0 completed; 1 failed, or no document could be read; 2 incorrect usage; 4 completed, but some documents
    failed; 130 or 143 stopped by a signal, with the completed results kept.
    """
    from datetime import UTC, datetime

    check_installed("impact batch", "batch")
    now, named = datetime.now(UTC), (*sources, *(f"@{path}" for path in lists))
    _check(options)
    if options["archive"]:
        _check_for_archive(door, library, summary=summary)
    if summary:
        summarize(_folder_to_summarize(sources, out), now, library)
        return
    if bool(out) == bool(options["archive"]) or not named:
        raise click.UsageError("give at least one source, and --out DIR or --archive ADDRESS")
    if out:
        sys.exit(run_into_folder(_plan(named, out, now, door, options), library, watch, quiet=quiet))
    sys.exit(run_into_archive(_archive_plan(named, now, options), watch, quiet=quiet))


def _course(options: _BatchOptions) -> _Course:
    return _Course(
        engine=options["engine"],
        scheduler=options["scheduler"],
        workers=options["workers"],
        seconds=options["seconds"],
        memory=options["memory"],
        fresh=options["fresh"],
        only_failed=options["only_failed"],
    )


def _plan(sources: tuple[str, ...], out: Path, now: "datetime", door: "Door | None", options: _BatchOptions) -> "Plan":
    from impact.batch.run import Plan
    from impact.extract import Options

    return Plan(
        sources,
        out,
        now,
        Options(pdf_engine=options["pdf_engine"], view=options["view"]),
        (options["by"],),
        **_course(options),
        terms=terms_behind(door),
    )


def _archive_plan(sources: tuple[str, ...], now: "datetime", options: _BatchOptions) -> "ArchivePlan":
    from impact.batch.archive.run import ArchivePlan
    from impact.extract import Options

    return ArchivePlan(
        sources,
        options["archive"],
        now,
        Options(pdf_engine=options["pdf_engine"], view=options["view"]),
        (options["by"],),
        meeting=options["meeting"],
        state=options["state"],
        **_course(options),
    )


def _check(options: _BatchOptions) -> None:
    """Refuse options that do not go together."""
    if options["only_failed"] and options["fresh"]:
        raise click.UsageError("--only-failed and --fresh exclude each other")
    if options["scheduler"] and options["engine"] != "dask":
        raise click.UsageError("--scheduler needs --engine dask")
    for name, value in (("--meeting", options["meeting"]), ("--state", options["state"])):
        if value and not options["archive"]:
            raise click.UsageError(f"{name} needs --archive; a batch into a folder has no use for it")


def _check_for_archive(door: "Door | None", library: Path | None, *, summary: bool) -> None:
    """Refuse what a batch into an archive cannot do."""
    if summary:
        raise click.UsageError("--summary needs --out; for an archive, give impact archive pages ADDRESS")
    if library:
        raise click.UsageError("--library needs --out; documents of an archive are not compared with others")
    if door:
        advice = "give --reader off if IMPACT_READER or the settings file names one"
        raise click.UsageError(f"--reader needs --out; an archive has no second reader: {advice}")


def _folder_to_summarize(sources: tuple[str, ...], out: Path | None) -> Path:
    if out is None and len(sources) != 1:
        raise click.UsageError("give --summary DIR")
    return out or Path(sources[0])
