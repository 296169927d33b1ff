"""`impact review import`."""

from pathlib import Path

import click

from impact.cli.messages import say
from impact.cli.review.session import now, open_as, user_options
from impact.errors import ImpactError

FORMATS = ("jsonl", "csv", "annotations")


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, readable=False))
@click.option("--format", "form", type=click.Choice(FORMATS), help="Format of the file.  [default: by its name]")
@click.option("--into", metavar="PROPOSAL", help="Import annotations that you made on this proposal in another tool.")
@user_options
def import_(
    file: Path, form: str | None, into: str | None, place: str | None, files_folder: Path | None, name: str | None
) -> None:
    """Import the decisions in FILE.

    If one decision is invalid, none is imported. Decisions already in the store are skipped.

    Only an administrator can import the decisions of other people. With --into, each Web Annotation in FILE must be
    tagged with a mechanism. Each is recorded as your acceptance of the finding that it quotes, or as a new finding.
    """
    from impact.review.decide import reading, record
    from impact.review.exchange import annotation_import, importing

    format_ = form or importing.SUFFIXES.get(file.suffix.lower(), "")
    if not format_:
        raise ImpactError(f"the format of {file.name} is not clear from its name", "Give --format")
    data = file.read_bytes()
    with open_as(place, files_folder, name) as (store, user):
        if into:
            drafts = annotation_import.read_drafts(data, reading.open_desk(store, user, into))
            say(f"{len(record.decide_all(store, user, into, drafts, now()))} new")
            return
        result = importing.import_decisions(store, user, data, format_, now())
    say(f"{result.new} new, {result.known} already in the store")
