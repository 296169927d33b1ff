"""`impact review`: verify the store, erase proposals."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from impact.cli.messages import say, single_line
from impact.cli.review.session import at_store, now, open_as, user_options

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
    from impact.review.store import chain_links, filing
    from impact.review.store.chain.heads import noted
    from impact.review.values.refusals import RefusedError

    try:
        heads = [head for text in earlier for head in noted(text)]
    except RefusedError as error:
        raise click.BadParameter(str(error)) from error
    end, faults = chain_links.verify(store)
    faults = (*faults, *chain_links.departures(store, heads))
    damaged = filing.damaged(store)
    say(*(f"entry {fault.seq}: {fault.what}" if fault.seq else fault.what for fault in faults), err=True)
    say(*(f"file {digest}: missing or changed" for digest in damaged), err=True)
    if faults or damaged:
        sys.exit(1)
    say(f"{end.seq}:{end.hash}")


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

    known = heads.noted(str(file)) if file and file.exists() and file.stat().st_size else ()
    faults = chain_links.departures(store, known)
    if faults:
        say(*(f"entry {fault.seq}: {fault.what}" for fault in faults), err=True)
        sys.exit(1)
    end, time = chain_links.head_of(store), now()
    if file and (not known or known[-1] != end):
        heads.append(file, end, time)
    say(end.line(time))


@click.command()
@click.argument("proposals", nargs=-1)
@click.option("--expired", is_flag=True, help="Erase all proposals whose retention period has ended.")
@click.option("--yes", is_flag=True, help="Do not ask for confirmation.")
@user_options
def erase(proposals: tuple[str, ...], place: str | None, name: str | None, *, expired: bool, yes: bool) -> None:
    """Permanently erase PROPOSALS.

    Files, text, analyses and decisions are erased. The chain keeps only the digests of decisions.
    """
    from impact.review.store import erasing
    from impact.review.store.proposals import get

    if bool(proposals) == expired:
        raise click.UsageError("give either proposals or --expired")
    with open_as(place, name) as (store, user):
        for proposal in proposals:
            stored = get(store, user, proposal)
            if yes or click.confirm(single_line(f"Permanently erase {stored.id} {stored.name}?")):
                erasing.erase(store, user, stored.id, now())
                say(f"erased {stored.id}")
        for erased in erasing.expire(store, now()) if expired else ():
            say(f"erased {erased}")
