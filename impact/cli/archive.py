"""`impact archive`."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import click

from impact.batch.catalog.levels import LEVELS
from impact.cli.installed import check_installed
from impact.cli.messages import complain, say, say_data
from impact.cli.options import quiet_option
from impact.tables.states import STATES

_CHOOSING = {
    "meeting": "Only documents of this meeting.",
    "group": 'Only documents submitted to this group ("SG13" or "ITU-T SG13").',
    "source": "Only documents of organizations with this text in their name.",
    "right": "Only documents in which a power was found that may affect this right; `impact taxonomy` lists the ids.",
    "power": "Only documents with a finding of this power; `impact taxonomy` lists the ids.",
    "level": f"Only documents of this level: {', '.join(LEVELS)}.",
    "state": f"Only documents in this state: {', '.join(STATES)}.",
}
_KINDS = {"level": click.Choice(list(LEVELS)), "state": click.Choice(STATES)}


def _choosing(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options by which documents are chosen; it gets them as `selection`."""

    @wraps(command)
    def with_selection(*arguments: Any, **options: Any) -> None:
        from impact.batch.catalog.selection import ArchiveSelection

        check_installed("impact archive", "batch")
        chosen = {name: options.pop(name) or "" for name in _CHOOSING}
        try:
            selection = ArchiveSelection(**chosen)
        except ValueError as error:
            raise click.UsageError(str(error)) from error
        command(*arguments, selection=selection, **options)

    for name, text in reversed(_CHOOSING.items()):
        click.option(f"--{name}", type=_KINDS.get(name), metavar=name.upper(), help=text)(with_selection)
    return with_selection


_form_option = click.option(
    "--format",
    "form",
    default="text",
    show_default=True,
    type=click.Choice(["text", "csv", "json"], case_sensitive=False),
    help="Format of the output.",
)


def _first_option(default: int) -> Callable[..., Any]:
    most = click.IntRange(min=1)
    return click.option("--first", default=default, show_default=True, type=most, help="Maximum number of rows.")


def _write(text: str, form: str) -> None:
    """Print text for people in the encoding of the terminal, and data in UTF-8."""
    if form == "text":
        click.echo(text, nl=False)
    else:
        say_data(text.encode())


@click.group()
def archive() -> None:
    """List, search and page an archive that `impact batch --archive` wrote.

    ADDRESS is the folder or address of the archive (s3://bucket/prefix).
    """


@archive.command("list")
@click.argument("address")
@_choosing
@_first_option(20)
@_form_option
def list_documents(address: str, selection: Any, first: int, form: str) -> None:
    """List the documents to read first.

    The order is that of the reading list of a batch. Options that choose documents apply together. Documents that were
    not assessed, failed or are duplicates come last and have no place.
    """
    from impact.batch.archive.files import open_archive
    from impact.batch.catalog.catalog import ask
    from impact.batch.catalog.exporting import EXPORTED, LISTED, LISTS

    columns = LISTED if form == "text" else EXPORTED
    rows = ask(open_archive(address), lambda catalog: catalog.listed(columns, selection, count=first))
    _write(LISTS[form](rows), form)
    if not rows:
        complain("no document of the archive fits these options")


@archive.command()
@click.argument("address")
@click.argument("words", nargs=-1, required=True)
@_choosing
@_first_option(100)
@_form_option
def search(address: str, words: tuple[str, ...], selection: Any, first: int, form: str) -> None:
    """Search for WORDS, or for an article such as ICCPR 17.

    Words are searched in the quotes of findings and in titles, numbers and file names. All of them have to occur; parts
    of words count; a phrase stands in quotation marks. An article finds the findings that may affect it. Findings are
    listed in reading order of their documents.
    """
    from impact.batch.archive.files import open_archive
    from impact.batch.catalog.catalog import ask
    from impact.batch.catalog.exporting import SEARCHES
    from impact.batch.catalog.search import question_in, typed
    from impact.batch.catalog.search import search as look_up

    try:
        question = question_in(typed(words))
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    rows = ask(open_archive(address), lambda catalog: look_up(catalog, question, selection, first))
    _write(SEARCHES[form](rows), form)
    if not rows:
        complain("nothing was found. The search covers quotes of findings, titles, numbers and file names")


@archive.command()
@click.argument("address")
@quiet_option
def pages(address: str, *, quiet: bool) -> None:
    """Write the pages of the archive, or renew those that have changed.

    They begin at ADDRESS/index.html: what to read first, and lists by meeting, group, source, right and power.
    """
    from datetime import UTC, datetime

    from impact.batch.archive.files import open_archive
    from impact.batch.catalog.pages import make_pages

    check_installed("impact archive", "batch")
    result = make_pages(open_archive(address), datetime.now(UTC))
    if not quiet:
        counts = f"{result.written} written, {result.unchanged} unchanged, {result.removed} removed"
        click.echo(f"Pages: {counts}. They begin at {address.rstrip('/')}/index.html")


@archive.command()
@click.argument("address")
@click.option(
    "--unused-results",
    is_flag=True,
    help="Also remove results that are no longer in any list and older than a day. No batch may be running.",
)
@quiet_option
def compact(address: str, *, unused_results: bool, quiet: bool) -> None:
    """Put the many small Parquet parts of each meeting together.

    Lists and pages stay the same and are made faster. Rows that newer ones replace are left out. A batch may write to
    the archive meanwhile, unless results are to be removed.
    """
    from datetime import UTC, datetime
    from uuid import uuid4

    from impact.batch.archive.files import open_archive
    from impact.batch.archive.statuses import check_idle
    from impact.batch.archive.unused import AGE, remove_unused
    from impact.batch.catalog.compaction import compact_on_request
    from impact.batch.catalog.pages import make_pages

    check_installed("impact archive", "batch")
    files, now = open_archive(address), datetime.now(UTC)
    if unused_results:
        check_idle(files, now - AGE)
    gone = compact_on_request(files, uuid4().hex)
    lines = [f"{gone} parts were put together" if gone else "There is nothing to put together"]
    if unused_results:
        make_pages(files, now)  # none links to a result that goes
        removed = remove_unused(files, now)
        lines.append(f"Unused results removed: {removed}")
    if not quiet:
        say(*lines)
