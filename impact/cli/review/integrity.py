"""`impact review`: verify the store, erase proposals."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from impact.cli.messages import say, single_line
from impact.cli.options import files_option, store_option
from impact.cli.review.session import at_store, now, open_as, user_options
from impact.errors import ImpactError
from impact.present.lists import counted

if TYPE_CHECKING:
    from impact.review.store.store import Store
    from impact.review.values.users import User


@click.command()
@click.option(
    "--head",
    "earlier",
    multiple=True,
    metavar="NUMBER:HASH|FILE",
    help="An earlier end of the chain, a file of `impact review head --append`, or a signed version (signed.json).",
)
@at_store
def verify(store: "Store", _user: "User", earlier: tuple[str, ...]) -> None:
    """Check that decisions, accounts, access, reports, the audit log and files are unchanged.

    The command prints the end of the chain. A person who can write to the database could rebuild the chain or cut it.
    Record its end elsewhere with `impact review head` and give it as --head.

    Exit codes: 0 unchanged; 1 changed.
    """
    from impact.review.recovery.inspection import inspect
    from impact.review.store.chain.heads import noted
    from impact.review.values.refusals import RefusedError

    try:
        heads = [head for text in earlier for head in noted(text)]
    except RefusedError as error:
        raise click.BadParameter(str(error)) from error
    found = inspect(store, heads)
    say(*found.faults, err=True)
    if found.faults:
        say("Restore a backup, or save what is whole with `impact review salvage` (docs/server.md).", err=True)
        sys.exit(1)
    say(found.head)


@click.command()
@click.option(
    "--append",
    "file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Check the ends that the file already has, then add this one to it.",
)
@at_store
def head(store: "Store", _user: "User", file: Path | None) -> None:
    """Print the end of the chain, to be kept where nobody can write who can write to the store.

    With --append, for a schedule such as cron, the command first checks that the chain still passes through each end
    in the file, and adds nothing if it does not.

    Exit codes: 0 done; 1 the chain was cut or made anew, or something else failed.
    """
    from impact.review.store import chain_links
    from impact.review.store.chain import heads

    ends = heads.appended(file) if file else ()
    faults = chain_links.departures(store, ends)
    if faults:
        say(*(f"entry {fault.seq}: {fault.what}" for fault in faults), err=True)
        sys.exit(1)
    end, time = chain_links.head_of(store), now()
    if file and (not ends or ends[-1] != end):
        heads.append(file, end, time)
    say(end.line(time))


@click.command()
@click.argument("proposals", nargs=-1)
@click.option("--expired", is_flag=True, help="Erase all proposals whose retention period has ended.")
@click.option(
    "--again",
    "receipts",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Erase the proposals of a file of `impact review erasures` that a restored backup brought back.",
)
@click.option("--yes", is_flag=True, help="Do not ask for confirmation.")
@user_options
def erase(
    proposals: tuple[str, ...],
    place: str | None,
    files_folder: Path | None,
    name: str | None,
    receipts: Path | None,
    *,
    expired: bool,
    yes: bool,
) -> None:
    """Permanently erase PROPOSALS.

    Files, text, analyses and decisions are erased. The chain keeps only the digests of decisions. The command prints
    what remains, and until when.
    """
    from impact.review.store import erasing
    from impact.review.store.proposals import get

    if sum((bool(proposals), expired, receipts is not None)) != 1:
        raise click.UsageError("give proposals, --expired or --again")
    with open_as(place, files_folder, name) as (store, user):
        for proposal in proposals:
            stored = get(store, user, proposal)
            if yes or click.confirm(single_line(f"Permanently erase {stored.id} {stored.name}?")):
                receipt = erasing.erase(store, user, stored.id, now())
                say(f"erased {stored.id}, entry {receipt.seq} of the chain")
                say(*(f"remains: {left.what}, until {left.until}" for left in receipt.remains))
        if expired or (receipts and _listed_again(store, receipts, yes=yes)):
            say(*(f"erased {gone}" for gone in erasing.expire(store, now())))


def _listed_again(store: "Store", file: Path, *, yes: bool) -> bool:
    """Put the proposals of a file of receipts on the list of what is erased, unless the person does not confirm it."""
    from impact.review.store import erasing
    from impact.review.store.upkeep import erased
    from impact.review.values.erasure import receipt_ids

    ids = receipt_ids(file.read_text(encoding="utf-8", errors="replace"))
    if not ids:
        hint = "Give the output of `impact review erasures`, or receipts saved from the page or the API"
        raise ImpactError(f"{file} contains no receipt of an erasure", hint)
    back = erasing.stored(store, ids)
    say(*back)
    if back and not yes and not click.confirm(f"Permanently erase these {len(back)} proposals?"):
        return False
    erased.add(store.files, ids - erased.listed(store.files))
    return True


@click.command()
@at_store
def erasures(store: "Store", _user: "User") -> None:
    """Print a receipt of each erasure as JSON, one a line: when, by whom, why, and digests of what was erased.

    Keep the output with your backups; `impact review erase --again` erases again what an old backup brings back.
    """
    import json

    from impact.review.store import erasing
    from impact.review.values.erasure import receipt_row

    for receipt in erasing.receipts(store):
        row = receipt_row(receipt)
        del row["remains"]
        say(json.dumps(row))


@click.command()
@click.option("--out", "folder", required=True, type=click.Path(file_okay=False, path_type=Path), help="A new folder.")
@store_option
@files_option
def salvage(folder: Path, place: str | None, files: Path | None) -> None:
    """Save what is whole of a damaged store: originals, analyses, signed versions, decisions.

    Nothing in the store is changed. The command reads all proposals, also restricted ones.

    Exit codes: 0 all was saved; 1 something could not be; not-saved.txt names it.
    """
    from impact.review.recovery.examination import engine_and_files
    from impact.review.recovery.salvage import salvage as save

    if folder.exists() and any(folder.iterdir()):
        raise ImpactError(f"{folder} is not empty", "Give a new folder with --out")
    engine, folder_of_files = engine_and_files(place or "", files)
    try:
        salvaged = save(engine, folder_of_files, folder)
    finally:
        engine.dispose()
    saved = f"{counted(salvaged.proposals, 'proposal')}, {counted(salvaged.files, 'file')}"
    say(f"saved {saved} and {counted(salvaged.entries, 'entry', 'entries')} of the chain in {folder}")
    if salvaged.lost:
        say(
            f"{counted(len(salvaged.lost), 'thing')} could not be saved; {folder / 'not-saved.txt'} names them",
            err=True,
        )
        sys.exit(1)
