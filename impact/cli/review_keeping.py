"""`impact review`: export, import, verify, erase."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from impact.cli.review_desk import at_desk, now, opened
from impact.cli.terminal import one_line
from impact.errors import ImpactError

if TYPE_CHECKING:
    from impact.review.store.store import Store
    from impact.review.values.users import User

FORMATS = ("jsonl", "csv", "annotations", "signed")
READ = ("jsonl", "csv", "annotations")
SUFFIXES = {".jsonl": "jsonl", ".csv": "csv", ".json": "annotations", ".jsonld": "annotations"}


@click.command()
@click.argument("proposals", nargs=-1)
@click.option("--format", "form", type=click.Choice(FORMATS), default="jsonl", show_default=True)
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="File to write.  [default: print]")
@at_desk
def export(proposals: tuple[str, ...], form: str, out: Path | None, place: str | None, name: str | None) -> None:
    """Print the decisions that you may read, of PROPOSALS or of all.

    jsonl and csv hold events, for `import`; annotations are W3C Web Annotations of one proposal's findings; signed is
    the latest signed version of one.
    """
    with opened(place, name) as (store, user):
        text = _exported(store, user, proposals, form)
    if out is None:
        click.echo(text, nl=False)
        return
    part = out.with_name(f".{out.name}.part")
    try:
        part.write_text(text, encoding="utf-8", newline="\n")
        part.replace(out)
    except OSError as error:
        message = f"{out} cannot be written to: {error.strerror}"
        raise ImpactError(message, "Choose another file with --out") from error


def _exported(store: "Store", user: "User", wanted: tuple[str, ...], form: str) -> str:
    from impact.review.decide import reading, signing
    from impact.review.exchange import annotations, rows

    if form in rows.WRITERS:
        return rows.WRITERS[form](reading.list_events(store, user, wanted))
    if len(wanted) != 1:
        message = f"{form} is of one proposal, not of {len(wanted)}"
        raise ImpactError(message, "Give one")
    if form == "signed":
        return json.dumps(signing.signed_version(store, user, wanted[0]), indent=1) + "\n"
    return annotations.render(reading.open_desk(store, user, wanted[0]))


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, readable=False))
@click.option("--format", "form", type=click.Choice(READ), help="Of the file.  [default: by its name]")
@click.option("--into", metavar="PROPOSAL", help="Read annotations that you made of it in another tool.")
@at_desk
def take(file: Path, form: str | None, into: str | None, place: str | None, name: str | None) -> None:
    """Take over the decisions of FILE, all or none; what is here already is passed over.

    Only an administrator takes over what others said. With --into, each Web Annotation in FILE must be tagged with a
    mechanism; you accept the finding where it quotes, or add it.
    """
    from impact.review.decide import reading, record
    from impact.review.exchange import annotation_import, importing

    chosen = form or SUFFIXES.get(file.suffix.lower(), "")
    if not chosen:
        message = f"what {file.name} is cannot be told by its name"
        raise ImpactError(message, "Give --format")
    data = file.read_bytes()
    with opened(place, name) as (store, user):
        if into:
            words = annotation_import.read_drafts(data, reading.open_desk(store, user, into))
            click.echo(f"{len(record.decide_all(store, user, into, words, now()))} new")
            return
        taken = importing.import_decisions(store, user, data, chosen, now())
    click.echo(f"{taken.new} new, {taken.known} here already")


def _head(_context: click.Context, _parameter: click.Parameter, value: str | None) -> tuple[int, str] | None:
    if value is None:
        return None
    seq, _, hash_ = value.partition(":")
    if not seq.isdecimal() or not hash_:
        message = f"{value!r}: give it as `verify` printed it, NUMBER:HASH"
        raise click.BadParameter(message)
    return int(seq), hash_


@click.command()
@click.option("--head", callback=_head, metavar="NUMBER:HASH", help="An end that the chain had, noted elsewhere.")
@at_desk
def verify(head: tuple[int, str] | None, place: str | None, name: str | None) -> None:
    """Check the chain of all decisions and all files of the store, and print where the chain ends.

    Whoever can write to the database could make the chain anew; so note the end elsewhere and give it as --head.

    Exit codes: 0 nothing was changed; 1 something was.
    """
    from impact.review.store import chain_links, checking
    from impact.review.store.chain import ChainHead

    expected: ChainHead | None = ChainHead(*head) if head else None
    with opened(place, name) as (store, _):
        end, faults = chain_links.verify(store, expected)
        damaged = checking.damaged(store)
    for fault in faults:
        click.echo(one_line(f"event {fault.seq}: {fault.what}"), err=True)
    for digest in damaged:
        click.echo(f"file {digest}: missing or changed", err=True)
    if faults or damaged:
        sys.exit(1)
    click.echo(f"{end.seq}:{end.hash}")


@click.command()
@click.argument("proposals", nargs=-1)
@click.option("--expired", is_flag=True, help="Erase all whose time has come.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@at_desk
def erase(proposals: tuple[str, ...], place: str | None, name: str | None, *, expired: bool, yes: bool) -> None:
    """Erase PROPOSALS for good: files, text, analyses and decisions; the chain keeps their digests."""
    from impact.review.store import erasing
    from impact.review.store import proposals as kept

    if bool(proposals) == expired:
        message = "give proposals, or --expired"
        raise click.UsageError(message)
    with opened(place, name) as (store, user):
        for proposal in proposals:
            found = kept.get(store, user, proposal)
            if yes or click.confirm(one_line(f"Erase {found.id} {found.name} for good?")):
                erasing.erase(store, user, found.id, now())
                click.echo(f"erased {found.id}")
        for gone in erasing.expire(store, now()) if expired else ():
            click.echo(f"erased {gone}")
