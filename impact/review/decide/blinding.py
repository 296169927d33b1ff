"""Who may read whose decisions: reviewers are blind to each other until all who began are done."""

from collections.abc import Iterable
from dataclasses import dataclass

from impact.review.decide.status import effective_events
from impact.review.values.decision import Action, Event
from impact.review.values.users import User


@dataclass(frozen=True, slots=True)
class Blinding:
    """How far the reviewers of a proposal are.

    Attributes:
        begun: Names of those who said anything, in the order in which they began.
        done: Those of them who said that they are done.
        opened: Those whose decisions are opened to each other; they stay so, and what they say from then on settles.
        wanted: How many are to be done before anything is opened.
    """

    begun: tuple[str, ...]
    done: frozenset[str]
    opened: frozenset[str]
    wanted: int
    signed: bool

    def shows(self, viewer: User, other: str) -> bool:
        """Return whether a person may read what another said.

        Everybody reads their own. What is opened is read by those to whom it was opened, by officers, who never
        decide, and by all once a version is signed.
        """
        if viewer.name == other:
            return True
        return other in self.opened and (viewer.name in self.opened or not viewer.decides or self.signed)

    def shows_comments(self, viewer: User, author: str) -> bool:
        """Return whether a person may read the comments of another, so that no reviewer is swayed before they decide.

        They may if they may read the decisions of the author. The comments of somebody who has decided nothing are read
        by those who may read what is opened.
        """
        if author == viewer.name or author in self.begun:
            return self.shows(viewer, author)
        return any(self.shows(viewer, name) for name in self.opened)


def blinding_of(events: Iterable[Event], wanted: int, *, signed: bool) -> Blinding:
    """Return how far the reviewers are; events in the order of the chain.

    All who began must be done, and at least `wanted`. A reviewer who begins later is blind to those before and they
    to them, until that reviewer is done too.
    """
    started: dict[str, None] = {}
    done: set[str] = set()
    opened: set[str] = set()
    for event in effective_events(events):
        started.setdefault(event.decision.reviewer)
        if event.decision.action is Action.DONE:
            done.add(event.decision.reviewer)
        if len(done) >= wanted and done.issuperset(started):
            opened |= done
    return Blinding(tuple(started), frozenset(done), frozenset(opened), wanted, signed)


def visible_events(events: Iterable[Event], viewer: User, blinding: Blinding) -> tuple[Event, ...]:
    """Return the events that a person may read."""
    return tuple(event for event in events if blinding.shows(viewer, event.decision.reviewer))
