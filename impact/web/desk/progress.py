"""How far the decisions on a proposal are for one person, in words."""

from collections.abc import Iterable
from dataclasses import dataclass

from impact.present.cleaning import clipped, plain
from impact.present.lists import counted
from impact.review.decide.reading import Desk
from impact.review.values.decision import Action
from impact.review.values.users import User
from impact.web.desk.finding import DeskFinding
from impact.web.desk.wording import corrected, name_of, words


@dataclass(frozen=True, slots=True)
class Progress:
    """How far things are for one person.

    Attributes:
        decided, total: Findings and safeguards.
        phase: "reading" (an officer), "deciding", "waiting" (done, others are not), "opened", "signed".
        waiting: Names of those who began and are not done.
        open: How many conflicts are to be settled before anybody signs.
        last: What this person did last that can be taken back, in words; empty if nothing.
        new: Whether anything was decided after the last signature.
    """

    decided: int
    total: int
    phase: str
    begun: tuple[str, ...]
    done: tuple[str, ...]
    waiting: tuple[str, ...]
    missing: int
    open: int
    last: str
    new: bool

    @property
    def words(self) -> str:
        """Such as "7 of 31 items decided"."""
        return f"{self.decided} of {counted(self.total, 'item')} decided"


def progress_of(desk: Desk, viewer: User, findings: Iterable[DeskFinding]) -> Progress:
    """Return how far things are for a person."""
    listed, state = tuple(findings), desk.blinding
    signed = desk.signatures[-1].seq if desk.signatures else 0
    new = any(event.seq > signed for event in desk.events)
    return Progress(
        decided=sum(finding.status.decided for finding in listed),
        total=len(listed),
        phase=_phase(desk, viewer, new=new),
        begun=state.begun,
        done=tuple(sorted(state.done)),
        waiting=tuple(name for name in state.begun if name not in state.done),
        missing=max(state.wanted - len(state.done), 0),
        open=sum(conflict.blocks for conflict in desk.conflicts),
        last=_last(desk, viewer),
        new=new,
    )


def _phase(desk: Desk, viewer: User, *, new: bool) -> str:
    if desk.signatures and not new:
        return "signed"
    if not viewer.decides:
        return "reading"
    if viewer.name in desk.blinding.opened:
        return "opened"
    return "waiting" if viewer.name in desk.blinding.done else "deciding"


def _last(desk: Desk, viewer: User) -> str:
    """Return the last event of a person in words, an undo included."""
    mine = [event.decision for event in desk.events if event.decision.reviewer == viewer.name]
    if not mine:
        return ""
    last, verbs = mine[-1], words().done
    if last.action is Action.UNDO:
        undone = next((event.decision for event in desk.events if event.seq == last.undoes), None)
        if not undone or not undone.subject:
            return verbs["undo"]
        return f"{verbs['undo']} ({verbs[undone.action.value].lower()}: {_about(undone.label, undone.clause)})"
    if not last.subject:
        return verbs[last.action.value]
    fix = corrected(last.correction)
    change = f", {'with' if last.action is Action.ADD else 'to'} {fix}" if fix else ""
    return f"{verbs[last.action.value]}: {_about(last.label, last.clause)}{change}"


def _about(label: str, clause: str) -> str:
    return f"{name_of(label)}, {clipped(plain(clause), 40)}"
