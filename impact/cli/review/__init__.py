"""`impact review`: the group of its commands."""

import click

from impact.cli.review.analysis import add, again
from impact.cli.review.deciding import agreement, conflicts, decide, done, sign, undo
from impact.cli.review.exchange import export, import_
from impact.cli.review.integrity import erase, verify
from impact.cli.review.listing import findings, list_, show

_DECIDING = (decide, undo, done, conflicts, agreement, sign)


@click.group(commands=[add, again, list_, show, findings, *_DECIDING, export, import_, verify, erase])
def review() -> None:
    """Keep proposals in a store, and decide on what was found in them.

    PROPOSAL is the id that `list` shows, or its first four or more characters; FINDING likewise, or "next" for what
    you have not decided yet.
    """
