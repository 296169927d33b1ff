"""`impact review`: export decisions, import them."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from impact.cli.messages import say
from impact.cli.review.session import at_store, now, open_as, user_options
from impact.errors import ImpactError

if TYPE_CHECKING:
    from impact.review.store.store import Store
    from impact.review.values.users import User

FORMATS = ("jsonl", "csv", "annotations")


@click.command()
@click.argument("proposals", nargs=-1)
@click.option("--format", "form", type=click.Choice([*FORMATS, "signed"]), default="jsonl", show_default=True)
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="File to write.  [default: print]")
@at_store
def export(store: "Store", user: "User", proposals: tuple[str, ...], form: str, out: Path | None) -> None:
    """Export the decisions that you may read.

    Without PROPOSALS, decisions on all proposals are exported. jsonl and csv contain decisions for `import`.
    annotations are W3C Web Annotations of the findings in one proposal. signed is the latest signed version of one
    proposal.
    """
    from impact.batch.store import beside

    text = _export(store, user, proposals, form)
    if out is None:
        click.echo(text, nl=False)
        return
    try:
        with beside(out.parent, (out.name,)) as (part,):
            part.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise ImpactError(f"{out} cannot be written to: {error.strerror}", "Choose another file with --out") from error


def _export(store: "Store", user: "User", wanted: tuple[str, ...], form: str) -> str:
    from impact.review.decide import reading, signing
    from impact.review.exchange import annotations, rows

    if form in rows.WRITERS:
        return rows.WRITERS[form](reading.list_events(store, user, wanted))
    if len(wanted) != 1:
        raise ImpactError(f"{form} covers one proposal, not {len(wanted)}", "Give one proposal")
    if form == "signed":
        return json.dumps(signing.signed_version(store, user, wanted[0]), indent=1) + "\n"
    return annotations.render(reading.open_desk(store, user, wanted[0]))


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, readable=False))
@click.option("--format", "form", type=click.Choice(FORMATS), help="Format of the file.  [default: by its name]")
@click.option("--into", metavar="PROPOSAL", help="Import annotations that you made on this proposal in another tool.")
@user_options
def import_(file: Path, form: str | None, into: str | None, place: str | None, name: str | None) -> None:
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
    with open_as(place, name) as (store, user):
        if into:
            drafts = annotation_import.read_drafts(data, reading.open_desk(store, user, into))
            say(f"{len(record.decide_all(store, user, into, drafts, now()))} new")
            return
        result = importing.import_decisions(store, user, data, format_, now())
    say(f"{result.new} new, {result.known} already in the store")
