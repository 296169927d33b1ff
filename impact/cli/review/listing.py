"""`impact review`: list proposals, show what is known of them and what was found in them."""

import click

from impact.cli.review.session import open_as, user_options

LEVELS = ("high", "medium", "low", "none")
STATES = ("queued", "running", "done", "failed")


@click.command("list")
@click.argument("words", nargs=-1)
@click.option("--group", default="", help="Study group, working group or committee.")
@click.option("--right", default="", help="Id of a right that a finding may touch.")
@click.option("--mechanism", default="", help="Id of a mechanism found.")
@click.option("--level", type=click.Choice(LEVELS), help="Gravest level.")
@click.option("--state", type=click.Choice(STATES))
@click.option("--order", type=click.Choice(["newest", "oldest", "gravest", "title"]), default="newest")
@click.option("--limit", type=click.IntRange(1, 1000), default=50, show_default=True)
@user_options
def list_(words: tuple[str, ...], place: str | None, name: str | None, limit: int, order: str, **filters: str) -> None:
    """List proposals, those with all WORDS in title, number, organizations or clauses."""
    from impact.cli.review.lines import proposal_line
    from impact.records import Level
    from impact.review.store import proposals
    from impact.review.values.proposal import ProposalQuery, State

    query = ProposalQuery(
        " ".join(words),
        filters["group"],
        filters["right"],
        filters["mechanism"],
        Level(filters["level"]) if filters["level"] else None,
        State(filters["state"]) if filters["state"] else None,
        order,
        limit=limit,
    )
    with open_as(place, name) as (store, user):
        listing = proposals.find(store, user, query)
        for proposal in listing.proposals:
            click.echo(proposal_line(proposal))
        if listing.total > len(listing.proposals):
            click.echo(f"{listing.total - len(listing.proposals)} more; raise --limit", err=True)


@click.command()
@click.argument("proposal")
@user_options
def show(proposal: str, place: str | None, name: str | None) -> None:
    """Show what is known of PROPOSAL, how far its reviewers are and who signed."""
    from impact.cli.review.lines import desk_lines
    from impact.review.decide import reading

    with open_as(place, name) as (store, user):
        click.echo("\n".join(desk_lines(reading.open_desk(store, user, proposal))))


@click.command()
@click.argument("proposal")
@click.option("--undecided", is_flag=True, help="Only what you have not decided yet.")
@user_options
def findings(proposal: str, place: str | None, name: str | None, *, undecided: bool) -> None:
    """List findings and safeguards of PROPOSAL with what you decided, and with what holds once it is opened."""
    from impact.cli.review.lines import subject_lines
    from impact.review.decide import reading

    with open_as(place, name) as (store, user):
        for line in subject_lines(reading.open_desk(store, user, proposal), undecided=undecided):
            click.echo(line)
