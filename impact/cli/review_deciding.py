"""`impact review`: decide, undo, done, conflicts, agreement, sign."""

from typing import TYPE_CHECKING

import click

from impact.cli.review_desk import at_desk, chosen, now, opened
from impact.cli.terminal import one_line

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
        message = f"{value!r}: scale, scope and irremediability, each 1 to 5, as in 4,3,2"
        raise click.BadParameter(message)
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
@at_desk
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

    with opened(place, name) as (store, user):
        desk = reading.open_desk(store, user, proposal)
        fix = Correction(mechanism if action == "correct" else None, severity, Strength(strength) if strength else None)
        word = _word(desk, finding, action, text, mechanism or "", fix)
        event = record.decide(store, user, desk.proposal.id, word, now())
        said = event.decision
        click.echo(one_line(f"{event.seq}  {said.action.value} {said.subject}  {said.label} in {said.clause}"))
        left = reading.open_desk(store, user, desk.proposal.id).next_undecided(said.subject)
        if left:
            click.echo(one_line(f"next: {left.id}  {left.label} in {left.number or left.clause}"), err=True)


def _word(desk: "Desk", finding: str, action: str, text: str, mechanism: str, fix: "Correction") -> "DecisionDraft":
    from impact.errors import ImpactError
    from impact.review.decide.record import DecisionDraft
    from impact.review.values.decision import Action

    if action == "add":
        return DecisionDraft(Action.ADD, text=text, correction=fix, clause=finding, mechanism=mechanism)
    if finding != "next":
        return DecisionDraft(Action(action), chosen(desk.subjects, finding).id, text, fix)
    following = desk.next_undecided()
    if following is None:
        message = f"you have decided all of {desk.proposal.id}"
        raise ImpactError(message, "Say that you are done: `impact review done`")
    return DecisionDraft(Action(action), following.id, text, fix)


@click.command()
@click.argument("proposal")
@click.option("--event", "seq", type=click.IntRange(min=1), help="Number of the event.")
@at_desk
def undo(proposal: str, seq: int | None, place: str | None, name: str | None) -> None:
    """Take back what you said last in PROPOSAL, or one event."""
    from impact.review.decide import record

    with opened(place, name) as (store, user):
        event = record.undo(store, user, proposal, now(), seq or 0)
        click.echo(f"{event.seq}  took back {event.decision.undoes}")


@click.command()
@click.argument("proposal")
@at_desk
def done(proposal: str, place: str | None, name: str | None) -> None:
    """Say that you are done with PROPOSAL; once all are, each sees what the others decided."""
    from impact.review.decide import record

    with opened(place, name) as (store, user):
        state = record.finish(store, user, proposal, now())
        waiting = [one for one in state.begun if one not in state.done]
        if state.opened:
            click.echo("opened: see `impact review conflicts`")
        else:
            click.echo(one_line(f"waiting for {', '.join(waiting) or 'another reviewer'}"))


@click.command()
@click.argument("proposal")
@at_desk
def conflicts(proposal: str, place: str | None, name: str | None) -> None:
    """List where the reviewers of PROPOSAL differ; a new decision settles it."""
    from impact.cli.reviewing import conflict_lines
    from impact.review.decide import reading

    with opened(place, name) as (store, user):
        desk = reading.open_desk(store, user, proposal)
        for line in conflict_lines(desk.conflicts):
            click.echo(line)
        if not desk.outcomes:
            click.echo("nothing is opened to you yet", err=True)


@click.command()
@click.argument("proposals", nargs=-1)
@at_desk
def agreement(proposals: tuple[str, ...], place: str | None, name: str | None) -> None:
    """Say how far reviewers agree, mechanism by mechanism, in PROPOSALS or in all.

    Alpha is Krippendorff's over all reviewers, kappa Cohen's for two; both are 1 for perfect agreement and 0 for what
    chance would give.
    """
    from impact.cli.reviewing import agreement_lines
    from impact.review.decide import reading

    with opened(place, name) as (store, user):
        found = reading.agreement_between(store, user, proposals)
        for line in agreement_lines(found):
            click.echo(line)
        if not found:
            click.echo("no proposal has two reviewers whose decisions are opened to you", err=True)


@click.command()
@click.argument("proposal")
@at_desk
def sign(proposal: str, place: str | None, name: str | None) -> None:
    """Sign PROPOSAL as it is decided now."""
    from impact.review.decide import signing

    with opened(place, name) as (store, user):
        made = signing.sign(store, user, proposal, now())
        click.echo(one_line(f"version {made.version} of {made.proposal} signed by {made.name}: {made.digest}"))
