"""`impact review`: verify the store, erase proposals."""

import sys
from typing import TYPE_CHECKING

import click

from impact.cli.messages import say, single_line
from impact.cli.review.session import at_store, now, open_as, user_options

if TYPE_CHECKING:
    from impact.review.store.store import Store
    from impact.review.values.users import User


def _head(_context: click.Context, _parameter: click.Parameter, value: str | None) -> tuple[int, str] | None:
    if value is None:
        return None
    seq, _, hash_ = value.partition(":")
    if not seq.isdecimal() or not hash_:
        raise click.BadParameter(f"{value!r}: give NUMBER:HASH, as printed by `verify`")
    return int(seq), hash_


@click.command()
@click.option("--head", callback=_head, metavar="NUMBER:HASH", help="An earlier end of the chain, recorded elsewhere.")
@at_store
def verify(store: "Store", _user: "User", head: tuple[int, str] | None) -> None:
    """Check that decisions and files are unchanged.

    The command prints the end of the chain of decisions. A person who can write to the database could rebuild the
    chain. Record its end elsewhere and give it as --head.

    Exit codes: 0 unchanged; 1 changed.
    """
    from impact.review.store import chain_links, filing
    from impact.review.store.chain import ChainHead

    end, faults = chain_links.verify(store, ChainHead(*head) if head else None)
    damaged = filing.damaged(store)
    say(*(f"event {fault.seq}: {fault.what}" for fault in faults), err=True)
    say(*(f"file {digest}: missing or changed" for digest in damaged), err=True)
    if faults or damaged:
        sys.exit(1)
    say(f"{end.seq}:{end.hash}")


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
