"""How far the decisions on a proposal are for one person, in words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from impact.present.cleaning import clipped, plain
from impact.present.lists import counted
from impact.review.decide.count import DecisionCount, count_of
from impact.review.decide.reading import Desk
from impact.review.values.decision import Action, Decision
from impact.review.values.users import User
from impact.web.desk.finding import DeskFinding
from impact.web.desk.pace import TimeLeft, time_left
from impact.web.desk.wording import corrected, name_of, words


@dataclass(frozen=True, slots=True)
class Progress:
    """How far things are for one person.

    Attributes:
        count: Items, and those that are decided.
        grave: Undecided findings of level high, or of that level if they are confirmed.
        phase: "reading" (an officer), "deciding", "waiting" (done, others are not), "opened", "signed".
        waiting: Names of those who began and are not done.
        open: How many conflicts are to be settled before anybody signs.
        last: What this person did last that can be taken back, in words; empty if nothing.
    """

    count: DecisionCount
    grave: tuple[DeskFinding, ...]
    time: TimeLeft
    phase: str
    begun: tuple[str, ...]
    waiting: tuple[str, ...]
    missing: int
    open: int
    last: str

    @property
    def words(self) -> str:
        """The count in words."""
        return self.count.words


def progress_of(desk: Desk, viewer: User, findings: Iterable[DeskFinding], now: datetime) -> Progress:
    """Return how far things are for a person."""
    listed, state = tuple(findings), desk.blinding
    signed = desk.signatures[-1].seq if desk.signatures else 0
    new = any(event.seq > signed for event in desk.events)
    return Progress(
        count=count_of(desk, viewer),
        grave=undecided_grave(listed),
        time=time_left(listed, desk.events, viewer.name, now),
        phase=_phase(desk, viewer, new=new),
        begun=state.begun,
        waiting=tuple(name for name in state.begun if name not in state.done),
        missing=max(state.wanted - len(state.done), 0),
        open=sum(conflict.blocks for conflict in desk.conflicts),
        last=_last(desk, viewer, {finding.subject.id: finding.place for finding in listed}),
    )


def undecided_grave(findings: Iterable[DeskFinding]) -> tuple[DeskFinding, ...]:
    """Return the findings of level high that are undecided, those included that have it only if they are confirmed."""
    return tuple(finding for finding in findings if finding.is_grave and finding.needs)


def _phase(desk: Desk, viewer: User, *, new: bool) -> str:
    if desk.signatures and not new:
        return "signed"
    if not viewer.decides:
        return "reading"
    if viewer.name in desk.blinding.opened:
        return "opened"
    return "waiting" if viewer.name in desk.blinding.done else "deciding"


def _last(desk: Desk, viewer: User, places: Mapping[str, str]) -> str:
    """Return in words what a person did last, an undo included."""
    mine = [event.decision for event in desk.events if event.decision.reviewer == viewer.name]
    if not mine:
        return ""
    act = [decision for decision in mine if decision.time == mine[-1].time]
    verbs = words().done
    if act[-1].action is not Action.UNDO:
        return _act(act, places)
    numbers = {decision.undoes for decision in act}
    undone = [event.decision for event in desk.events if event.seq in numbers]
    return f"{verbs['undo']}: {_act(undone, places)}" if undone and undone[0].subject else verbs["undo"]


def _act(act: Sequence[Decision], places: Mapping[str, str]) -> str:
    """Return in words what was done at once: "Accepted: Shut-off, 1.1"."""
    last, verb = act[-1], words().done[act[-1].action.value]
    if not last.subject:
        return verb
    if len(act) > 1:
        names = dict.fromkeys(name_of(decision.label) for decision in act)
        return f"{verb}: {counted(len(act), 'item')} ({clipped(', '.join(names), 80)})"
    fix = corrected(last.correction)
    change = f", {'with' if last.action is Action.ADD else 'to'} {fix}" if fix else ""
    where = places.get(last.subject) or clipped(plain(last.clause), 40)
    return f"{verb}: {name_of(last.label)}, {where}{change}"
