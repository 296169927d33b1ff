"""`impact review`: the group of its commands."""

import click

from impact.cli.installed import check_installed
from impact.cli.review.analysis import add, again
from impact.cli.review.deciding import agreement, conflicts, decide, done, sign, undo
from impact.cli.review.exporting import export
from impact.cli.review.importing import import_
from impact.cli.review.integrity import erase, erasures, head, salvage, verify
from impact.cli.review.listing import findings, list_, show

_KEEPING = (verify, head, salvage, erase, erasures)
_DECIDING = (decide, undo, done, conflicts, agreement, sign)


@click.group(commands=[add, again, list_, show, findings, *_DECIDING, export, import_, *_KEEPING])
def review() -> None:
    """Store proposals, and review the findings and safeguards in them.

    PROPOSAL is the id that `list` shows, or at least its first four characters. FINDING is an id in the same way, or
    "next" for the first one that you have not decided.
    """
    check_installed("impact review", "review")
