"""`impact review`: decide, undo, done, conflicts, agreement, sign."""

from typing import TYPE_CHECKING

import click

from impact.cli.messages import say
from impact.cli.review.session import at_store, now
from impact.errors import ImpactError

if TYPE_CHECKING:
    from impact.review.decide.reading import Desk
    from impact.review.store.store import Store
    from impact.review.values.subject import Subject
    from impact.review.values.users import User

ACTIONS = ("accept", "reject", "correct", "note", "add")
STRENGTHS = ("must", "should", "may", "descriptive")


def _severity(_context: click.Context, _parameter: click.Parameter, value: str | None) -> tuple[int, ...] | None:
    if value is None:
        return None
    parts = value.replace("/", ",").split(",")
    if len(parts) != 3 or not all(part.strip() in {"1", "2", "3", "4", "5"} for part in parts):
        raise click.BadParameter(f"{value!r}: scale, scope and irremediability, each from 1 to 5, for example 4,3,2")
    return tuple(int(part) for part in parts)


@click.command()
@click.argument("proposal")
@click.argument("finding")
@click.argument("action", type=click.Choice(ACTIONS))
@click.option("--text", "-m", default="", help="Reason or note; required to reject or note.")
@click.option(
    "--mechanism",
    help="For correct: the correct mechanism, or the correct safeguard for a safeguard. For add: the mechanism or "
    "safeguard that was missed.",
)
@click.option(
    "--severity", callback=_severity, help="For correct and add: scale, scope and irremediability, for example 4,3,2."
)
@click.option(
    "--strength", type=click.Choice(STRENGTHS), help="For correct and add: how strongly the clause is worded."
)
@at_store
def decide(
    store: "Store",
    user: "User",
    proposal: str,
    finding: str,
    action: str,
    text: str,
    mechanism: str | None,
    severity: tuple[int, ...] | None,
    strength: str | None,
) -> None:
    """Decide on a finding or safeguard.

    Accept, reject or correct FINDING of PROPOSAL, or add a note or a missed finding. FINDING may be "next", the first
    one that you have not decided. To add a finding, give the id of its clause.
    """
    from impact.records import Strength
    from impact.review.decide import reading, record
    from impact.review.values.decision import Action, Correction

    desk, is_new = reading.open_desk(store, user, proposal), action == "add"
    fix = Correction(mechanism if action == "correct" else None, severity, Strength(strength) if strength else None)
    about = {"clause": finding, "mechanism": mechanism or ""} if is_new else {"subject": _subject(desk, finding).id}
    draft = record.DecisionDraft(Action(action), text=text, correction=fix, **about)
    event = record.decide(store, user, desk.proposal.id, draft, now())
    decision = event.decision
    say(f"{event.seq}  {decision.action.value} {decision.subject}  {decision.label} in {decision.clause}")
    following = reading.open_desk(store, user, desk.proposal.id).next_undecided(decision.subject)
    if following:
        say(f"next: {following.id}  {following.label} in {following.place.number or following.clause}", err=True)


def _subject(desk: "Desk", finding: str) -> "Subject":
    """Return the finding or safeguard with this id or the beginning of it, or the "next" to decide.

    Raises:
        ImpactError: If there is none, or several.
    """
    if finding == "next":
        following = desk.next_undecided()
        if following is None:
            hint = "Finish your review with `impact review done`"
            raise ImpactError(f"you have decided every item of {desk.proposal.id}", hint)
        return following
    exact = [subject for subject in desk.subjects if subject.id == finding]
    alike = exact or [subject for subject in desk.subjects if len(finding) >= 4 and subject.id.startswith(finding)]
    if len(alike) != 1:
        message = f"{'several findings begin' if alike else 'no finding or safeguard begins'} with {finding!r}"
        raise ImpactError(message, "List them with `impact review findings PROPOSAL`")
    return alike[0]


@click.command()
@click.argument("proposal")
@click.option("--event", "seq", type=click.IntRange(min=1), help="Number of the decision to undo.")
@at_store
def undo(store: "Store", user: "User", proposal: str, seq: int | None) -> None:
    """Undo your last decision on PROPOSAL.

    With --event, undo the decision with that number.
    """
    from impact.review.decide import record

    event = record.undo(store, user, proposal, now(), seq or 0)
    say(f"{event.seq}  undid {event.decision.undoes}")


@click.command()
@click.argument("proposal")
@at_store
def done(store: "Store", user: "User", proposal: str) -> None:
    """Finish your review of PROPOSAL.

    Once all reviewers have finished, each can see the decisions of the others.
    """
    from impact.review.decide import record

    blinding = record.finish(store, user, proposal, now())
    waiting = ", ".join(person for person in blinding.begun if person not in blinding.done)
    say(
        "all reviewers have finished: see `impact review conflicts`"
        if blinding.opened
        else f"waiting for {waiting or 'another reviewer'}"
    )


@click.command()
@click.argument("proposal")
@at_store
def conflicts(store: "Store", user: "User", proposal: str) -> None:
    """List disagreements between reviewers of PROPOSAL.

    A new decision settles a conflict.
    """
    from impact.cli.review.lines import conflict_lines
    from impact.review.decide import reading

    desk = reading.open_desk(store, user, proposal)
    say(*conflict_lines(desk.conflicts))
    if not desk.outcomes:
        say("the decisions of other reviewers are not open to you yet", err=True)


@click.command()
@click.argument("proposals", nargs=-1)
@at_store
def agreement(store: "Store", user: "User", proposals: tuple[str, ...]) -> None:
    """Measure how far reviewers agree, by mechanism.

    Without PROPOSALS, all proposals are included. Alpha is Krippendorff's alpha for all reviewers; kappa is Cohen's
    kappa for two reviewers. Both are 1 for perfect agreement and 0 for agreement by chance.
    """
    from impact.cli.review.lines import agreement_lines
    from impact.review.decide import reading

    agreements = reading.agreement_between(store, user, proposals)
    say(*agreement_lines(agreements))
    if not agreements:
        say("no proposal has two reviewers whose decisions are open to you", err=True)


@click.command()
@click.argument("proposal")
@at_store
def sign(store: "Store", user: "User", proposal: str) -> None:
    """Sign PROPOSAL with its present decisions."""
    from impact.review.decide import signing

    signature = signing.sign(store, user, proposal, now())
    say(f"version {signature.version} of {signature.proposal} signed by {signature.name}: {signature.digest}")
