"""`impact review`: list proposals, show what is known of them and what was found in them."""

from typing import TYPE_CHECKING

import click

from impact.cli.messages import say
from impact.cli.review.session import at_store

if TYPE_CHECKING:
    from impact.review.store.store import Store
    from impact.review.values.users import User

LEVELS = ("high", "medium", "low", "decide", "none", "not assessed")
STATES = ("queued", "running", "done", "failed")


@click.command("list")
@click.argument("words", nargs=-1)
@click.option("--group", default="", help="Study group, working group or committee.")
@click.option("--right", default="", help="Id of a right that a finding may affect.")
@click.option("--mechanism", default="", help="Id of a mechanism that was found.")
@click.option(
    "--level",
    type=click.Choice(LEVELS),
    help="Level of firm findings, or the reason why there is none; decide: all findings need review.",
)
@click.option("--state", type=click.Choice(STATES))
@click.option("--order", type=click.Choice(["newest", "oldest", "gravest", "title"]), default="newest")
@click.option("--limit", type=click.IntRange(1, 1000), default=50, show_default=True)
@at_store
def list_(store: "Store", user: "User", words: tuple[str, ...], limit: int, order: str, **filters: str) -> None:
    """List proposals.

    WORDS limit the list to proposals that contain all of them in title, number, organizations or clauses.
    """
    from impact.cli.review.lines import proposal_line
    from impact.records import Grade
    from impact.review.store import proposals
    from impact.review.values.proposal import ProposalQuery, State

    query = ProposalQuery(
        " ".join(words),
        filters["group"],
        filters["right"],
        filters["mechanism"],
        Grade(filters["level"]) if filters["level"] else None,
        State(filters["state"]) if filters["state"] else None,
        order,
        limit=limit,
    )
    listing = proposals.find(store, user, query)
    say(*map(proposal_line, listing.proposals))
    if listing.total > len(listing.proposals):
        say(f"{listing.total - len(listing.proposals)} more; increase --limit to see them", err=True)


@click.command()
@click.argument("proposal")
@at_store
def show(store: "Store", user: "User", proposal: str) -> None:
    """Show details, progress and signatures of PROPOSAL."""
    from impact.cli.review.lines import desk_lines
    from impact.review.decide import reading

    say(*desk_lines(reading.open_desk(store, user, proposal), user))


@click.command()
@click.argument("proposal")
@click.option("--undecided", is_flag=True, help="Show only items that you have not decided.")
@at_store
def findings(store: "Store", user: "User", proposal: str, *, undecided: bool) -> None:
    """List findings and safeguards of PROPOSAL.

    The list shows your decisions and, once all reviewers have finished, the result.
    """
    from impact.cli.review.lines import subject_lines
    from impact.review.decide import reading

    say(*subject_lines(reading.open_desk(store, user, proposal), undecided=undecided))
