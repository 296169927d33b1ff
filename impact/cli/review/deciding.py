"""`impact review`: decide, undo, done, conflicts, agreement, sign."""

from typing import TYPE_CHECKING

import click

from impact.cli.messages import single_line
from impact.cli.review.session import now, open_as, subject_named, user_options

if TYPE_CHECKING:
    from impact.review.decide.reading import Desk
    from impact.review.decide.record import DecisionDraft
    from impact.review.values.decision import Correction

ACTIONS = ("accept", "reject", "correct", "note", "add")
STRENGTHS = ("must", "should", "may", "descriptive")


def _severity(_context: click.Context, _parameter: click.Parameter, value: str | None) -> tuple[int, ...] | None:
    if value is None:
        return None
    parts = value.replace("/", ",").split(",")
    if len(parts) != 3 or not all(part.strip() in {"1", "2", "3", "4", "5"} for part in parts):
        raise click.BadParameter(f"{value!r}: scale, scope and irremediability, each 1 to 5, as in 4,3,2")
    return tuple(int(part) for part in parts)


@click.command()
@click.argument("proposal")
@click.argument("finding")
@click.argument("action", type=click.Choice(ACTIONS))
@click.option("--text", "-m", default="", help="Reason, note or remark; a rejection and a note need one.")
@click.option(
    "--mechanism",
    help="For correct: the right one (a safeguard for a safeguard). For add: the mechanism or safeguard missed.",
)
@click.option("--severity", callback=_severity, help="For correct and add: scale, scope, irremediability, as in 4,3,2.")
@click.option("--strength", type=click.Choice(STRENGTHS), help="For correct and add.")
@user_options
def decide(
    proposal: str,
    finding: str,
    action: str,
    text: str,
    mechanism: str | None,
    severity: tuple[int, ...] | None,
    strength: str | None,
    place: str | None,
    name: str | None,
) -> None:
    """Accept, reject or correct FINDING of PROPOSAL, or note something; for add, FINDING is the id of a clause.

    FINDING may be "next": the first that you have not decided yet.
    """
    from impact.records import Strength
    from impact.review.decide import reading, record
    from impact.review.values.decision import Correction

    with open_as(place, name) as (store, user):
        desk = reading.open_desk(store, user, proposal)
        fix = Correction(mechanism if action == "correct" else None, severity, Strength(strength) if strength else None)
        draft = _draft(desk, finding, action, text, mechanism or "", fix)
        event = record.decide(store, user, desk.proposal.id, draft, now())
        decision = event.decision
        click.echo(
            single_line(
                f"{event.seq}  {decision.action.value} {decision.subject}  {decision.label} in {decision.clause}"
            )
        )
        following = reading.open_desk(store, user, desk.proposal.id).next_undecided(decision.subject)
        if following:
            click.echo(
                single_line(f"next: {following.id}  {following.label} in {following.number or following.clause}"),
                err=True,
            )


def _draft(desk: "Desk", finding: str, action: str, text: str, mechanism: str, fix: "Correction") -> "DecisionDraft":
    from impact.errors import ImpactError
    from impact.review.decide.record import DecisionDraft
    from impact.review.values.decision import Action

    if action == "add":
        return DecisionDraft(Action.ADD, text=text, correction=fix, clause=finding, mechanism=mechanism)
    if finding != "next":
        return DecisionDraft(Action(action), subject_named(desk.subjects, finding).id, text, fix)
    following = desk.next_undecided()
    if following is None:
        raise ImpactError(f"you have decided all of {desk.proposal.id}", "Say that you are done: `impact review done`")
    return DecisionDraft(Action(action), following.id, text, fix)


@click.command()
@click.argument("proposal")
@click.option("--event", "seq", type=click.IntRange(min=1), help="Number of the event.")
@user_options
def undo(proposal: str, seq: int | None, place: str | None, name: str | None) -> None:
    """Take back what you said last in PROPOSAL, or one event."""
    from impact.review.decide import record

    with open_as(place, name) as (store, user):
        event = record.undo(store, user, proposal, now(), seq or 0)
        click.echo(f"{event.seq}  took back {event.decision.undoes}")


@click.command()
@click.argument("proposal")
@user_options
def done(proposal: str, place: str | None, name: str | None) -> None:
    """Say that you are done with PROPOSAL; once all are, each sees what the others decided."""
    from impact.review.decide import record

    with open_as(place, name) as (store, user):
        blinding = record.finish(store, user, proposal, now())
        waiting = [person for person in blinding.begun if person not in blinding.done]
        if blinding.opened:
            click.echo("opened: see `impact review conflicts`")
        else:
            click.echo(single_line(f"waiting for {', '.join(waiting) or 'another reviewer'}"))


@click.command()
@click.argument("proposal")
@user_options
def conflicts(proposal: str, place: str | None, name: str | None) -> None:
    """List where the reviewers of PROPOSAL differ; a new decision settles it."""
    from impact.cli.review.lines import conflict_lines
    from impact.review.decide import reading

    with open_as(place, name) as (store, user):
        desk = reading.open_desk(store, user, proposal)
        for line in conflict_lines(desk.conflicts):
            click.echo(line)
        if not desk.outcomes:
            click.echo("nothing is opened to you yet", err=True)


@click.command()
@click.argument("proposals", nargs=-1)
@user_options
def agreement(proposals: tuple[str, ...], place: str | None, name: str | None) -> None:
    """Say how far reviewers agree, mechanism by mechanism, in PROPOSALS or in all.

    Alpha is Krippendorff's over all reviewers, kappa Cohen's for two; both are 1 for perfect agreement and 0 for what
    chance would give.
    """
    from impact.cli.review.lines import agreement_lines
    from impact.review.decide import reading

    with open_as(place, name) as (store, user):
        agreements = reading.agreement_between(store, user, proposals)
        for line in agreement_lines(agreements):
            click.echo(line)
        if not agreements:
            click.echo("no proposal has two reviewers whose decisions are opened to you", err=True)


@click.command()
@click.argument("proposal")
@user_options
def sign(proposal: str, place: str | None, name: str | None) -> None:
    """Sign PROPOSAL as it is decided now."""
    from impact.review.decide import signing

    with open_as(place, name) as (store, user):
        signature = signing.sign(store, user, proposal, now())
        click.echo(
            single_line(
                f"version {signature.version} of {signature.proposal} signed by {signature.name}: {signature.digest}"
            )
        )
